#include "evaluate/records.h"

#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "report/names.h"

namespace euphone {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array kVerdicts{PredictionVerdict::kScored, PredictionVerdict::kWithheld,
                               PredictionVerdict::kWrongText, PredictionVerdict::kUnreadable};

std::string Dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void Put(Json& json, const char* name, const std::optional<double>& value) {
  if (value) json[name] = *value;
}

std::optional<double> Get(const Json& json, const char* name) {
  const auto found = json.find(name);
  if (found == json.end()) return std::nullopt;
  return found->get<double>();
}

Certainty CertaintyNamed(const Json& name) {
  for (const Certainty certainty : {Certainty::kRight, Certainty::kWrong}) {
    if (name == Name(certainty)) return certainty;
  }
  return Certainty::kNotSure;
}

PredictionVerdict VerdictNamed(const std::string& name) {
  for (const PredictionVerdict verdict : kVerdicts) {
    if (Name(verdict) == name) return verdict;
  }
  return PredictionVerdict::kUnreadable;
}

Json WordJson(const PredictedWord& word, bool with_heard) {
  Json json;
  json["text"] = word.text;
  Put(json, "accuracy", word.accuracy);
  Put(json, "total", word.total);
  Put(json, "stress", word.stress);
  json["phones"] = word.phones;
  if (word.certainty) {
    json["certainty"] = Name(*word.certainty);
    json["phone_certainty"] = Json::array();
    for (const Certainty claim : word.claims) json["phone_certainty"].push_back(Name(claim));
  }
  if (with_heard) json["heard"] = word.heard;
  return json;
}

Json PredictionJson(const Prediction& prediction, bool with_heard) {
  Json json;
  json["utt"] = prediction.utt;
  json["verdict"] = Name(prediction.verdict);
  if (!prediction.reason.empty()) json["reason"] = prediction.reason;
  Put(json, "accuracy", prediction.accuracy);
  Put(json, "fluency", prediction.fluency);
  Put(json, "prosodic", prediction.prosodic);
  Put(json, "total", prediction.total);
  json["words"] = Json::array();
  for (const PredictedWord& word : prediction.words)
    json["words"].push_back(WordJson(word, with_heard));
  return json;
}

Prediction PredictionFrom(const Json& json) {
  Prediction prediction;
  prediction.utt = json.at("utt").get<std::string>();
  prediction.verdict = VerdictNamed(json.at("verdict").get<std::string>());
  prediction.reason = json.value("reason", std::string());
  prediction.accuracy = Get(json, "accuracy");
  prediction.fluency = Get(json, "fluency");
  prediction.prosodic = Get(json, "prosodic");
  prediction.total = Get(json, "total");
  for (const Json& entry : json.at("words")) {
    PredictedWord& word = prediction.words.emplace_back();
    word.text = entry.at("text").get<std::string>();
    word.accuracy = Get(entry, "accuracy");
    word.stress = Get(entry, "stress");
    word.total = Get(entry, "total");
    word.phones = entry.at("phones").get<std::vector<double>>();
    word.heard = entry.at("heard").get<std::vector<std::string>>();
    if (!entry.contains("certainty")) continue;
    word.certainty = CertaintyNamed(entry.at("certainty"));
    for (const Json& claim : entry.at("phone_certainty"))
      word.claims.push_back(CertaintyNamed(claim));
  }
  return prediction;
}

ScoredRecord ScoredFrom(const Json& json) {
  return {.prediction = PredictionFrom(json.at("scored")),
          .audio_seconds = json.at("audio_s").get<double>(),
          .processor_seconds = json.at("processor_s").get<double>()};
}

TextRecord TextFrom(const Json& json) {
  return {.utt = json.at("text").get<std::string>(),
          .other = json.at("other").get<std::string>(),
          .own_text = VerdictNamed(json.at("own_text").get<std::string>()),
          .other_text = VerdictNamed(json.at("other_text").get<std::string>())};
}

StabilityRecord StabilityFrom(const Json& json) {
  StabilityRecord record{.utt = json.at("stability").get<std::string>(), .words = {}};
  for (const auto& [name, words] : json.at("words").items()) {
    auto& slot = record.words[name];
    if (!words.is_null()) slot = words.get<std::vector<double>>();
  }
  return record;
}

}  // namespace

std::string PredictionLine(const Prediction& prediction) {
  return Dumped(PredictionJson(prediction, false)) + "\n";
}

std::string RecordLine(const ScoredRecord& record) {
  return Dumped({{"scored", PredictionJson(record.prediction, true)},
                 {"audio_s", record.audio_seconds},
                 {"processor_s", record.processor_seconds}});
}

std::string RecordLine(const TextRecord& record) {
  return Dumped({{"text", record.utt},
                 {"other", record.other},
                 {"own_text", Name(record.own_text)},
                 {"other_text", Name(record.other_text)}});
}

std::string RecordLine(const StabilityRecord& record) {
  Json words = Json::object();
  for (const auto& [name, accuracies] : record.words)
    words[name] = accuracies ? Json(*accuracies) : Json(nullptr);
  return Dumped({{"stability", record.utt}, {"words", std::move(words)}});
}

bool Records::Take(std::string_view line) try {
  const Json json = Json::parse(line, nullptr, false);
  if (!json.is_object()) return false;
  if (json.contains("scored")) {
    ScoredRecord record = ScoredFrom(json);
    const std::string utt = record.prediction.utt;
    scored.insert_or_assign(utt, std::move(record));
  } else if (json.contains("text")) {
    TextRecord record = TextFrom(json);
    const std::string utt = record.utt;
    texts.insert_or_assign(utt, std::move(record));
  } else if (json.contains("stability")) {
    StabilityRecord record = StabilityFrom(json);
    const std::string utt = record.utt;
    stability.insert_or_assign(utt, std::move(record));
  } else {
    return false;
  }
  return true;
} catch (const Json::exception&) {
  return false;
}

}  // namespace euphone
