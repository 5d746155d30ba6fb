#include "rollout/rollout_plan.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <numeric>

namespace euphone {
namespace {

using Json = nlohmann::json;

Json Document() {
  return Json::parse(R"({
    "schema": "euphone.rollout/1", "id": "r-1", "bundle": "en-us-standard", "version": "1.3.0",
    "filter": "version < 1.3.0", "when": "not in_lesson",
    "waves": [{"percent": 1}, {"count": 500, "errors": {"at_most": 3}, "observe": "2d"}, {"rest": true}],
    "success": {"at_least_percent": 90}, "errors": {"at_most_percent": 5, "of": "done", "minimum": 20},
    "observe": "12h", "approvals": [1, 3],
    "windows": [{"days": ["sat", "sun"], "from": "22:00", "to": "06:00"}],
    "max_in_flight": 50, "answer_within": "1d", "finish_within": "2d", "ends_after": "14d",
    "seen_within": "30m", "retries": 3, "retry_after": "2h", "lost_are_errors": "all",
    "to_unhealthy": true, "allow_downgrade": true, "note": "for May"})");
}

std::string PlanComplaint(const Json& document) {
  const auto plan = ReadRolloutPlan(document.dump());
  return plan ? "none" : plan.error().message;
}

std::string PlanComplaintWith(const char* key, const Json& value) {
  Json document = Document();
  document[key] = value;
  return PlanComplaint(document);
}

TEST(RolloutPlan, IsReadWithAllItsFields) {
  const auto plan = ReadRolloutPlan(Document().dump());
  ASSERT_TRUE(plan) << plan.error().message;
  ASSERT_EQ(plan->waves.size(), 3u);
  EXPECT_TRUE(plan->waves[0].size.percent && plan->waves[0].errors.of_done);
  EXPECT_EQ(plan->waves[0].errors.minimum, 20u);
  EXPECT_EQ(plan->waves[0].observe, 12 * 3600);
  EXPECT_FALSE(plan->waves[1].size.percent || plan->waves[1].errors.of_done);
  EXPECT_EQ(plan->waves[1].errors.at_most.value, 3.0);
  EXPECT_EQ(plan->waves[1].success.at_least.value, 90.0);
  EXPECT_EQ(plan->waves[1].observe, 2 * 86400);
  EXPECT_TRUE(plan->waves[2].rest);
  EXPECT_EQ(plan->approvals, (std::set<int>{1, 3}));
  EXPECT_EQ(plan->seen_within, 1800);
  EXPECT_EQ(plan->lost, LostRule::kAll);
  EXPECT_TRUE(plan->to_unhealthy && plan->allow_downgrade);
}

TEST(RolloutPlan, SaysWhichFieldIsWrong) {
  EXPECT_EQ(PlanComplaintWith("schema", "euphone.rollout/2"), "schema: must be euphone.rollout/1");
  EXPECT_EQ(PlanComplaintWith("colour", "red"), "colour: there is no such field");
  EXPECT_EQ(PlanComplaintWith("version", "1.3"), "version: must be a version such as 1.3.0");
  EXPECT_EQ(PlanComplaintWith("id", "a b"),
            "id: must have letters, digits, '.', '_' and '-' alone");
  EXPECT_EQ(PlanComplaintWith("filter", "hardwar = x").substr(0, 36),
            "filter: column 1: no field 'hardwar'");
  EXPECT_EQ(PlanComplaintWith("waves", Json::parse(R"([{"percent": 10}])")),
            "waves: the last one must have \"rest\": true");
  EXPECT_EQ(PlanComplaintWith("waves", Json::parse(R"([{"rest": true}, {"percent": 10}])")),
            "waves[1]: no wave can come after the one with the rest");
  EXPECT_EQ(
      PlanComplaintWith("waves", Json::parse(R"([{"percent": 10, "count": 3}, {"rest": true}])")),
      "waves[0].percent: needs either count or percent");
  EXPECT_EQ(PlanComplaintWith("waves", Json::parse(R"([{"percent": 101}, {"rest": true}])")),
            "waves[0].percent: must be between 1e-06 and 100.0");
  EXPECT_EQ(PlanComplaintWith("waves", Json::parse(R"([{"rest": true, "success": {}}])")),
            "waves[0].success.at_least: needs either at_least or at_least_percent");
  EXPECT_EQ(PlanComplaintWith("ramp", Json::parse(R"({"first_percent": 1})")),
            "waves: needs either waves or ramp");
  EXPECT_EQ(PlanComplaintWith("approvals", Json::parse("[4]")),
            "approvals: must hold whole numbers, each of which must be between 1 and 3");
  EXPECT_EQ(PlanComplaintWith("errors", Json::parse(R"({"at_most": 1, "minimum": 3})")),
            "errors.minimum: goes with \"of\": \"done\"");
  EXPECT_EQ(PlanComplaintWith("windows", Json::parse(R"([{"from": "8:00", "to": "09:00"}])")),
            "windows[0].from: must be a time such as 18:00");
  EXPECT_EQ(PlanComplaintWith("windows", Json::parse(R"([{"from": "09:00", "to": "09:00"}])")),
            "windows[0].to: must not be the same as from");
  EXPECT_EQ(PlanComplaintWith("observe", "soon"),
            "observe: must be a time such as 90s, 15m, 12h or 3d, at most ten years");
  EXPECT_EQ(PlanComplaintWith("finish_within", "1h"),
            "finish_within: must not be shorter than answer_within");
  EXPECT_EQ(PlanComplaintWith("max_in_flight", 0), "max_in_flight: must be between 1 and 2000000");
  EXPECT_EQ(PlanComplaintWith("lost_are_errors", "some"),
            "lost_are_errors: must be none, answered or all");
  Json document = Document();
  document.erase("bundle");
  EXPECT_EQ(PlanComplaint(document), "bundle: is missing");
  EXPECT_EQ(ReadRolloutPlan("{").error().code, Errc::kCorrupt);
  EXPECT_EQ(ReadRolloutPlan(std::string(100000, '[')).error().code, Errc::kCorrupt);
}

TEST(RolloutPlan, ExpandsARampUntilAllAreIn) {
  Json document = Document();
  document.erase("waves");
  document["ramp"] = Json::parse(R"({"first_percent": 1, "factor": 2})");
  document["approvals"] = {7};
  const auto plan = ReadRolloutPlan(document.dump());
  ASSERT_TRUE(plan) << plan.error().message;
  EXPECT_EQ(WaveSizes(plan->waves, 1000),
            (std::vector<std::size_t>{10, 20, 40, 80, 160, 320, 370}));
  document["ramp"] = Json::parse(R"({"first_percent": 50, "factor": 2})");
  document["approvals"] = Json::array();
  EXPECT_EQ(ReadRolloutPlan(document.dump())->waves.size(), 2u);
}

TEST(RolloutPlan, GivesEveryTargetToOneWave) {
  const auto plan = ReadRolloutPlan(Document().dump());
  for (const std::size_t targets : {0u, 1u, 2u, 99u, 101u, 501u, 506u, 507u, 100000u}) {
    const auto sizes = WaveSizes(plan->waves, targets);
    EXPECT_EQ(std::accumulate(sizes.begin(), sizes.end(), std::size_t{0}), targets);
  }
  EXPECT_EQ(WaveSizes(plan->waves, 101), (std::vector<std::size_t>{2, 99, 0})) << "rounded up";
}

TEST(RolloutPlan, CrossesAThresholdExactlyBeyondIt) {
  const ErrorRule two_percent = {.at_most = {2.0, true}};
  EXPECT_FALSE(TooMany(two_percent, 20, 1000, 30));
  EXPECT_TRUE(TooMany(two_percent, 21, 1000, 30));
  const ErrorRule of_done = {.at_most = {2.0, true}, .of_done = true, .minimum = 50};
  EXPECT_FALSE(TooMany(of_done, 49, 1000, 49));
  EXPECT_FALSE(TooMany(of_done, 1, 1000, 50));
  EXPECT_TRUE(TooMany(of_done, 2, 1000, 50));
  EXPECT_FALSE(TooMany({.at_most = {3.0, false}}, 3, 10, 10));
  EXPECT_TRUE(TooMany({.at_most = {3.0, false}}, 4, 10, 10));
  EXPECT_EQ(Needed({.at_least = {95.0, true}}, 100), 95u);
  EXPECT_EQ(Needed({.at_least = {95.0, true}}, 101), 96u);
  EXPECT_EQ(Needed({.at_least = {50.0, false}}, 7), 7u);
  for (std::size_t whole = 1; whole < 400; ++whole)
    for (std::size_t percent = 0; percent <= 100; ++percent) {
      const Share share = {static_cast<double>(percent), true};
      EXPECT_EQ(Needed({share}, whole), (percent * whole + 99) / 100);
      const std::size_t allowed = percent * whole / 100;
      EXPECT_FALSE(TooMany({.at_most = share}, allowed, whole, whole));
      EXPECT_TRUE(TooMany({.at_most = share}, allowed + 1, whole, whole));
    }
}

TEST(OfferWindow, FollowsTheDevicesOwnClockAndDays) {
  // Monday, 5 January 2026, 08:00 UTC.
  constexpr std::int64_t kMonday8 = 1'767'600'000;
  const OfferWindow weekdays{.days = 0x1f, .from_minute = 8 * 60, .to_minute = 16 * 60};
  EXPECT_TRUE(weekdays.Contains(kMonday8, 0));
  EXPECT_FALSE(weekdays.Contains(kMonday8 - 1, 0));
  EXPECT_FALSE(weekdays.Contains(kMonday8 + 8 * 3600, 0));
  EXPECT_TRUE(weekdays.Contains(kMonday8 + 8 * 3600, -60));
  EXPECT_FALSE(weekdays.Contains(kMonday8 - 86400, 0)) << "a Sunday";
  EXPECT_FALSE(weekdays.Contains(kMonday8, -9 * 60)) << "Sunday, 23:00 there";
  const OfferWindow sunday_night{.days = 0x40, .from_minute = 22 * 60, .to_minute = 9 * 60};
  EXPECT_TRUE(sunday_night.Contains(kMonday8, 0)) << "it began on Sunday";
  EXPECT_FALSE(sunday_night.Contains(kMonday8 + 3600, 0));
  EXPECT_FALSE(sunday_night.Contains(kMonday8 + 15 * 3600, 0)) << "Monday, 23:00";
  EXPECT_TRUE(OfferWindow{}.Contains(-1, 0)) << "before 1970, too";
}

// Made by an independent FNV-1a and SplitMix64 in Python; a change would move devices between
// waves.
TEST(WaveHash, IsWhatItHasAlwaysBeen) {
  EXPECT_EQ(WaveHash("r-1", "d-000001"), 0x9d9121032c574958u);
  EXPECT_EQ(WaveHash("r-2", "d-000001"), 0x8109417ce20b6cdau);
  EXPECT_EQ(WaveHash("", ""), 0x25fc6dd36ce04b20u);
}

TEST(ReadDuration, KnowsFourUnits) {
  EXPECT_EQ(ReadDuration("90s"), 90);
  EXPECT_EQ(ReadDuration("15m"), 900);
  EXPECT_EQ(ReadDuration("12h"), 43200);
  EXPECT_EQ(ReadDuration("3d"), 259200);
  for (const char* text :
       {"", "3", "d", "-3d", "3w", "3 d", "3.5d", "99999d", "99999999999999999999s"})
    EXPECT_EQ(ReadDuration(text), std::nullopt) << text;
}

}  // namespace
}  // namespace euphone
