#include "telemetry/telemetry_book.h"

#include <algorithm>
#include <utility>

#include "telemetry/telemetry_json.h"

namespace euphone {
namespace {

/// Moves a window on. Returns by how many halves, 0 to 2.
template <class Half>
int RollHalves(std::array<Half, 2>& halves, std::int64_t& since, std::int64_t length,
               std::int64_t now) {
  if (since == 0 || now < since) {
    since = now;
    return 0;
  }
  if (now - since < length) return 0;
  const int by = now - since < 2 * length ? 1 : 2;
  halves[1] = by == 1 ? std::move(halves[0]) : Half();
  halves[0] = Half();
  since = now;
  return by;
}

/// The oldest versions make room.
void Bound(std::vector<ScoreCounts>& scores) {
  if (scores.size() > kMostScoreVersions)
    scores.erase(scores.begin(), scores.end() - std::ptrdiff_t{kMostScoreVersions});
}

std::int64_t Begin(std::int64_t since, std::int64_t length, bool older) {
  return older ? std::max<std::int64_t>(0, since - length) : since;
}

}  // namespace

void TelemetryBook::Roll(std::int64_t now) {
  const int by = RollHalves(recent_, recent_since_, kRecentSeconds, now);
  if (by > 0) {
    crash_loops_[1] = by == 1 ? crash_loops_[0] : 0;
    crash_loops_[0] = 0;
    memory_mb_.reset();
  }
  RollHalves(scores_, scores_since_, kScoreSeconds, now);
}

void TelemetryBook::Add(const Tally& tally, std::int64_t now) {
  Roll(now);
  total_.Merge(tally.times.counts);
  recent_[0].Merge(tally.times);
  for (const ScoreCounts& more : tally.scores) {
    MergeScores(waiting_, more);
    const auto waits = std::ranges::find_if(waiting_, [&](const ScoreCounts& one) {
      return one.bundle == more.bundle && one.version == more.version;
    });
    if (waits->takes < kLeastTakesTold) continue;
    MergeScores(scores_[0], *waits);
    waiting_.erase(waits);
  }
  Bound(waiting_);
  Bound(scores_[0]);
}

void TelemetryBook::Started(std::int64_t now) {
  Roll(now);
  ++starts_;
}

void TelemetryBook::Crashed(std::int64_t now) {
  Roll(now);
  ++crashes_;
  std::erase_if(crash_times_,
                [now](std::int64_t at) { return at > now || now - at > kCrashLoopSeconds; });
  crash_times_.push_back(now);
  if (crash_times_.size() < kMostCrashTimes) return;
  ++crash_loops_[0];
  crash_times_.clear();
}

void TelemetryBook::Measured(std::optional<double> memory_mb, std::optional<double> temperature_c) {
  if (memory_mb) memory_mb_ = std::max(memory_mb_.value_or(0.0), *memory_mb);
  temperature_c_ = temperature_c;
}

Telemetry TelemetryBook::Tell(std::string program, std::int64_t now) const {
  TelemetryBook rolled = *this;
  rolled.Roll(now);
  Telemetry told{
      .at = now,
      .program = std::move(program),
      .total = total_,
      .starts = starts_,
      .crashes = crashes_,
      .crash_loops = rolled.crash_loops_[0] + rolled.crash_loops_[1],
      .recent = rolled.recent_[1],
      .recent_since = Begin(rolled.recent_since_, kRecentSeconds, rolled.recent_[1] != TakeTimes()),
      .scores = rolled.scores_[1],
      .scores_since = Begin(rolled.scores_since_, kScoreSeconds, !rolled.scores_[1].empty()),
      .memory_mb = rolled.memory_mb_,
      .temperature_c = temperature_c_};
  told.recent.Merge(rolled.recent_[0]);
  for (const ScoreCounts& one : rolled.scores_[0]) MergeScores(told.scores, one);
  Bound(told.scores);
  return told;
}

std::string TelemetryBook::ToJson() const {
  nlohmann::ordered_json json = {{"schema", kBookSchema},
                                 {"total", CountsJson(total_)},
                                 {"starts", starts_},
                                 {"crashes", crashes_},
                                 {"crash_loops", crash_loops_},
                                 {"crash_times", crash_times_},
                                 {"recent_since", recent_since_},
                                 {"recent", {TimesJson(recent_[0]), TimesJson(recent_[1])}},
                                 {"scores_since", scores_since_},
                                 {"scores", ScoresJson(scores_[0])},
                                 {"older_scores", ScoresJson(scores_[1])},
                                 {"waiting_scores", ScoresJson(waiting_)}};
  if (memory_mb_) json["memory_mb"] = *memory_mb_;
  if (temperature_c_) json["temperature_c"] = *temperature_c_;
  return json.dump();
}

Result<TelemetryBook> TelemetryBook::Read(std::string_view text) {
  auto document = OpenDocument(text, kBookSchema, kMostBookBytes);
  if (!document) return document.error();
  Status status;
  StrictObject object(*document, "", status);
  TelemetryBook book;
  std::string schema;
  object.Text("schema", schema, 64);
  object.Object("total", [&](StrictObject& in) { ReadCounts(in, book.total_); });
  ReadCount(object, "starts", book.starts_);
  ReadCount(object, "crashes", book.crashes_);
  std::size_t half = 0;
  object.Integers(
      "crash_loops",
      [&](std::int64_t loops) { book.crash_loops_[half++] = static_cast<int>(loops); }, 2, 0,
      kMostLoops);
  object.Integers(
      "crash_times", [&](std::int64_t at) { book.crash_times_.push_back(at); }, kMostCrashTimes, 0,
      kLatestTime);
  object.Integer("recent_since", book.recent_since_, 0, kLatestTime);
  std::size_t part = 0;
  object.Objects("recent", 2, 2, [&](StrictObject& in) { ReadTimes(in, book.recent_[part++]); });
  object.Integer("scores_since", book.scores_since_, 0, kLatestTime);
  ReadScores(object, "scores", book.scores_[0]);
  ReadScores(object, "older_scores", book.scores_[1]);
  ReadScores(object, "waiting_scores", book.waiting_);
  ReadOptional(object, "memory_mb", book.memory_mb_, 0.0, kMostMemoryMb);
  ReadOptional(object, "temperature_c", book.temperature_c_, kColdest, kHottest);
  object.RefuseOthers();
  if (!status) return status.error();
  return book;
}

}  // namespace euphone
