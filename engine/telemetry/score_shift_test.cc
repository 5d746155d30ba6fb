#include "telemetry/score_shift.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <numbers>
#include <numeric>

#include "base/random.h"
#include "telemetry/score_reference.h"

namespace euphone {
namespace {

/// Nearly normal, and quick.
double Normal(Random& random) {
  double sum = -3.0;
  for (int i = 0; i < 6; ++i) sum += random.Unit();
  return sum * std::numbers::sqrt2;
}

/// Learners of whom each has a level of his own; their sounds scatter about it.
Histogram Learner(Random& random, int sounds, double shift) {
  Histogram scores(kScoreBounds);
  const double level = 78.0 + 10.0 * Normal(random);
  for (int i = 0; i < sounds; ++i)
    scores.Add(std::clamp(level + 20.0 * Normal(random) + shift, 0.0, 100.0));
  return scores;
}

/// Devices of which some are used much more than others.
std::vector<Histogram> Fleet(Random& random, std::size_t devices, double shift) {
  std::vector<Histogram> fleet;
  for (std::size_t i = 0; i < devices; ++i) {
    fleet.emplace_back(kScoreBounds);
    for (std::size_t learner = 0; learner <= random.Below(3); ++learner)
      fleet.back().Merge(Learner(random, 50 + static_cast<int>(random.Below(400)), shift));
  }
  return fleet;
}

ScoreSample Reference(Random& random) {
  std::vector<Histogram> speakers;
  for (int i = 0; i < 125; ++i) speakers.push_back(Learner(random, 150, 0.0));
  return SampleOf(speakers, 0.0);
}

/// How many fleets of 120 (EUPHONE_FLEETS) are told to have shifted, in percent.
double Alarms(std::size_t devices, double shift, std::uint64_t seed) {
  Random random(seed);
  const char* const wanted = std::getenv("EUPHONE_FLEETS");
  const int fleets = wanted == nullptr ? 120 : std::atoi(wanted);
  int alarms = 0;
  for (int i = 0; i < fleets; ++i) {
    const ScoreSample reference = Reference(random);
    const ScoreSample now = SampleOf(Fleet(random, devices, shift), reference.likeness);
    alarms += CompareScores(reference, now).evident() >= 0.1 ? 1 : 0;
  }
  return 100.0 * alarms / fleets;
}

TEST(ScoreShift, SeldomAlarmsWhereNothingHasChanged) {
  for (const std::size_t devices : {5u, 10u, 40u, 200u}) {
    const double alarms = Alarms(devices, 0.0, devices);
    RecordProperty("false_alarms_of_" + std::to_string(devices), std::to_string(alarms));
    std::printf("%zu devices: %.2f %% false alarms\n", devices, alarms);
    EXPECT_LE(alarms, 0.5) << devices << " devices";
  }
}

TEST(ScoreShift, FindsAScorerThatHasMoved) {
  for (const auto& [devices, shift, least] :
       {std::tuple<std::size_t, double, double>{40, -10.0, 90.0},
        {200, -10.0, 99.0},
        {10, -20.0, 90.0},
        {40, 12.0, 95.0}}) {
    const double alarms = Alarms(devices, shift, 100 + devices);
    std::printf("%zu devices, %+.0f points: %.1f %% found\n", devices, shift, alarms);
    EXPECT_GE(alarms, least) << devices << " devices, " << shift << " points";
  }
}

TEST(ScoreShift, WouldOftenAlarmIfEachSoundCountedAsIndependent) {
  // What the design effect is for: the same fleets, taken at face value.
  Random random(3);
  int alarms = 0;
  for (int i = 0; i < 200; ++i) {
    ScoreSample reference = Reference(random);
    ScoreSample now = SampleOf(Fleet(random, 10, 0.0), 0.0);
    for (ScoreSample* sample : {&reference, &now}) {
      sample->effective = std::accumulate(sample->counts.begin(), sample->counts.end(), 0.0);
      sample->effective_level = sample->effective;
    }
    alarms += CompareScores(reference, now).psi_p < kChanceOfShift ? 1 : 0;
  }
  EXPECT_GT(alarms, 100);
}

TEST(ScoreShift, IsSilentOnTooLittle) {
  Random random(9);
  const ScoreSample reference = Reference(random);
  const ScoreSample one = SampleOf(Fleet(random, 1, -40.0), reference.likeness);
  EXPECT_LT(one.effective_level, kLeastEffective);
  const ScoreShift shift = CompareScores(reference, one);
  EXPECT_FALSE(shift.enough);
  EXPECT_EQ(shift.evident(), 0.0);
  EXPECT_EQ(CompareScores(reference, SampleOf({}, 0.1)).psi, 0.0);
}

TEST(ScoreShift, TakesNothingFromIndependentDraws) {
  Random random(4);
  std::vector<Histogram> clusters(50, Histogram(kScoreBounds));
  for (Histogram& cluster : clusters)
    for (int i = 0; i < 100; ++i) cluster.Add(100.0 * random.Unit());
  EXPECT_GT(SampleOf(clusters, 0.0).effective, 4500.0);
  // Copies of one draw are worth as much as one each.
  for (Histogram& cluster : clusters) {
    cluster = Histogram(kScoreBounds);
    const double score = 100.0 * random.Unit();
    for (int i = 0; i < 100; ++i) cluster.Add(score);
  }
  EXPECT_NEAR(SampleOf(clusters, 0.0).effective, 50.0, 2.0);
  EXPECT_NEAR(SampleOf(clusters, 0.0).likeness, 1.0, 0.05);
}

TEST(ScoreShift, ProbabilitiesAreAsTheTablesHaveThem) {
  // Two samples of 100, in halves: χ² = 10.83 with one degree has the probability 0.001, and a
  // distance of 0.2301 Kolmogorov's 0.01 (λ = 1.63, J. V. Smirnov's table).
  ScoreSample a{.counts = std::vector<double>(20), .effective = 1e6, .effective_level = 1e6};
  a.counts[0] = a.counts[19] = 500;
  ScoreSample b = a;
  const double d = std::sqrt(10.828 * (1.0 / 1e6 + 1.0 / 1e6));
  b.counts[0] = 500 * (1 + d);
  b.counts[19] = 500 * (1 - d);
  EXPECT_NEAR(CompareScores(a, b).psi_p, 0.001, 0.0002);
  a.effective_level = b.effective_level = 100;
  const double lambda_per_distance = std::sqrt(50.0) + 0.12 + 0.11 / std::sqrt(50.0);
  b.counts[0] = 500 + 1000 * 1.628 / lambda_per_distance;
  b.counts[19] = 1000 - b.counts[0];
  EXPECT_NEAR(CompareScores(a, b).ks_p, 0.01, 0.0003);
}

TEST(ScoreReference, IsReadAsItWasWritten) {
  Random random(5);
  ScoreReference reference{.data = "made up, 125 speakers", .speakers = 125};
  for (ScoreSample& unit : reference.units) unit = Reference(random);
  const auto read = ReadScoreReference(ToJson(reference));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(*read, reference);
}

TEST(ScoreReference, SaysWhatIsWrong) {
  const auto complaint = [](std::string_view text) {
    const auto read = ReadScoreReference(text);
    return read ? "none" : read.error().message;
  };
  EXPECT_EQ(complaint("{}"), "it is no euphone.reference/1");
  EXPECT_EQ(complaint("["), "it is no JSON");
  EXPECT_EQ(complaint(R"({"schema": "euphone.reference/1", "data": "x", "speakers": 1})"),
            "speakers: must be between 2 and 1000000");
  EXPECT_EQ(complaint(R"({"schema": "euphone.reference/1", "data": "x", "speakers": 2,
                          "phone": {"counts": [1]}})"),
            "phone.counts: must hold 20 numbers");
}

}  // namespace
}  // namespace euphone
