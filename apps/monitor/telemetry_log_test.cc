#include "monitor/telemetry_log.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <thread>
#include <vector>

#include "base/file.h"
#include "monitor/machine_state.h"

namespace euphone::monitor {
namespace {

namespace fs = std::filesystem;

class TelemetryLogTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("telemetry-" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    ASSERT_TRUE(BeginTelemetry(folder_));
  }
  void TearDown() override { fs::remove_all(folder_); }

  Telemetry Told() {
    const auto told = ReadTelemetryFolder(folder_, "0.1.0");
    EXPECT_TRUE(told) << told.error().message;
    return told ? *told : Telemetry();
  }

  /// A program that opens the log, and ends in its own way.
  void RunProgram(bool crashes) {
    const pid_t child = ::fork();
    if (child == 0) {
      {
        const auto log = TelemetryLog::Open(folder_);
        if (crashes) ::_exit(9);
      }
      ::_exit(0);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
  }

  fs::path folder_;
};

Analysis Take(double score = 80.0) {
  Analysis analysis;
  analysis.model = "en-us-tiny 1.0.0";
  analysis.samples = 32000;
  analysis.verdict = Verdict::kScored;
  analysis.scores.accuracy = score;
  WordScore word;
  word.accuracy = score;
  word.phones.resize(3);
  for (PhoneScore& phone : word.phones) phone.score = score;
  analysis.words = {word, word, WordScore()};
  return analysis;
}

TEST_F(TelemetryLogTest, CountsNothingWhereNobodyBegan) {
  fs::remove_all(folder_);
  EXPECT_EQ(TelemetryLog::Open(folder_), nullptr);
  EXPECT_FALSE(fs::exists(folder_));
  EXPECT_EQ(ReadTelemetryFolder(folder_, "").error().code, Errc::kNotFound);
}

TEST_F(TelemetryLogTest, CountsTakesOfSeveralProgramsAndThreads) {
  {
    const auto one = TelemetryLog::Open(folder_), other = TelemetryLog::Open(folder_);
    ASSERT_TRUE(one && other);
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&log = i % 2 == 0 ? one : other] {
        const Analysis take = Take();
        for (int j = 0; j < 25; ++j) log->Judged({take, 0.4, 0.2});
        log->CountXruns(1);
      });
    }
    threads.clear();
    EXPECT_EQ(one->Tell("0.1.0")->total.takes, 50u);
  }
  const Telemetry told = Told();
  EXPECT_EQ(told.total.takes, 100u);
  EXPECT_EQ(told.total.xruns, 4u);
  EXPECT_EQ(told.starts, 2u);
  EXPECT_EQ(told.crashes, 0u);
  EXPECT_GT(told.memory_mb.value_or(0.0), 1.0);
  ASSERT_EQ(told.scores.size(), 1u);
  EXPECT_EQ(told.scores[0].bundle, "en-us-tiny");
  EXPECT_EQ(told.scores[0].version, "1.0.0");
  EXPECT_EQ(told.scores[0].words.count(), 200u);
  EXPECT_EQ(told.scores[0].phones.count(), 600u);
  EXPECT_NEAR(told.recent.speed.Quantile(0.5), 0.075, 0.026);
}

TEST_F(TelemetryLogTest, CountsATakeThatWasNotScoredWithoutScores) {
  Analysis take = Take();
  take.verdict = Verdict::kWithheld;
  const Tally tally = TallyOf({take, 0.1, 0.1});
  EXPECT_EQ(tally.times.counts.not_scored, 1u);
  EXPECT_TRUE(tally.scores.empty());
}

TEST_F(TelemetryLogTest, FindsProgramsThatFoundNoEnd) {
  RunProgram(false);
  RunProgram(true);
  const auto lives = TelemetryLog::Open(folder_);
  RunProgram(true);
  RunProgram(true);
  RunProgram(false);
  const Telemetry told = Told();
  EXPECT_EQ(told.starts, 6u);
  EXPECT_EQ(told.crashes, 3u);
  EXPECT_EQ(told.crash_loops, 1);
}

TEST_F(TelemetryLogTest, BeginsAnewWhereItsFileIsDamaged) {
  std::ofstream(folder_ / "book.json") << "{\"schema\": 7";
  EXPECT_EQ(ReadTelemetryFolder(folder_, "").error().code, Errc::kCorrupt);
  TelemetryLog::Open(folder_)->Judged({Take(), 0.1, 0.1});
  EXPECT_EQ(Told().total.takes, 1u);
}

TEST_F(TelemetryLogTest, TellsAHeartbeatBeforeAnythingWasCounted) {
  const auto text = TelemetryText(folder_, "0.1.0");
  ASSERT_TRUE(text) << text.error().message;
  const auto telemetry = ReadTelemetry(*text);
  ASSERT_TRUE(telemetry) << telemetry.error().message;
  EXPECT_EQ(telemetry->total.takes, 0u);
  fs::remove_all(folder_);
  EXPECT_EQ(TelemetryText(folder_, "0.1.0").error().code, Errc::kNotFound);
}

TEST_F(TelemetryLogTest, TakesLittleTimeForATake) {
  const auto log = TelemetryLog::Open(folder_);
  const Analysis take = Take();
  const auto begun = std::chrono::steady_clock::now();
  for (int i = 0; i < 10'000; ++i) log->Judged({take, 0.4, 0.2});
  const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - begun;
  RecordProperty("us_per_take", std::to_string(took.count() / 10'000));
  std::printf("%.2f us a take\n", took.count() / 10'000);
  EXPECT_LT(took.count() / 10'000, 1000.0);
}

TEST(MachineState, IsReadFromTheSystemsFiles) {
  EXPECT_GT(PeakMemoryMb().value_or(0.0), 1.0);
  const fs::path sys = fs::path(::testing::TempDir()) / ("sys-" + std::to_string(::getpid()));
  fs::create_directories(sys / "class/thermal/thermal_zone0");
  fs::create_directories(sys / "class/thermal/thermal_zone1");
  fs::create_directories(sys / "class/thermal/cooling_device0");
  std::ofstream(sys / "class/thermal/thermal_zone0/temp") << "48250\n";
  std::ofstream(sys / "class/thermal/thermal_zone1/temp") << "2147483647\n";
  std::ofstream(sys / "class/thermal/cooling_device0/temp") << "90000\n";
  EXPECT_EQ(TemperatureC(sys), 48.25);
  EXPECT_EQ(TemperatureC(sys / "none"), std::nullopt);
  EXPECT_EQ(PeakMemoryMb(sys), std::nullopt);
  fs::remove_all(sys);
}

}  // namespace
}  // namespace euphone::monitor
