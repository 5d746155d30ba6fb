#include "telemetry/telemetry.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/random.h"
#include "telemetry/telemetry_book.h"

namespace euphone {
namespace {

constexpr std::int64_t kDay = 86'400, kNow = 1'790'000'000;

ScoreCounts Scores(const std::string& version, std::uint64_t takes) {
  ScoreCounts scores{.bundle = "en-us-tiny", .version = version, .takes = takes};
  for (std::uint64_t i = 0; i < takes; ++i) {
    scores.phones.Add(80.0);
    scores.words.Add(70.0);
    scores.sentences.Add(60.0);
  }
  return scores;
}

Tally Takes(std::uint64_t takes, const std::string& version = "1.0.0") {
  Tally tally;
  tally.times.counts = {.takes = takes, .audio_seconds = 4.0 * static_cast<double>(takes)};
  for (std::uint64_t i = 0; i < takes; ++i) {
    tally.times.latency.Add(0.3);
    tally.times.speed.Add(0.07);
  }
  tally.scores = {Scores(version, takes)};
  return tally;
}

TelemetryBook Full() {
  TelemetryBook book;
  for (int day = 0; day < 40; ++day) {
    const std::int64_t now = kNow + day * kDay;
    book.Started(now);
    book.Add(Takes(7, day % 2 == 0 ? "1.0.0" : "1.1.0"), now);
    book.Measured(80.0 + day, 50.0);
    if (day % 9 == 0) book.Crashed(now);
  }
  return book;
}

std::string Complaint(const nlohmann::json& document) {
  const auto read = ReadTelemetry(document.dump());
  return read ? "none" : read.error().message;
}

TEST(Telemetry, IsReadAsItWasWritten) {
  const Telemetry told = Full().Tell("0.1.0", kNow + 40 * kDay);
  const auto read = ReadTelemetry(ToJson(told));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(ToJson(*read), ToJson(told));
  EXPECT_LT(ToJson(told).size(), 4096u);
}

TEST(Telemetry, HoldsNoScoreButInHistograms) {
  const auto json = nlohmann::json::parse(ToJson(Full().Tell("0.1.0", kNow + 40 * kDay)));
  for (const auto& [key, value] : json["scores"][0].items()) {
    if (key == "bundle" || key == "version" || key == "takes") continue;
    EXPECT_TRUE(value.is_array() && value.size() == 20) << key;
  }
}

TEST(Telemetry, SaysWhichFieldIsWrong) {
  const auto good = nlohmann::json::parse(ToJson(Full().Tell("0.1.0", kNow + 40 * kDay)));
  auto bad = good;
  bad["learner"] = "x";
  EXPECT_EQ(Complaint(bad), "learner: there is no such field");
  bad = good;
  bad["recent"]["not_scored"] = 100'000;
  EXPECT_EQ(Complaint(bad), "recent.not_scored: is more than takes");
  bad = good;
  bad["scores"][0]["phones"].push_back(1);
  EXPECT_EQ(Complaint(bad), "scores[0].phones: must be a list of 0 to 20");
  bad = good;
  bad["scores"][0]["phones"].erase(0);
  EXPECT_EQ(Complaint(bad), "scores[0].phones: must hold 20 numbers");
  bad = good;
  bad["schema"] = "euphone.telemetry/2";
  EXPECT_EQ(Complaint(bad), "it is no euphone.telemetry/1");
  bad = good;
  bad["temperature_c"] = 4000;
  EXPECT_EQ(Complaint(bad), "temperature_c: must be between -100.0 and 300.0");
  EXPECT_EQ(ReadTelemetry(std::string(kMostTelemetryBytes + 1, ' ')).error().code, Errc::kTooLarge);
}

TEST(Telemetry, OfAnyBytesIsReadOrRefused) {
  const std::string good = ToJson(Full().Tell("0.1.0", kNow));
  Random random(11);
  for (int i = 0; i < 20'000; ++i) {
    std::string text = good;
    for (std::size_t edits = random.Below(4) + 1; edits > 0; --edits)
      text[random.Below(text.size())] = static_cast<char>(random.Below(256));
    if (const auto read = ReadTelemetry(text); read) {
      EXPECT_TRUE(ReadTelemetry(ToJson(*read)));
    }
  }
}

TEST(TelemetryBook, TellsScoresOnlyOnceTheyComeFromManyTakes) {
  TelemetryBook book;
  book.Add(Takes(kLeastTakesTold - 1), kNow);
  EXPECT_TRUE(book.Tell("", kNow).scores.empty());
  EXPECT_EQ(book.Tell("", kNow).total.takes, kLeastTakesTold - 1);
  book.Add(Takes(1), kNow);
  ASSERT_EQ(book.Tell("", kNow).scores.size(), 1u);
  EXPECT_EQ(book.Tell("", kNow).scores[0].takes, kLeastTakesTold);
  book.Add(Takes(5), kNow);
  EXPECT_EQ(book.Tell("", kNow).scores[0].takes, kLeastTakesTold);
}

TEST(TelemetryBook, ForgetsTimesAfterTwoDaysAndScoresAfterFourWeeks) {
  TelemetryBook book;
  book.Add(Takes(30), kNow);
  EXPECT_EQ(book.Tell("", kNow + kDay).recent.counts.takes, 30u);
  EXPECT_EQ(book.Tell("", kNow + 3 * kDay).recent.counts.takes, 0u);
  EXPECT_EQ(book.Tell("", kNow + 20 * kDay).scores.size(), 1u);
  EXPECT_TRUE(book.Tell("", kNow + 29 * kDay).scores.empty());
  EXPECT_EQ(book.Tell("", kNow + 90 * kDay).total.takes, 30u);
}

TEST(TelemetryBook, CallsThreeCrashesInTenMinutesALoop) {
  TelemetryBook book;
  book.Crashed(kNow);
  book.Crashed(kNow + 1000);
  book.Crashed(kNow + 1100);
  EXPECT_EQ(book.Tell("", kNow + 1100).crash_loops, 0);
  book.Crashed(kNow + 1200);
  EXPECT_EQ(book.Tell("", kNow + 1200).crash_loops, 1);
  EXPECT_EQ(book.Tell("", kNow + 1200).crashes, 4u);
  EXPECT_EQ(book.Tell("", kNow + 3 * kDay).crash_loops, 0);
}

TEST(TelemetryBook, IsKeptAsItIsAndStaysSmall) {
  TelemetryBook book = Full();
  for (int i = 0; i < 100; ++i) book.Add(Takes(25, "2.0." + std::to_string(i)), kNow + 40 * kDay);
  const auto read = TelemetryBook::Read(book.ToJson());
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->ToJson(), book.ToJson());
  EXPECT_LT(book.ToJson().size(), std::size_t{32} << 10);
  EXPECT_LE(book.Tell("", kNow + 40 * kDay).scores.size(), kMostScoreVersions);
}

TEST(TelemetryBook, SurvivesAClockThatJumps) {
  Random random(2);
  TelemetryBook book;
  std::int64_t now = kNow;
  for (int i = 0; i < 500; ++i) {
    now = random.Below(20) == 0 ? static_cast<std::int64_t>(random.Below(3'000'000'000))
                                : now + static_cast<std::int64_t>(random.Below(7'200));
    book.Started(now);
    book.Add(Takes(3), now);
    if (random.Below(5) == 0) book.Crashed(now);
    const Telemetry told = book.Tell("0.1.0", now);
    EXPECT_TRUE(ReadTelemetry(ToJson(told)));
    EXPECT_LE(told.recent_since, now);
  }
  EXPECT_EQ(book.Tell("", now).total.takes, 1500u);
}

}  // namespace
}  // namespace euphone
