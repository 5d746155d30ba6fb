#include "fleet/fleet_metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "base/random.h"

namespace euphone::fleet {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::int64_t kNow = 1'790'000'000;

struct Told {
  DeviceRecord record;
  std::string telemetry;
};

/// Scores of readers of whom each has a level of his own.
ScoreCounts Scores(Random& random, const std::string& version, double shift) {
  ScoreCounts scores{.bundle = "en-us-tiny", .version = version, .takes = 40};
  const double level = 60.0 + 25.0 * random.Unit() + shift;
  for (int i = 0; i < 300; ++i) {
    const double score = std::clamp(level + 40.0 * (random.Unit() - 0.5), 0.0, 100.0);
    scores.phones.Add(score);
    if (i % 4 == 0) scores.words.Add(score);
    if (i % 20 == 0) scores.sentences.Add(score);
  }
  return scores;
}

std::vector<Told> Devices(std::size_t count, double shift) {
  Random random(5);
  std::vector<Told> devices;
  for (std::size_t i = 0; i < count; ++i) {
    DeviceRecord record{.id = "pi-" + std::to_string(1000 + i)};
    record.hardware = "rpi4";
    record.site = "school \"A\"";
    record.runtime = *ReadSemVer("0.1.0");
    record.bundles = {{"en-us-tiny", *ReadSemVer("1.1.0")}};
    record.battery = 50;
    record.last_seen = kNow - (i % 10 == 0 ? 10'000 : 30);
    Telemetry telemetry{.at = kNow, .program = "0.1.0"};
    telemetry.total = {.takes = 10, .not_scored = 1, .xruns = 2, .audio_seconds = 40.0};
    telemetry.recent.counts = telemetry.total;
    telemetry.recent.latency.Add(0.4);
    telemetry.recent.speed.Add(0.06);
    telemetry.temperature_c = 51.5;
    telemetry.memory_mb = 90.0;
    telemetry.scores = {Scores(random, i % 2 == 0 ? "1.0.0" : "1.1.0", i % 2 == 0 ? 0.0 : shift)};
    devices.push_back({record, ToJson(telemetry)});
  }
  return devices;
}

FleetNow Fleet(const std::vector<Told>& devices) {
  FleetNow fleet{.now = kNow};
  fleet.devices = [&devices](const FleetNow::Teller& tell) {
    for (const Told& device : devices) tell(device.record, device.telemetry);
    return Status();
  };
  return fleet;
}

std::string TextOf(FleetMetrics& metrics, const FleetNow& fleet) {
  const auto text = metrics.Text(fleet);
  EXPECT_TRUE(text) << text.error().message;
  return text ? *text : "";
}

Rollout Started(std::vector<Told>& devices) {
  const auto plan = ReadRolloutPlan(
      R"({"schema": "euphone.rollout/1", "id": "tiny-1.2.0", "bundle": "en-us-tiny",
          "version": "1.2.0", "waves": [{"count": 5}, {"rest": true}]})");
  EXPECT_TRUE(plan) << plan.error().message;
  Rollout rollout(*plan);
  std::vector<DeviceRecord> records;
  for (const Told& device : devices) records.push_back(device.record);
  rollout.Apply(rollout.Submit(records, kNow));
  std::vector<const DeviceRecord*> known;
  for (const RolloutDevice& one : rollout.devices())
    known.push_back(&*std::ranges::find(records, one.id, &DeviceRecord::id));
  rollout.Decide(known, kNow);
  return rollout;
}

TEST(FleetMetrics, TellsOfDevicesRolloutsAndIntake) {
  std::vector<Told> devices = Devices(20, 0.0);
  const Rollout rollout = Started(devices);
  FleetNow fleet = Fleet(devices);
  fleet.rollouts = {&rollout};
  fleet.intake = {.heartbeats = 7, .records = 3, .lag_seconds = 0.5};
  FleetMetrics metrics;
  const std::string text = TextOf(metrics, fleet);
  for (const char* line :
       {"euphone_fleet_devices{state=\"silent\"} 2\n",
        "euphone_device_info{device=\"pi-1000\",hardware=\"rpi4\",site=\"school \\\"A\\\"\","
        "program=\"0.1.0\"} 1\n",
        "euphone_device_temperature_celsius{device=\"pi-1003\"} 51.5\n",
        "euphone_device_memory_bytes{device=\"pi-1003\"} 90000000\n",
        "euphone_device_anomaly_ratio{device=\"pi-1003\"} 0.1\n",
        "euphone_device_bundle_info{device=\"pi-1003\",bundle=\"en-us-tiny\",version=\"1.1.0\"} "
        "1\n",
        "euphone_fleet_latency_seconds_count 20\n",
        "euphone_fleet_scores_count{bundle=\"en-us-tiny\",version=\"1.0.0\",unit=\"phone\"} 3000\n",
        "euphone_rollout_info{rollout=\"tiny-1.2.0\",bundle=\"en-us-tiny\",version=\"1.2.0\","
        "state=\"running\"} 1\n",
        "euphone_rollout_devices{rollout=\"tiny-1.2.0\",wave=\"1\",stage=\"offered\"} 5\n",
        "euphone_hub_messages_total{kind=\"heartbeat\"} 7\n",
        "euphone_hub_intake_lag_seconds 0.5\n"}) {
    EXPECT_THAT(text, HasSubstr(line));
  }
}

TEST(FleetMetrics, RaisesAnAlarmOnlyWhereAVersionScoresOtherwise) {
  for (const double shift : {0.0, -25.0}) {
    const std::vector<Told> devices = Devices(60, shift);
    FleetNow fleet = Fleet(devices);
    FleetMetrics metrics;
    const std::string alarm =
        "euphone_fleet_drift_alarm{bundle=\"en-us-tiny\",version=\"1.1.0\",unit=\"phone\","
        "against=\"1.0.0\"} ";
    EXPECT_THAT(TextOf(metrics, fleet), HasSubstr(alarm + "0\n"));
    fleet.now += 3600;
    EXPECT_THAT(TextOf(metrics, fleet), HasSubstr(alarm + (shift < 0.0 ? "1\n" : "0\n")));
  }
}

TEST(FleetMetrics, ComparesWithTheReferenceOfABundle) {
  const std::vector<Told> devices = Devices(60, 0.0);
  Random random(6);
  ScoreReference reference{.data = "made up", .speakers = 40};
  FleetDrift::Scores readers;
  for (int i = 0; i < 40; ++i) readers[{"", ""}].Add(Scores(random, "", 0.0));
  for (std::size_t unit = 0; unit < kScoreUnits.size(); ++unit)
    reference.units[unit] = SampleOf(readers[{"", ""}].by_device[unit], 0.0);
  FleetNow fleet = Fleet(devices);
  fleet.reference = [&](std::string_view, std::string_view version) {
    return version == "1.0.0" ? &reference : nullptr;
  };
  FleetMetrics metrics;
  const std::string text = TextOf(metrics, fleet);
  const std::string labels =
      "{bundle=\"en-us-tiny\",version=\"1.0.0\",unit=\"word\",against=\"reference\"} ";
  EXPECT_THAT(text, HasSubstr("euphone_fleet_score_shift" + labels + "0\n"));
  EXPECT_THAT(text, HasSubstr("euphone_fleet_score_enough" + labels + "1\n"));
  EXPECT_THAT(text, Not(HasSubstr("version=\"1.1.0\",unit=\"word\",against=\"reference\"")));
}

TEST(FleetMetrics, BoundsItsLinesAndPassesOverWhatItCannotRead) {
  std::vector<Told> devices = Devices(20, 0.0);
  for (std::size_t i = 0; i < 3000; ++i)
    devices.push_back({DeviceRecord{.id = "z-" + std::to_string(i), .last_seen = kNow}, ""});
  devices.push_back({DeviceRecord{.id = "a-odd", .last_seen = kNow}, "{\"schema\":\"x\"}"});
  FleetMetrics metrics;
  const std::string text = TextOf(metrics, Fleet(devices));
  EXPECT_THAT(text, HasSubstr("euphone_fleet_telemetry_unreadable 1\n"));
  EXPECT_THAT(text, HasSubstr("euphone_fleet_devices{state=\"heard\"} 3019\n"));
  const std::string line = "\neuphone_device_last_seen_timestamp_seconds{";
  std::size_t lines = 0;
  for (std::size_t at = text.find(line); at != std::string::npos; at = text.find(line, at + 1))
    ++lines;
  EXPECT_EQ(lines, kMostDevicesTold);
}

TEST(FleetMetrics, SaysWhyDevicesCannotBeTold) {
  FleetNow fleet;
  fleet.devices = [](const FleetNow::Teller&) { return Status(Error{Errc::kIo, "no database"}); };
  FleetMetrics metrics;
  EXPECT_EQ(metrics.Text(fleet).error().message, "no database");
}

/// A whole text for the tests of rules and dashboards, where EUPHONE_METRICS_OUT names a file.
TEST(FleetMetrics, WritesEachFamilyOnceAndTogether) {
  std::vector<Told> devices = Devices(20, -25.0);
  const Rollout rollout = Started(devices);
  FleetNow fleet = Fleet(devices);
  fleet.rollouts = {&rollout};
  FleetMetrics metrics;
  TextOf(metrics, fleet);
  fleet.now += 3600;
  const std::string text = TextOf(metrics, fleet);
  std::set<std::string> seen;
  std::istringstream lines(text);
  std::string family;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("# HELP ")) {
      family = line.substr(7, line.find(' ', 7) - 7);
      EXPECT_TRUE(seen.insert(family).second) << family;
    }
    if (!line.starts_with("#")) {
      EXPECT_TRUE(line.starts_with(family)) << line;
    }
  }
  if (const char* out = std::getenv("EUPHONE_METRICS_OUT")) std::ofstream(out) << text;
}

}  // namespace
}  // namespace euphone::fleet
