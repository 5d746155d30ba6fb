#include <algorithm>

#include "report/format.h"
#include "report/json_values.h"
#include "report/report.h"

namespace euphone {
namespace {

/// ARPAbet and SAPI name these differently; the others differ in case only.
std::string Sapi(const PhoneSet& phones, Phone phone) {
  std::string name = phones.info(phone.id).arpabet;
  if (name == "AH" && phone.stress == Stress::kUnstressed) return "ax";
  if (name == "HH") return "h";
  std::ranges::transform(name, name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  return name;
}

std::string_view ErrorType(WordError error) {
  switch (error) {
    case WordError::kMispronounced:
      return "Mispronunciation";
    case WordError::kOmitted:
      return "Omission";
    case WordError::kInserted:
    case WordError::kRepeated:
      return "Insertion";
    case WordError::kNone:
    case WordError::kUnexpectedPause:
    case WordError::kMissingPause:
      return "None";
  }
  return "None";
}

/// What the service says when it has nothing to score.
std::string_view RecognitionStatus(const Analysis& analysis) {
  if (analysis.verdict == Verdict::kScored) return "Success";
  for (const Finding& finding : analysis.quality.findings) {
    if (finding.severity != Severity::kSevere) continue;
    if (finding.kind == FindingKind::kNoisy) return "BabbleTimeout";
    if (finding.kind == FindingKind::kEmpty || finding.kind == FindingKind::kSilent ||
        finding.kind == FindingKind::kTooShort) {
      return "InitialSilenceTimeout";
    }
  }
  return "NoMatch";
}

/// Writes the result; holds what many of its parts need.
class AzureResult {
 public:
  AzureResult(const Analysis& analysis, const PhoneSet& phones, PhoneAlphabet alphabet)
      : analysis_(analysis), phones_(phones), alphabet_(alphabet) {}

  Json Write() const {
    Json json;
    json["Id"] = analysis_.id;
    json["RecognitionStatus"] = RecognitionStatus(analysis_);
    PutTimes(json, SpeechSpan());
    json["Channel"] = 0;
    if (analysis_.verdict != Verdict::kScored) return json;
    json["DisplayText"] = WrittenText(analysis_.script.original, Everything());
    json["SNR"] = Number(analysis_.quality.snr_db, 3);
    json["NBest"] = Json::array({Best()});
    return json;
  }

 private:
  TextSpan Everything() const { return {0, analysis_.script.original.size()}; }

  /// 100 ns, rounded; ticks are integers in the service.
  std::int64_t Ticks(std::int64_t samples) const {
    constexpr std::int64_t kPerSecond = 10'000'000;
    return (samples * kPerSecond + analysis_.rate / 2) / analysis_.rate;
  }

  void PutTimes(Json& json, SampleSpan span) const {
    json["Offset"] = Ticks(span.begin);
    json["Duration"] = Ticks(span.end) - Ticks(span.begin);
  }

  SampleSpan SpeechSpan() const {
    SampleSpan speech{};
    bool any = false;
    for (const WordScore& word : analysis_.words) {
      if (word.span.end <= word.span.begin) continue;
      speech.begin = any ? std::min(speech.begin, word.span.begin) : word.span.begin;
      speech.end = std::max(speech.end, word.span.end);
      any = true;
    }
    return speech;
  }

  static void PutScore(Json& json, const char* name, const std::optional<double>& score) {
    if (score) json[name] = Number(*score, 1);
  }

  Json Best() const {
    std::string lexical;
    for (const WordScore& word : analysis_.words) {
      if (word.error == WordError::kOmitted || !word.script_word) continue;
      if (!lexical.empty()) lexical += ' ';
      lexical += word.text;
    }
    Json json;
    json["Confidence"] = Number(analysis_.confidence, 6);
    json["Lexical"] = lexical;
    json["ITN"] = lexical;
    json["MaskedITN"] = lexical;
    json["Display"] = WrittenText(analysis_.script.original, Everything());
    Json& assessment = json["PronunciationAssessment"] = Json::object();
    PutScore(assessment, "AccuracyScore", analysis_.scores.accuracy);
    PutScore(assessment, "FluencyScore", analysis_.scores.fluency);
    PutScore(assessment, "ProsodyScore", analysis_.scores.prosody);
    PutScore(assessment, "CompletenessScore", analysis_.scores.completeness);
    PutScore(assessment, "PronScore", analysis_.scores.total);
    json["Words"] = Json::array();
    for (std::size_t w = 0; w < analysis_.words.size(); ++w) json["Words"].push_back(Word(w));
    return json;
  }

  std::optional<std::size_t> SpokenBefore(std::size_t word) const {
    while (word-- > 0) {
      if (analysis_.words[word].error != WordError::kOmitted) return word;
    }
    return std::nullopt;
  }

  /// The service reports a pause with the word after it.
  Json Break(std::size_t word) const {
    std::int64_t length = 0;
    std::string_view error = "None";
    const std::optional<std::size_t> before = SpokenBefore(word);
    if (before && analysis_.words[word].error != WordError::kOmitted) {
      for (const Pause& pause : analysis_.pauses) {
        if (pause.after_word != before) continue;
        length += Ticks(pause.span.end) - Ticks(pause.span.begin);
        if (!pause.expected) error = "UnexpectedBreak";
      }
      if (analysis_.words[*before].error == WordError::kMissingPause) error = "MissingBreak";
    }
    return {{"ErrorTypes", Json::array({error})}, {"BreakLength", length}};
  }

  Json Word(std::size_t index) const {
    const WordScore& word = analysis_.words[index];
    Json json;
    json["Word"] = word.text;
    PutTimes(json, word.span);
    Json& assessment = json["PronunciationAssessment"] = Json::object();
    PutScore(assessment, "AccuracyScore", word.accuracy);
    assessment["ErrorType"] = ErrorType(word.error);
    assessment["Feedback"]["Prosody"]["Break"] = Break(index);
    json["Syllables"] = Json::array();
    for (const SyllableScore& syllable : word.syllables) {
      json["Syllables"].push_back(SyllableOf(word, syllable));
    }
    json["Phonemes"] = Json::array();
    for (const PhoneScore& phone : word.phones) json["Phonemes"].push_back(Phoneme(phone));
    return json;
  }

  std::string Symbol(Phone phone) const {
    return alphabet_ == PhoneAlphabet::kIpa ? phones_.Ipa(phone) : Sapi(phones_, phone);
  }

  Json SyllableOf(const WordScore& word, const SyllableScore& syllable) const {
    std::string symbols;
    for (std::size_t i = 0; i < syllable.syllable.count; ++i) {
      symbols += Symbol(word.phones[syllable.syllable.first + i].phone);
    }
    Json json;
    json["Syllable"] = symbols;
    json["PronunciationAssessment"]["AccuracyScore"] = Number(syllable.score, 1);
    PutTimes(json, syllable.span);
    return json;
  }

  Json Phoneme(const PhoneScore& phone) const {
    Json json;
    json["Phoneme"] = Symbol(phone.phone);
    Json& assessment = json["PronunciationAssessment"];
    assessment["AccuracyScore"] = Number(phone.score, 1);
    assessment["NBestPhonemes"] = Json::array();
    for (const HeardPhone& heard : phone.heard.phones) {
      // Stress is not heard phone by phone: the expected vowel keeps its own, others are full ones.
      const Phone symbol{heard.phone, heard.phone == phone.phone.id     ? phone.phone.stress
                                      : phones_.info(heard.phone).vowel ? Stress::kPrimary
                                                                        : Stress::kNone};
      assessment["NBestPhonemes"].push_back(
          {{"Phoneme", Symbol(symbol)}, {"Score", Number(100.0 * heard.probability, 1)}});
    }
    PutTimes(json, phone.span);
    return json;
  }

  const Analysis& analysis_;
  const PhoneSet& phones_;
  PhoneAlphabet alphabet_;
};

}  // namespace

std::string WriteAzure(const Analysis& analysis, const PhoneSet& phones,
                       const ReportOptions& options) {
  return Dump(AzureResult(analysis, phones, options.alphabet).Write(), options.pretty);
}

}  // namespace euphone
