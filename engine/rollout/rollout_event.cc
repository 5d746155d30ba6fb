#include "rollout/rollout_event.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "rollout/rollout_plan.h"
#include "rollout/strict_object.h"

namespace euphone {
namespace {

constexpr std::size_t kMostReason = 200, kMostId = 128;

template <std::size_t N>
std::size_t IndexOf(const std::array<std::string_view, N>& names, std::string_view name) {
  return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
}

bool IsReportable(std::size_t stage) {
  return stage >= static_cast<std::size_t>(DeviceStage::kDownloading) &&
         stage < kStageNames.size() && stage != static_cast<std::size_t>(DeviceStage::kLost);
}

}  // namespace

std::string EventLine(const RolloutEvent& event) {
  nlohmann::ordered_json line = {
      {"event", kRolloutEventNames[static_cast<std::size_t>(event.kind)]}, {"at", event.at}};
  if (!event.device.empty()) line["device"] = event.device;
  if (event.attempt != 0) line["attempt"] = event.attempt;
  if (event.kind == RolloutEventKind::kReport)
    line["stage"] = kStageNames[static_cast<std::size_t>(event.stage)];
  if (event.wave != 0) line["wave"] = event.wave;
  if (!event.reason.empty()) line["reason"] = event.reason;
  if (event.kind == RolloutEventKind::kSubmitted) line["targets"] = event.targets;
  return line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Result<RolloutEvent> ReadEventLine(std::string_view text) {
  const auto value = ParseObject(text);
  if (!value) return value.error();
  Status status;
  StrictObject line(*value, "", status);
  RolloutEvent event;
  std::string kind, stage;
  std::int64_t attempt = 0, wave = 0;
  line.Require("event");
  line.Text("event", kind, 32);
  const std::size_t which = IndexOf(kRolloutEventNames, kind);
  if (which == kRolloutEventNames.size()) line.Refuse("event", "there is no such event");
  event.kind = static_cast<RolloutEventKind>(which);
  line.Require("at");
  line.Integer("at", event.at, 0, std::int64_t{1} << 40);
  line.Text("device", event.device, kMostId);
  line.Integer("attempt", attempt, 1, 1000);
  line.Integer("wave", wave, 1, static_cast<std::int64_t>(kMostWaves));
  line.Text("reason", event.reason, kMostReason);
  event.attempt = static_cast<int>(attempt);
  event.wave = static_cast<int>(wave);
  if (event.kind == RolloutEventKind::kReport) {
    for (const char* key : {"device", "attempt", "stage"}) line.Require(key);
    line.Text("stage", stage, 16);
    const std::size_t read = IndexOf(kStageNames, stage);
    if (!IsReportable(read))
      line.Refuse(
          "stage",
          "must be downloading, staged, shadowing, skipped, succeeded, failed or rolled_back");
    event.stage = static_cast<DeviceStage>(read);
  }
  if (event.kind == RolloutEventKind::kSubmitted)
    line.Texts("targets", event.targets, kMostDevices, kMostId);
  line.RefuseOthers();
  if (!status) return status.error();
  return event;
}

}  // namespace euphone
