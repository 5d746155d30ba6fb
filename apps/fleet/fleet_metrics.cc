#include "fleet/fleet_metrics.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include "telemetry/device_metrics.h"
#include "telemetry/exposition.h"

namespace euphone::fleet {
namespace {

using enum MetricKind;

struct KnownDevice {
  DeviceRecord record;
  std::optional<Telemetry> telemetry;
};

/// What devices tell together.
struct FleetSums {
  Histogram latency{kLatencyBounds}, speed{kSpeedBounds};
  FleetDrift::Scores scores;
  std::uint64_t unreadable = 0;
};

void AddToSums(FleetSums& sums, const Telemetry& telemetry) {
  sums.latency.Merge(telemetry.recent.latency);
  sums.speed.Merge(telemetry.recent.speed);
  for (const ScoreCounts& one : telemetry.scores) {
    const auto key = std::pair(one.bundle, one.version);
    if (sums.scores.size() < kMostVersionsTold || sums.scores.contains(key))
      sums.scores[key].Add(one);
  }
}

void AddRecords(Exposition& out, const std::vector<KnownDevice>& devices) {
  const auto family = [&](const char* name, const char* help, auto value) {
    out.Begin(name, kGauge, help);
    for (const KnownDevice& device : devices) {
      const std::optional<double> told = value(device.record);
      if (told) out.Add({{"device", device.record.id}}, *told);
    }
  };
  using Value = std::optional<double>;
  family("euphone_device_last_seen_timestamp_seconds", "When the hub heard of it last.",
         [](const DeviceRecord& record) { return Value(static_cast<double>(record.last_seen)); });
  family("euphone_device_update_crash_loops", "Crash loops since its bundle was installed.",
         [](const DeviceRecord& record) { return Value(record.health.crash_loops); });
  family("euphone_device_self_test_passed", "Whether its last self-test passed.",
         [](const DeviceRecord& record) { return Value(record.health.self_test ? 1.0 : 0.0); });
  family("euphone_device_battery_ratio", "Its battery, 0–1; none without one.",
         [](const DeviceRecord& record) {
           return record.battery ? Value(*record.battery / 100.0) : Value();
         });
  out.Begin("euphone_device_info", kGauge, "What it is, and where; always 1.");
  for (const auto& [record, telemetry] : devices) {
    out.Add({{"device", record.id},
             {"hardware", record.hardware},
             {"site", record.site},
             {"program", record.runtime.Text()}},
            1.0);
  }
  out.Begin("euphone_device_bundle_info", kGauge, "A bundle that it holds; always 1.");
  for (const auto& [record, telemetry] : devices) {
    for (const BundleVersion& held : record.bundles) {
      out.Add({{"device", record.id}, {"bundle", held.bundle}, {"version", held.version.Text()}},
              1.0);
    }
  }
}

void AddFleet(Exposition& out, const FleetSums& sums) {
  out.Begin("euphone_fleet_latency_seconds", kHistogram,
            "From a take's end to its judgement, in the last day or two: a window, no counter.");
  out.Add({}, sums.latency);
  out.Begin("euphone_fleet_real_time_factor", kHistogram,
            "Work for a second of speech, in the last day or two: a window, no counter.");
  out.Add({}, sums.speed);
  out.Begin("euphone_fleet_scores", kHistogram,
            "Scores, 0–100, of two to four weeks: a window, no counter; its sum is of the "
            "buckets' middles.");
  for (const auto& [key, scores] : sums.scores) {
    for (std::size_t unit = 0; unit < kScoreUnits.size(); ++unit) {
      out.Add({{"bundle", key.first}, {"version", key.second}, {"unit", kScoreUnits[unit]}},
              scores.Sum(unit));
    }
  }
}

void AddDrift(Exposition& out, const std::vector<DriftFinding>& findings) {
  const auto family = [&](const char* name, const char* help, auto value) {
    out.Begin(name, kGauge, help);
    for (const DriftFinding& one : findings) {
      out.Add({{"bundle", one.bundle},
               {"version", one.version},
               {"unit", kScoreUnits[one.unit]},
               {"against", one.against}},
              static_cast<double>(value(one)));
    }
  };
  family("euphone_fleet_score_psi", "Population stability index of scores.",
         [](const DriftFinding& one) { return one.shift.psi; });
  family("euphone_fleet_score_ks", "Kolmogorov and Smirnov's distance of scores.",
         [](const DriftFinding& one) { return one.shift.ks; });
  family("euphone_fleet_score_shift", "The psi beyond chance; 0 where chance may have made it.",
         [](const DriftFinding& one) { return one.shift.evident(); });
  family("euphone_fleet_score_enough", "Whether enough has been read to tell.",
         [](const DriftFinding& one) { return one.shift.enough ? 1.0 : 0.0; });
  family("euphone_fleet_drift_alarm", "Whether scores have shifted for an hour.",
         [](const DriftFinding& one) { return one.alarm ? 1.0 : 0.0; });
}

void AddRollouts(Exposition& out, std::span<const Rollout* const> rollouts) {
  out.Begin("euphone_rollout_info", kGauge, "A rollout and its state; always 1.");
  for (const Rollout* rollout : rollouts) {
    out.Add({{"rollout", rollout->plan().id},
             {"bundle", rollout->plan().bundle},
             {"version", rollout->plan().version.Text()},
             {"state", kRolloutStateNames[static_cast<std::size_t>(rollout->state())]}},
            1.0);
  }
  out.Begin("euphone_rollout_wave", kGauge, "The wave that was started last; 0: none.");
  for (const Rollout* rollout : rollouts)
    out.Add({{"rollout", rollout->plan().id}}, static_cast<double>(rollout->wave()));
  out.Begin("euphone_rollout_devices", kGauge, "Devices of a wave, by the stage that they are in.");
  for (const Rollout* rollout : rollouts) {
    for (std::size_t wave = 0; wave < rollout->waves().size(); ++wave) {
      for (std::size_t stage = 0; stage < kStageNames.size(); ++stage) {
        out.Add({{"rollout", rollout->plan().id},
                 {"wave", std::to_string(wave + 1)},
                 {"stage", kStageNames[stage]}},
                std::uint64_t{rollout->waves()[wave].by_stage[stage]});
      }
    }
  }
}

void AddIntake(Exposition& out, const IntakeCounters& intake) {
  out.Begin("euphone_hub_messages_total", kCounter, "Messages of devices that were taken in.");
  out.Add({{"kind", "heartbeat"}}, intake.heartbeats);
  out.Add({{"kind", "report"}}, intake.reports);
  out.Add({{"kind", "event"}}, intake.events);
  out.Add({{"kind", "uplink"}}, intake.uplinks);
  out.One("euphone_hub_records_total", kCounter, "Records of outboxes that were kept.",
          intake.records);
  out.One("euphone_hub_messages_refused_total", kCounter, "Messages that were none.",
          intake.refused);
  out.One("euphone_hub_intake_waiting", kGauge, "Messages that are not kept yet.", intake.waiting);
  out.One("euphone_hub_intake_lag_seconds", kGauge, "How long the oldest of them has waited.",
          intake.lag_seconds);
}

void AddPresence(Exposition& out, const std::vector<KnownDevice>& devices, const FleetNow& fleet,
                 std::uint64_t unreadable) {
  std::uint64_t silent = 0;
  for (const KnownDevice& device : devices)
    silent += fleet.now - device.record.last_seen > fleet.silent_after ? 1 : 0;
  out.Begin("euphone_fleet_devices", kGauge, "Devices, by whether the hub has heard of them.");
  out.Add({{"state", "heard"}}, std::uint64_t{devices.size()} - silent);
  out.Add({{"state", "silent"}}, silent);
  out.One("euphone_fleet_telemetry_unreadable", kGauge,
          "Devices whose telemetry this hub cannot read.", unreadable);
}

}  // namespace

Result<std::string> FleetMetrics::Text(const FleetNow& fleet) {
  std::vector<KnownDevice> devices;
  FleetSums sums;
  const auto told = fleet.devices([&](const DeviceRecord& record, std::string_view text) {
    KnownDevice& device = devices.emplace_back(KnownDevice{record, std::nullopt});
    if (text.empty()) return;
    auto telemetry = ReadTelemetry(text);
    if (!telemetry) {
      ++sums.unreadable;
      return;
    }
    AddToSums(sums, *telemetry);
    device.telemetry = *std::move(telemetry);
  });
  if (!told) return told.error();
  std::ranges::sort(devices, {}, [](const KnownDevice& device) { return device.record.id; });

  Exposition out;
  AddPresence(out, devices, fleet, sums.unreadable);
  if (devices.size() > kMostDevicesTold)
    devices.erase(devices.begin() + kMostDevicesTold, devices.end());
  AddRecords(out, devices);
  std::vector<DeviceTelemetry> telling;
  for (const KnownDevice& device : devices)
    if (device.telemetry) telling.push_back({device.record.id, &*device.telemetry});
  AddDeviceMetrics(out, telling);
  AddFleet(out, sums);
  AddDrift(out, drift_.Watch(sums.scores, fleet.reference, fleet.now));
  const std::size_t rollouts = std::min(fleet.rollouts.size(), kMostRolloutsTold);
  AddRollouts(out, std::span(fleet.rollouts).last(rollouts));
  AddIntake(out, fleet.intake);
  return out.Take();
}

}  // namespace euphone::fleet
