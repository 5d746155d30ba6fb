#include "rollout/simulation.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <numeric>

namespace euphone {
namespace {

RolloutPlan Plan(const std::string& fields = "") {
  return *ReadRolloutPlan(
      R"({"schema":"euphone.rollout/1","id":"r","bundle":"b","version":"1.3.0","filter":"version < 1.3.0",
          "waves":[{"percent":5},{"percent":20},{"rest":true}],"success":{"at_least_percent":80},
          "errors":{"at_most_percent":2},"observe":"12h","seen_within":"15m")" +
      fields + "}");
}

SimulationResult Played(const RolloutPlan& plan, const std::vector<std::string>& faults = {},
                        std::uint64_t seed = 1) {
  SimulationOptions options{.seed = seed};
  for (const std::string& fault : faults) options.faults.push_back(*ReadFault(fault));
  return Simulate(plan, InventedInventory(plan, 4000, seed), options);
}

TEST(Simulation, BringsASoundBundleToEverybody) {
  const SimulationResult result = Played(Plan());
  EXPECT_EQ(result.state, RolloutState::kCompleted) << result.reason;
  EXPECT_NEAR(static_cast<double>(result.targets), 0.98 * 4000, 60);
  EXPECT_EQ(result.Of(DeviceStage::kSucceeded) + result.Of(DeviceStage::kLost), result.targets);
  EXPECT_GT(result.Of(DeviceStage::kSucceeded), result.targets * 99 / 100);
  EXPECT_EQ(result.broken, 0u);
  EXPECT_LT(*result.half, *result.most);
  EXPECT_LT(*result.most, *result.nearly_all);
  EXPECT_LT(*result.waves[0].started, *result.waves[1].started);
  EXPECT_GE(*result.waves[1].started, *result.waves[0].reached + 12 * 3600);
}

TEST(Simulation, StopsABadBundleInTheFirstWaveThatCanTell) {
  const SimulationResult result = Played(Plan(), {"self-test=10%"});
  EXPECT_EQ(result.state, RolloutState::kHalted);
  EXPECT_TRUE(result.reason.starts_with("wave 1: ")) << result.reason;
  EXPECT_FALSE(result.waves[1].started);
  EXPECT_EQ(result.broken, 0u) << "a self-test that fails does no harm";
}

TEST(Simulation, HarmsFewWhereABundleCrashes) {
  const SimulationResult result = Played(Plan(), {"crash=30%"});
  EXPECT_EQ(result.state, RolloutState::kHalted);
  EXPECT_GT(result.broken, 0u);
  EXPECT_LT(result.broken, result.waves[0].size);
}

TEST(Simulation, FindsAFaultOfOneKindOfHardware) {
  const SimulationResult result = Played(Plan(), {"self-test@n100=50%"});
  EXPECT_EQ(result.state, RolloutState::kHalted);
  EXPECT_EQ(Played(Plan(R"(,"note":"no such hardware")"), {"self-test@abacus=100%"}).state,
            RolloutState::kCompleted);
}

TEST(Simulation, TriesDownloadsAgain) {
  const SimulationResult result = Played(Plan(), {"download=20%"});
  EXPECT_EQ(result.state, RolloutState::kCompleted) << result.reason;
  EXPECT_GT(result.offers, result.targets + result.targets / 8);
}

TEST(Simulation, WaitsForYesAndForTheWindow) {
  const SimulationResult plain = Played(Plan());
  const SimulationResult gated =
      Played(Plan(R"(,"approvals":[1,2,3],"windows":[{"from":"12:00","to":"13:30"}])"));
  EXPECT_EQ(*gated.waves[0].started, 4 * 3600);
  EXPECT_GT(*gated.half, *plain.half);
}

TEST(Simulation, GivesTheSameAgainAndAnotherForAnotherSeed) {
  const RolloutPlan plan = Plan();
  const auto text = [&plan](std::uint64_t seed) {
    return SimulationJson(plan, {Played(plan, {"crash=1%"}, seed)}).dump();
  };
  EXPECT_EQ(text(1), text(1));
  EXPECT_NE(text(1), text(2));
}

TEST(Simulation, NamesRangesOverSeveralRuns) {
  const auto ranges = RangesOf(
      {Played(Plan(), {}, 1), Played(Plan(), {}, 2), Played(Plan(), {"self-test=20%"}, 3)});
  ASSERT_EQ(ranges[1].what, "hours_to_90");
  EXPECT_EQ(ranges[1].runs, 2u) << "one never came so far";
  EXPECT_LE(ranges[1].low, ranges[1].median);
  EXPECT_LE(ranges[1].median, ranges[1].high);
}

TEST(VirtualFault, IsReadFromAWord) {
  EXPECT_EQ(ReadFault("self-test@rpi4=3%")->hardware, "rpi4");
  EXPECT_DOUBLE_EQ(ReadFault("self-test@rpi4=3%")->rate, 0.03);
  EXPECT_DOUBLE_EQ(ReadFault("crash=0.5")->rate, 0.5);
  for (const char* text : {"", "crash", "crash=", "crash=2", "crash=-1%", "boredom=1%", "crash@=1%",
                           "crash=1%%", "crash=nan"})
    EXPECT_FALSE(ReadFault(text)) << text;
  const std::vector<VirtualFault> faults = {*ReadFault("crash=1%"), *ReadFault("crash@n100=5%"),
                                            *ReadFault("crash=2%")};
  EXPECT_DOUBLE_EQ(RateOf(faults, VirtualFaultKind::kCrash, "n100"), 0.05);
  EXPECT_DOUBLE_EQ(RateOf(faults, VirtualFaultKind::kCrash, "rpi4"), 0.02);
  EXPECT_DOUBLE_EQ(RateOf(faults, VirtualFaultKind::kLoss, "rpi4"), 0.0);
}

TEST(VirtualDevice, CountsOnlyTheTimeWhenItIsOn) {
  const VirtualDevice school{.seed = 4, .pattern = DayPattern::kSchool};
  const auto first = school.NextOnline(kSimulationStart, 0);
  ASSERT_TRUE(first);
  const auto after = school.AfterOnline(*first, 12 * 3600, 0);
  ASSERT_TRUE(after);
  EXPECT_GT(*after, *first + 24 * 3600) << "twelve hours take more than a school day";
  double on = 0.0;
  for (std::int64_t day = kSimulationStart / 86400 - 1; day < kSimulationStart / 86400 + 20; ++day)
    if (const auto span = school.OnlineOn(day, 0))
      on += static_cast<double>(
          std::max<std::int64_t>(0, std::min(span->end, *after) - std::max(span->begin, *first)));
  EXPECT_NEAR(on, 12 * 3600, 1);
}

}  // namespace
}  // namespace euphone
