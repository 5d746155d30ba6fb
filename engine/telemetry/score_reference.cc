#include "telemetry/score_reference.h"

#include <cstdint>
#include <numeric>

#include "telemetry/telemetry_json.h"

namespace euphone {
namespace {

constexpr std::int64_t kMostSpeakers = 1'000'000;

void ReadUnit(StrictObject& object, std::string_view key, ScoreSample& sample) {
  object.Require(key);
  object.Object(key, [&](StrictObject& in) {
    in.Require("counts");
    const auto counts = ReadBuckets(in, "counts", kScoreBounds.size() + 1);
    sample.counts.assign(counts.begin(), counts.end());
    const double all = std::accumulate(sample.counts.begin(), sample.counts.end(), 0.0);
    if (all <= 0.0) return in.Refuse("counts", "must count something");
    in.Require("effective");
    in.Number("effective", sample.effective, 1.0, all);
    in.Require("effective_level");
    in.Number("effective_level", sample.effective_level, 1.0, all);
    in.Require("likeness");
    in.Number("likeness", sample.likeness, 0.0, 1.0);
  });
}

}  // namespace

std::string ToJson(const ScoreReference& reference) {
  nlohmann::ordered_json json = {
      {"schema", kReferenceSchema}, {"data", reference.data}, {"speakers", reference.speakers}};
  for (std::size_t i = 0; i < kScoreUnits.size(); ++i) {
    const ScoreSample& unit = reference.units[i];
    auto counts = nlohmann::ordered_json::array();
    for (const double count : unit.counts) counts.push_back(static_cast<std::uint64_t>(count));
    json[std::string(kScoreUnits[i])] = {{"counts", std::move(counts)},
                                         {"effective", unit.effective},
                                         {"effective_level", unit.effective_level},
                                         {"likeness", unit.likeness}};
  }
  return json.dump() + "\n";
}

Result<ScoreReference> ReadScoreReference(std::string_view text) {
  auto document = OpenDocument(text, kReferenceSchema, kMostReferenceBytes);
  if (!document) return document.error();
  Status status;
  StrictObject object(*document, "", status);
  ScoreReference reference;
  std::string schema;
  object.Text("schema", schema, 64);
  object.Require("data");
  object.Text("data", reference.data, 300);
  object.Require("speakers");
  std::int64_t speakers = 0;
  object.Integer("speakers", speakers, 2, kMostSpeakers);
  reference.speakers = static_cast<std::size_t>(speakers);
  for (std::size_t i = 0; i < kScoreUnits.size(); ++i)
    ReadUnit(object, kScoreUnits[i], reference.units[i]);
  object.RefuseOthers();
  if (!status) return status.error();
  return reference;
}

}  // namespace euphone
