#include <algorithm>

#include "coach/feedback.h"
#include "report/feedback_text.h"
#include "report/json_prosody.h"
#include "report/json_values.h"
#include "report/names.h"
#include "report/report.h"

namespace euphone {
namespace {

constexpr int kScoreDecimals = 1;
constexpr int kTimeDecimals = 3;
constexpr int kShareDecimals = 4;

/// Writes one Analysis; holds what many of its parts need.
class Document {
 public:
  Document(const Analysis& analysis, const PhoneSet& phones)
      : analysis_(analysis), phones_(phones), utf16_(analysis.script.original) {}

  Json Write() const {
    Json json;
    json["schema"] = "euphone.analysis/1";
    json["id"] = analysis_.id;
    json["model"] = analysis_.model;
    json["verdict"] = Name(analysis_.verdict);
    json["fit"] = Number(analysis_.fit, kShareDecimals);
    json["chance_fit"] = Number(analysis_.chance_fit, kShareDecimals);
    json["confidence"] = Number(analysis_.confidence, kShareDecimals);
    json["content"] = ContentJson();
    json["audio"] = Audio();
    json["quality"] = Quality();
    json["text"] = Text();
    json["scores"] = ScoresOf(analysis_.scores);
    json["tempo"] = TempoOf(analysis_.tempo);
    json["feedback"] = FeedbackOf();
    json["sentences"] = Sentences();
    json["words"] = Json::array();
    for (std::size_t w = 0; w < analysis_.words.size(); ++w) json["words"].push_back(Word(w));
    json["pauses"] = Pauses();
    json["prosody"] = ProsodyJson(analysis_);
    return json;
  }

 private:
  void PutTimes(Json& json, SampleSpan span) const {
    json["start_s"] = Number(Seconds(analysis_, span.begin), kTimeDecimals);
    json["end_s"] = Number(Seconds(analysis_, span.end), kTimeDecimals);
    json["start_sample"] = span.begin;
    json["end_sample"] = span.end;
  }

  void PutOffsets(Json& json, TextSpan span) const {
    json["start_byte"] = span.begin;
    json["end_byte"] = span.end;
    json["start_utf16"] = utf16_.At(span.begin);
    json["end_utf16"] = utf16_.At(span.end);
  }

  Json ContentJson() const {
    if (!analysis_.content) return nullptr;
    const Content& content = *analysis_.content;
    const bool read = content.kind != ContentKind::kOther;
    return {{"kind", Name(content.kind)},
            {"first_word", read ? Json(content.first_word) : Json()},
            {"last_word", read ? Json(content.last_word) : Json()}};
  }

  Json Audio() const {
    const SourceFormat& source = analysis_.source;
    Json json;
    json["rate_hz"] = analysis_.rate;
    json["samples"] = analysis_.samples;
    json["duration_s"] = Number(Seconds(analysis_, analysis_.samples), kTimeDecimals);
    json["source"] = {{"container", source.container},
                      {"encoding", source.encoding},
                      {"rate_hz", source.rate.hz},
                      {"channels", source.channels},
                      {"duration_s", Number(source.seconds, kTimeDecimals)}};
    return json;
  }

  Json Quality() const {
    const QualityReport& quality = analysis_.quality;
    Json json;
    json["duration_s"] = Number(quality.seconds, kTimeDecimals);
    json["speech_s"] = Number(quality.speech_seconds, kTimeDecimals);
    json["peak_dbfs"] = Number(quality.peak_dbfs, 1);
    json["speech_dbfs"] = Number(quality.speech_dbfs, 1);
    json["noise_dbfs"] = Number(quality.noise_dbfs, 1);
    json["snr_db"] = Number(quality.snr_db, 1);
    json["clipped_percent"] = Number(quality.clipped_percent, 3);
    json["dc_offset"] = Number(quality.dc_offset, 5);
    json["bandwidth_hz"] = Number(quality.bandwidth_hz, 0);
    json["findings"] = Json::array();
    for (const Finding& finding : quality.findings) {
      json["findings"].push_back({{"kind", Name(finding.kind)},
                                  {"severity", Name(finding.severity)},
                                  {"value", Number(finding.value, 3)},
                                  {"unit", finding.unit},
                                  {"message", finding.message},
                                  {"advice", finding.advice}});
    }
    return json;
  }

  Json Text() const {
    const Script& script = analysis_.script;
    Json json;
    json["source"] = Name(analysis_.text_source);
    json["probability"] = OptionalNumber(analysis_.text_probability, kShareDecimals);
    json["original"] = script.original;
    json["sentences"] = Json::array();
    for (const SentenceSpan& sentence : script.sentences) {
      Json entry;
      PutOffsets(entry, sentence.span);
      entry["first_word"] = sentence.first_word;
      entry["word_count"] = sentence.word_count;
      json["sentences"].push_back(std::move(entry));
    }
    json["words"] = Json::array();
    for (const SpokenWord& word : script.words) {
      Json entry;
      entry["text"] = word.text;
      PutOffsets(entry, word.span);
      entry["pause_expected_after"] = word.pause_expected_after;
      json["words"].push_back(std::move(entry));
    }
    json["notes"] = Json::array();
    for (const TextNote& note : script.notes) {
      Json entry;
      PutOffsets(entry, note.span);
      entry["message"] = note.message;
      json["notes"].push_back(std::move(entry));
    }
    return json;
  }

  /// For what only some scorers give: left out where it is absent.
  static void PutIfThere(Json& json, const char* name, const std::optional<double>& value) {
    if (value) json[name] = Number(*value, kScoreDecimals);
  }

  static Json ScoresOf(const Scores& scores) {
    Json json = {{"accuracy", OptionalNumber(scores.accuracy, kScoreDecimals)},
                 {"fluency", OptionalNumber(scores.fluency, kScoreDecimals)},
                 {"completeness", OptionalNumber(scores.completeness, kScoreDecimals)},
                 {"prosody", OptionalNumber(scores.prosody, kScoreDecimals)},
                 {"total", OptionalNumber(scores.total, kScoreDecimals)}};
    PutIfThere(json, "uncertainty", scores.uncertainty);
    return json;
  }

  static Json TempoOf(const Tempo& tempo) {
    return {{"speech_rate", Number(tempo.speech_rate, 2)},
            {"articulation_rate", Number(tempo.articulation_rate, 2)},
            {"words_per_minute", Number(tempo.words_per_minute, 1)},
            {"pause_ratio", Number(tempo.pause_ratio, kShareDecimals)},
            {"mean_run", Number(tempo.mean_run, 2)},
            {"disfluencies", Number(tempo.disfluencies, kShareDecimals)}};
  }

  Json FeedbackOf() const {
    const Feedback feedback = ChooseFeedback(analysis_, phones_);
    Json json = {{"praise", nullptr}, {"focus", nullptr}};
    if (feedback.praise) {
      const Praise& praise = *feedback.praise;
      const bool of_word =
          praise.kind == PraiseKind::kClearWord || praise.kind == PraiseKind::kHardSound;
      Json& entry = json["praise"];
      entry["kind"] = Name(praise.kind);
      entry["word"] = of_word ? Json(praise.word) : Json(nullptr);
      entry["phone"] = praise.phone ? Json(*praise.phone) : Json(nullptr);
      entry["message"] = PraiseText(kEnglish, analysis_, phones_, praise);
    }
    if (feedback.focus) {
      const Focus& focus = *feedback.focus;
      Json& entry = json["focus"];
      entry["kind"] = Name(focus.kind);
      const bool of_text = focus.kind == FocusKind::kReadAll || focus.kind == FocusKind::kReadOnce;
      entry["word"] = of_text ? Json(nullptr) : Json(focus.word);
      entry["phone"] = focus.phone ? Json(*focus.phone) : Json(nullptr);
      if (focus.place) entry["place"] = PlaceJson(*focus.place);
      entry["message"] = FocusText(kEnglish, analysis_, phones_, focus);
      entry["hint"] = FocusHint(kEnglish, analysis_, phones_, focus);
    }
    for (const Advice& advice : analysis_.advice) json["advice"].push_back(AdviceOf(advice));
    return json;
  }

  static Json AdviceOf(const Advice& advice) {
    Json entry;
    entry["tip"] = advice.tip;
    entry["text"] = advice.text;
    entry["article"] = advice.article.empty() ? Json(nullptr) : Json(advice.article);
    entry["word"] = advice.word;
    entry["phone"] = advice.phone ? Json(*advice.phone) : Json(nullptr);
    if (advice.place) entry["place"] = PlaceJson(*advice.place);
    entry["pair"] =
        advice.pair ? Json::array({advice.pair->first, advice.pair->second}) : Json(nullptr);
    return entry;
  }

  Json Sentences() const {
    Json json = Json::array();
    for (const SentenceScore& sentence : analysis_.sentences) {
      Json entry;
      entry["sentence"] = sentence.sentence;
      PutTimes(entry, sentence.span);
      entry["scores"] = ScoresOf(sentence.scores);
      json.push_back(std::move(entry));
    }
    return json;
  }

  Json Word(std::size_t index) const {
    const WordScore& word = analysis_.words[index];
    Json json;
    json["text"] = word.text;
    json["shown"] = ShownWord(analysis_, phones_, index);
    json["script_word"] = word.script_word ? Json(*word.script_word) : Json(nullptr);
    PutTimes(json, word.span);
    json["accuracy"] = OptionalNumber(word.accuracy, kScoreDecimals);
    PutIfThere(json, "stress", word.stress);
    PutIfThere(json, "total", word.total);
    PutIfThere(json, "uncertainty", word.uncertainty);
    if (word.certainty) json["certainty"] = Name(*word.certainty);
    json["band"] = Name(word.band);
    json["error"] = Name(word.error);
    json["origin"] = Name(word.origin);
    json["phones"] = Json::array();
    for (const PhoneScore& phone : word.phones) json["phones"].push_back(PhoneOf(phone));
    json["syllables"] = Json::array();
    for (const SyllableScore& syllable : word.syllables) {
      json["syllables"].push_back(SyllableOf(syllable));
    }
    return json;
  }

  Json PhoneOf(const PhoneScore& phone) const {
    Json json;
    json["arpabet"] = phones_.Arpabet(phone.phone);
    json["ipa"] = phones_.Ipa(phone.phone);
    PutTimes(json, phone.span);
    json["score"] = Number(phone.score, kScoreDecimals);
    PutIfThere(json, "uncertainty", phone.uncertainty);
    json["band"] = Name(phone.band);
    if (phone.diagnosis) json["diagnosis"] = DiagnosisJson(*phone.diagnosis);
    const Substitute instead = HeardInstead(phone);
    json["heard_instead"] = instead.phone ? Json(phones_.info(*instead.phone).arpabet) : Json();
    json["dropped"] = instead.dropped;
    json["heard"] = Json::array();
    for (const HeardPhone& heard : phone.heard.phones) {
      const PhoneInfo& info = phones_.info(heard.phone);
      json["heard"].push_back({{"arpabet", info.arpabet},
                               {"ipa", info.ipa},
                               {"probability", Number(heard.probability, kShareDecimals)}});
    }
    json["nothing_probability"] = Number(phone.heard.nothing, kShareDecimals);
    Json& evidence = json["evidence"];
    for (std::size_t i = 0; i < kEvidenceTerms; ++i) {
      evidence[std::string(kEvidenceNames[i])] = Number(phone.evidence[i], kShareDecimals);
    }
    return json;
  }

  Json DiagnosisJson(const Diagnosis& diagnosis) const {
    const bool claimed = diagnosis.claim != Claim::kNotSure;
    return {{"claim", Name(diagnosis.claim)},
            {"said", diagnosis.said ? Json(phones_.info(*diagnosis.said).arpabet) : Json()},
            {"probability", claimed ? Number(diagnosis.probability, kShareDecimals) : Json()}};
  }

  static Json StressNumber(Stress stress) {
    return stress == Stress::kNone ? Json(nullptr) : Json(static_cast<int>(stress));
  }

  Json SyllableOf(const SyllableScore& syllable) const {
    Json json;
    json["first_phone"] = syllable.syllable.first;
    json["phone_count"] = syllable.syllable.count;
    json["nucleus"] = syllable.syllable.nucleus;
    PutTimes(json, syllable.span);
    json["score"] = Number(syllable.score, kScoreDecimals);
    json["stress_expected"] = StressNumber(syllable.syllable.stress);
    json["stress_heard"] =
        syllable.stress_heard ? StressNumber(*syllable.stress_heard) : Json(nullptr);
    Json& prominence = json["prominence"];
    for (std::size_t i = 0; i < kProminenceTerms; ++i) {
      prominence[std::string(kProminenceNames[i])] = Number(syllable.prominence[i], kTimeDecimals);
    }
    return json;
  }

  Json Pauses() const {
    Json json = Json::array();
    for (const Pause& pause : analysis_.pauses) {
      Json entry;
      PutTimes(entry, pause.span);
      entry["after_word"] = pause.after_word ? Json(*pause.after_word) : Json(nullptr);
      entry["expected"] = pause.expected;
      json.push_back(std::move(entry));
    }
    return json;
  }

  const Analysis& analysis_;
  const PhoneSet& phones_;
  Utf16Offsets utf16_;
};

}  // namespace

std::string WriteJson(const Analysis& analysis, const PhoneSet& phones,
                      const ReportOptions& options) {
  return Dump(Document(analysis, phones).Write(), options.pretty);
}

}  // namespace euphone
