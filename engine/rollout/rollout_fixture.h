#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "rollout/rollout.h"

namespace euphone {

/// A hub as small as can be: an inventory, a rollout, its log, and a clock that is set by hand.
class SmallHub {
 public:
  SmallHub(const std::string& fields, std::size_t devices)
      : plan_(*ReadRolloutPlan(
            R"({"schema":"euphone.rollout/1","id":"r","bundle":"b","version":"2.0.0",)" + fields +
            "}")),
        rollout(plan_) {
    for (std::size_t i = 0; i < devices; ++i)
      inventory.push_back(
          {.id = "d-" + std::to_string(i), .bundles = {{"b", *ReadSemVer("1.0.0")}}});
  }

  void Log(const RolloutEvent& event) {
    rollout.Apply(event);
    log.push_back(event);
  }

  void Submit() { Log(rollout.Submit(inventory, now)); }

  std::vector<const DeviceRecord*> Records(const Rollout& of) const {
    std::vector<const DeviceRecord*> records(of.devices().size());
    for (const DeviceRecord& device : inventory)
      if (const std::size_t at = of.Find(device.id); at < records.size()) records[at] = &device;
    return records;
  }

  std::vector<RolloutEvent> Decide() {
    auto made = rollout.Decide(Records(rollout), now);
    log.insert(log.end(), made.begin(), made.end());
    return made;
  }

  /// Ids of those that were offered it now.
  std::vector<std::string> Offers() { return Of(RolloutEventKind::kOffered); }
  std::vector<std::string> Of(RolloutEventKind kind) {
    std::vector<std::string> ids;
    for (const RolloutEvent& event : Decide())
      if (event.kind == kind) ids.push_back(event.device);
    return ids;
  }

  void Report(const std::string& device, DeviceStage stage, const std::string& reason = "",
              int attempt = 1) {
    Log({.at = now, .device = device, .attempt = attempt, .stage = stage, .reason = reason});
  }

  const RolloutDevice& Device(const std::string& id) const {
    return rollout.devices()[rollout.Find(id)];
  }
  DeviceRecord& Record(const std::string& id) {
    return *std::ranges::find(inventory, id, &DeviceRecord::id);
  }

  /// The same, from its log alone, up to so many of its lines.
  Rollout Replayed(std::size_t lines) const {
    Rollout again(plan_);
    for (std::size_t i = 0; i < lines; ++i) {
      const auto event = ReadEventLine(EventLine(log[i]));
      EXPECT_TRUE(event && *event == log[i]) << EventLine(log[i]);
      again.Apply(*event);
    }
    return again;
  }

 private:
  RolloutPlan plan_;

 public:
  Rollout rollout;
  std::vector<DeviceRecord> inventory;
  std::vector<RolloutEvent> log;
  std::int64_t now = 1'767'600'000;
};

/// All that can be seen of a rollout, as text.
inline std::string Seen(const Rollout& rollout) {
  std::string text(kRolloutStateNames[static_cast<std::size_t>(rollout.state())]);
  text += " wave " + std::to_string(rollout.wave()) + " " + rollout.reason() + "\n";
  for (const RolloutDevice& device : rollout.devices())
    text += device.id + " " + std::to_string(device.wave) + " " +
            std::string(kStageNames[static_cast<std::size_t>(device.stage)]) + " " + device.reason +
            " " + std::to_string(device.attempt) + "\n";
  for (const WaveTally& tally : rollout.waves()) {
    for (const std::size_t count : tally.by_stage) text += std::to_string(count) + " ";
    text += std::to_string(tally.lost_answered) + "\n";
  }
  return text;
}

}  // namespace euphone
