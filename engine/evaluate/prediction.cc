#include "evaluate/prediction.h"

#include <algorithm>
#include <array>
#include <utility>

#include "report/format.h"

namespace euphone {
namespace {

constexpr int kMarkDecimals = 4;
constexpr double kMarkPerPoint = 0.1;    // 0–100 to 0–10.
constexpr double kPhonePerPoint = 0.02;  // 0–100 to 0–2.
constexpr double kDropped = 0.5;         // Likelier than not, no sound was made.
constexpr std::string_view kNothing = "-", kNobodyKnows = "?";

std::optional<double> Marked(const std::optional<double>& points) {
  if (!points) return std::nullopt;
  return Rounded(*points * kMarkPerPoint, kMarkDecimals);
}

/// What is claimed to have been said.
std::string Claimed(const PhoneScore& phone, const PhoneSet& phones) {
  switch (phone.diagnosis->claim) {
    case Claim::kRight:
      return phones.info(phone.phone.id).arpabet;
    case Claim::kSubstituted:
      return phones.info(*phone.diagnosis->said).arpabet;
    case Claim::kDropped:
      return std::string(kNothing);
    case Claim::kDistorted:
    case Claim::kNotSure:
      break;
  }
  return std::string(kNobodyKnows);
}

std::string HeardIn(const PhoneScore& phone, const PhoneSet& phones) {
  if (phone.diagnosis) return Claimed(phone, phones);
  if (phone.heard.phones.empty() || phone.heard.nothing > kDropped) return std::string(kNothing);
  return phones.info(phone.heard.phones.front().phone).arpabet;
}

Certainty CertaintyOf(const Diagnosis& diagnosis) {
  if (diagnosis.claim == Claim::kNotSure) return Certainty::kNotSure;
  return diagnosis.claim == Claim::kRight ? Certainty::kRight : Certainty::kWrong;
}

/// What is said of a word that was read. Where the scorer has no mark for the word as a whole, it
/// is that for its sounds.
PredictedWord WordOf(const WordScore& score, const PhoneSet& phones, const RatedWord& rated) {
  PredictedWord word;
  word.text = rated.text;
  word.accuracy = Marked(score.accuracy.value_or(0.0));
  word.total = score.total ? Marked(score.total) : word.accuracy;
  word.stress = Marked(score.stress);
  word.certainty = score.certainty;
  for (const PhoneScore& phone : score.phones) {
    word.phones.push_back(Rounded(phone.score * kPhonePerPoint, kMarkDecimals));
    word.heard.push_back(HeardIn(phone, phones));
    if (phone.diagnosis) word.claims.push_back(CertaintyOf(*phone.diagnosis));
  }
  if (score.phones.empty()) word.phones.assign(rated.phones.size(), 0.0);
  return word;
}

/// The reading of each word of the corpus; null where there is none.
std::vector<const WordScore*> InStep(const Analysis& analysis, std::size_t words) {
  std::vector<const WordScore*> found(words, nullptr);
  for (const WordScore& word : analysis.words) {
    if (!word.script_word || word.error == WordError::kRepeated) continue;
    if (*word.script_word < words) found[*word.script_word] = &word;
  }
  return found;
}

std::string WhyWithheld(const Analysis& analysis) {
  for (const Finding& finding : analysis.quality.findings) {
    if (finding.severity == Severity::kSevere) return finding.message;
  }
  return "no fair score is possible";
}

}  // namespace

std::string_view Name(PredictionVerdict verdict) {
  constexpr std::array<std::string_view, 4> kVerdictNames{"scored", "withheld", "wrong_text",
                                                          "unreadable"};
  return kVerdictNames[static_cast<std::size_t>(verdict)];
}

std::string InlineText(const RatedRecording& recording) {
  if (recording.words.empty()) return recording.text;
  std::string text;
  for (const RatedWord& word : recording.words) {
    if (!text.empty()) text += ' ';
    if (word.phones.empty()) {
      text += word.text;
      continue;
    }
    text += "{" + word.text + "|";
    for (std::size_t p = 0; p < word.phones.size(); ++p)
      text += (p > 0 ? " " : "") + word.phones[p];
    text += "}";
  }
  return text;
}

std::string PlainText(const RatedRecording& recording) {
  std::string text = recording.text;
  const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
  if (std::any_of(text.begin(), text.end(), lower)) return text;
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

Prediction Unscored(const std::string& utt, PredictionVerdict verdict, std::string reason) {
  Prediction prediction;
  prediction.utt = utt;
  prediction.verdict = verdict;
  prediction.reason = std::move(reason);
  return prediction;
}

Result<Prediction> PredictionOf(const Analysis& analysis, const PhoneSet& phones,
                                const RatedRecording& recording) {
  if (analysis.verdict == Verdict::kWithheld)
    return Unscored(recording.utt, PredictionVerdict::kWithheld, WhyWithheld(analysis));
  if (analysis.verdict == Verdict::kWrongText)
    return Unscored(recording.utt, PredictionVerdict::kWrongText,
                    "something else than the text was said");
  if (!recording.words.empty() && analysis.script.words.size() != recording.words.size()) {
    return Error{Errc::kInvalidArgument, "the text has " +
                                             std::to_string(analysis.script.words.size()) +
                                             " words to be spoken, the corpus rates " +
                                             std::to_string(recording.words.size())};
  }
  Prediction prediction;
  prediction.utt = recording.utt;
  prediction.verdict = PredictionVerdict::kScored;
  prediction.accuracy = Marked(analysis.scores.accuracy);
  prediction.fluency = Marked(analysis.scores.fluency);
  prediction.prosodic = Marked(analysis.scores.prosody);
  prediction.total = Marked(analysis.scores.total);
  const auto readings = InStep(analysis, recording.words.size());
  for (std::size_t w = 0; w < readings.size(); ++w) {
    static const WordScore kLeftOut{};
    const RatedWord& rated = recording.words[w];
    const WordScore& reading = readings[w] != nullptr ? *readings[w] : kLeftOut;
    prediction.words.push_back(WordOf(reading, phones, rated));
    if (!rated.phones.empty() && prediction.words.back().phones.size() != rated.phones.size()) {
      return Error{Errc::kInvalidArgument,
                   "the word " + rated.text + " was read with other phones than the corpus rates"};
    }
  }
  return prediction;
}

}  // namespace euphone
