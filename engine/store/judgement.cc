#include "store/judgement.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "store/clock.h"

namespace euphone {
namespace {

using Json = nlohmann::ordered_json;

// Nothing below throws: what is not as the schema says counts as absent.

const Json& At(const Json& json, const char* name) {
  static const Json nothing;
  if (!json.is_object()) return nothing;
  const auto found = json.find(name);
  return found == json.end() ? nothing : *found;
}

std::string TextAt(const Json& json, const char* name) {
  const Json& value = At(json, name);
  return value.is_string() ? value.get<std::string>() : std::string();
}

std::optional<double> NumberAt(const Json& json, const char* name) {
  const Json& value = At(json, name);
  return value.is_number() ? std::optional(value.get<double>()) : std::nullopt;
}

/// "AH" of "AH0": how a vowel is stressed is another matter than how it sounds.
std::string SoundAt(const Json& phone, const char* name) {
  std::string sound = TextAt(phone, name);
  while (!sound.empty() && std::isdigit(static_cast<unsigned char>(sound.back())) != 0)
    sound.pop_back();
  return sound;
}

bool IsWrong(const Json& phone) {
  const Json& diagnosis = At(phone, "diagnosis");
  if (!diagnosis.is_object())
    return !TextAt(phone, "heard_instead").empty() || At(phone, "dropped") == Json(true);
  const std::string claim = TextAt(diagnosis, "claim");
  return claim == "substituted" || claim == "dropped" || claim == "distorted";
}

class Sums {
 public:
  void AddWord(const Json& word) {
    const std::string error = TextAt(word, "error");
    const auto accuracy = NumberAt(word, "accuracy");
    const bool of_text = At(word, "script_word").is_number();
    if (!of_text || (!accuracy && error != "omitted")) return;
    std::string text = TextAt(word, "text");
    std::ranges::transform(text, text.begin(), [](unsigned char c) {
      return static_cast<char>(c < 128 ? std::tolower(c) : c);
    });
    TakeSums::Word& sum = words_[text];
    ++sum.count;
    sum.score_sum += accuracy.value_or(0.0);
    sum.wrong += error == "omitted" || error == "mispronounced";
    if (accuracy) {
      for (const Json& phone : At(word, "phones")) AddPhone(phone);
    }
  }

  TakeSums Take() {
    TakeSums sums;
    for (auto& [sound, sum] : sounds_) {
      sum.sound = sound;
      sums.sounds.push_back(std::move(sum));
    }
    for (const auto& [pair, count] : confusions_)
      sums.confusions.push_back({pair.first, pair.second, count});
    for (auto& [word, sum] : words_) {
      sum.word = word;
      sums.words.push_back(std::move(sum));
    }
    return sums;
  }

 private:
  void AddPhone(const Json& phone) {
    const std::string sound = SoundAt(phone, "arpabet");
    const auto score = NumberAt(phone, "score");
    if (sound.empty() || !score) return;
    TakeSums::Sound& sum = sounds_[sound];
    ++sum.count;
    sum.score_sum += *score;
    sum.square_sum += *score * *score;
    if (!IsWrong(phone)) return;
    ++sum.wrong;
    const std::string said = SoundAt(phone, "heard_instead");
    if (!said.empty() || At(phone, "dropped") == Json(true)) ++confusions_[{sound, said}];
  }

  std::map<std::string, TakeSums::Sound> sounds_;
  std::map<std::pair<std::string, std::string>, std::int64_t> confusions_;
  std::map<std::string, TakeSums::Word> words_;
};

std::string FindingsOf(const Json& quality) {
  std::string findings;
  for (const Json& finding : At(quality, "findings")) {
    const std::string kind = TextAt(finding, "kind");
    if (!kind.empty()) findings += (findings.empty() ? "" : " ") + kind;
  }
  return findings;
}

std::vector<std::string> TipsIn(const Json& feedback) {
  std::vector<std::string> tips;
  for (const Json& advice : At(feedback, "advice")) {
    std::string tip = TextAt(advice, "tip");
    if (!tip.empty()) tips.push_back(std::move(tip));
  }
  return tips;
}

}  // namespace

Result<TakeJudgement> JudgementOf(std::string document) {
  const Json json = Json::parse(document, nullptr, false);
  if (TextAt(json, "schema") != "euphone.analysis/1" || !At(json, "words").is_array())
    return Error{Errc::kCorrupt, "it is no document of the kind euphone.analysis/1"};
  TakeJudgement judgement;
  judgement.model = TextAt(json, "model");
  judgement.verdict = TextAt(json, "verdict");
  const Json& scores = At(json, "scores");
  judgement.accuracy = NumberAt(scores, "accuracy");
  judgement.fluency = NumberAt(scores, "fluency");
  judgement.completeness = NumberAt(scores, "completeness");
  judgement.prosody = NumberAt(scores, "prosody");
  judgement.total = NumberAt(scores, "total");
  judgement.uncertainty = NumberAt(scores, "uncertainty");
  judgement.findings = FindingsOf(At(json, "quality"));
  if (judgement.verdict == "scored") {
    Sums sums;
    for (const Json& word : At(json, "words")) sums.AddWord(word);
    judgement.sums = sums.Take();
    judgement.tips = TipsIn(At(json, "feedback"));
  }
  judgement.document = std::move(document);
  return judgement;
}

Result<NewTake> TakeOf(const Analysis& analysis, const PhoneSet& phones, std::int64_t said_ms) {
  auto judgement = JudgementOf(WriteJson(analysis, phones, {.pretty = false}));
  if (!judgement) return judgement.error();
  NewTake take;
  take.said_ms = said_ms;
  take.utc_offset_ms = UtcOffsetMs();
  take.text = analysis.script.original;
  take.duration_ms = analysis.samples * 1000 / analysis.rate;
  take.judgement = *std::move(judgement);
  return take;
}

}  // namespace euphone
