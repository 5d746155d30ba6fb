#include "telemetry/telemetry_json.h"

namespace euphone {
namespace {

using Json = nlohmann::ordered_json;

constexpr double kMostSum = 1e15;

void ReadHistogram(StrictObject& object, std::string_view key, Histogram& histogram) {
  object.Object(key, [&](StrictObject& in) {
    in.Require("counts");
    const auto counts = ReadBuckets(in, "counts", histogram.counts().size());
    double sum = 0.0;
    in.Number("sum", sum, -kMostSum, kMostSum);
    if (!in.failed()) histogram.Add(counts, sum);
  });
}

void ReadScoreHistogram(StrictObject& object, std::string_view key, Histogram& histogram) {
  object.Require(key);
  const auto counts = ReadBuckets(object, key, histogram.counts().size());
  if (object.failed()) return;
  double sum = 0.0;  // as far as buckets tell
  for (std::size_t i = 0; i < counts.size(); ++i)
    sum += (5.0 * static_cast<double>(i) + 2.5) * static_cast<double>(counts[i]);
  histogram.Add(counts, sum);
}

}  // namespace

Json HistogramJson(const Histogram& histogram) {
  return {{"counts", histogram.counts()}, {"sum", histogram.sum()}};
}

Json CountsJson(const TakeCounts& counts) {
  return {{"takes", counts.takes},
          {"not_scored", counts.not_scored},
          {"xruns", counts.xruns},
          {"audio_seconds", counts.audio_seconds}};
}

Json TimesJson(const TakeTimes& times) {
  Json json = CountsJson(times.counts);
  json["latency"] = HistogramJson(times.latency);
  json["speed"] = HistogramJson(times.speed);
  return json;
}

/// Without sums: a sum of scores with few addends says more than a histogram.
Json ScoresJson(const std::vector<ScoreCounts>& scores) {
  Json list = Json::array();
  for (const ScoreCounts& one : scores) {
    list.push_back({{"bundle", one.bundle},
                    {"version", one.version},
                    {"takes", one.takes},
                    {"phones", one.phones.counts()},
                    {"words", one.words.counts()},
                    {"sentences", one.sentences.counts()}});
  }
  return list;
}

void ReadCount(StrictObject& object, std::string_view key, std::uint64_t& count) {
  std::int64_t read = 0;
  object.Integer(key, read, 0, kMostCount);
  count = static_cast<std::uint64_t>(read);
}

void ReadOptional(StrictObject& object, std::string_view key, std::optional<double>& value,
                  double least, double most) {
  double read = 0.0;
  const bool there = object.Has(key);
  object.Number(key, read, least, most);
  if (there) value = read;
}

std::vector<std::uint64_t> ReadBuckets(StrictObject& object, std::string_view key,
                                       std::size_t buckets) {
  std::vector<std::uint64_t> counts;
  object.Integers(
      key, [&](std::int64_t count) { counts.push_back(static_cast<std::uint64_t>(count)); },
      buckets, 0, kMostCount);
  if (counts.size() != buckets)
    object.Refuse(key, "must hold " + std::to_string(buckets) + " numbers");
  return counts;
}

void ReadCounts(StrictObject& object, TakeCounts& counts) {
  ReadCount(object, "takes", counts.takes);
  ReadCount(object, "not_scored", counts.not_scored);
  if (counts.not_scored > counts.takes) object.Refuse("not_scored", "is more than takes");
  ReadCount(object, "xruns", counts.xruns);
  object.Number("audio_seconds", counts.audio_seconds, 0.0, kMostSum);
}

void ReadTimes(StrictObject& object, TakeTimes& times) {
  ReadCounts(object, times.counts);
  ReadHistogram(object, "latency", times.latency);
  ReadHistogram(object, "speed", times.speed);
}

void ReadScores(StrictObject& object, std::string_view key, std::vector<ScoreCounts>& scores) {
  object.Objects(key, 0, kMostScoreVersions, [&](StrictObject& in) {
    ScoreCounts& one = scores.emplace_back();
    in.Require("bundle");
    in.Text("bundle", one.bundle, 64);
    in.Require("version");
    in.Text("version", one.version, 64);
    ReadCount(in, "takes", one.takes);
    ReadScoreHistogram(in, "phones", one.phones);
    ReadScoreHistogram(in, "words", one.words);
    ReadScoreHistogram(in, "sentences", one.sentences);
  });
}

std::string ToJson(const Telemetry& telemetry) {
  Json total = CountsJson(telemetry.total);
  total["starts"] = telemetry.starts;
  total["crashes"] = telemetry.crashes;
  Json recent = {{"since", telemetry.recent_since}, {"crash_loops", telemetry.crash_loops}};
  recent.update(TimesJson(telemetry.recent));
  Json json = {{"schema", kTelemetrySchema},
               {"at", telemetry.at},
               {"program", telemetry.program},
               {"total", std::move(total)},
               {"recent", std::move(recent)},
               {"scores_since", telemetry.scores_since},
               {"scores", ScoresJson(telemetry.scores)}};
  if (telemetry.memory_mb) json["memory_mb"] = *telemetry.memory_mb;
  if (telemetry.temperature_c) json["temperature_c"] = *telemetry.temperature_c;
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<Telemetry> ReadTelemetry(std::string_view text) {
  auto document = OpenDocument(text, kTelemetrySchema, kMostTelemetryBytes);
  if (!document) return document.error();
  Status status;
  StrictObject object(*document, "", status);
  Telemetry telemetry;
  std::string schema;
  object.Text("schema", schema, 64);
  object.Require("at");
  object.Integer("at", telemetry.at, 0, kLatestTime);
  object.Text("program", telemetry.program, 64, true);
  object.Object("total", [&](StrictObject& in) {
    ReadCounts(in, telemetry.total);
    ReadCount(in, "starts", telemetry.starts);
    ReadCount(in, "crashes", telemetry.crashes);
  });
  object.Object("recent", [&](StrictObject& in) {
    in.Integer("since", telemetry.recent_since, 0, kLatestTime);
    std::int64_t loops = 0;
    in.Integer("crash_loops", loops, 0, kMostLoops);
    telemetry.crash_loops = static_cast<int>(loops);
    ReadTimes(in, telemetry.recent);
  });
  object.Integer("scores_since", telemetry.scores_since, 0, kLatestTime);
  ReadScores(object, "scores", telemetry.scores);
  ReadOptional(object, "memory_mb", telemetry.memory_mb, 0.0, kMostMemoryMb);
  ReadOptional(object, "temperature_c", telemetry.temperature_c, kColdest, kHottest);
  object.RefuseOthers();
  if (!status) return status.error();
  return telemetry;
}

}  // namespace euphone
