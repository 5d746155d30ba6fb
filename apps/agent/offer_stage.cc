#include "agent/offer_stage.h"

#include <algorithm>
#include <map>

namespace euphone::agent {
namespace {

DeviceStage StageOf(Phase phase) {
  switch (phase) {
    case Phase::kStaging:
      return DeviceStage::kDownloading;
    case Phase::kStaged:
    case Phase::kVerified:
      return DeviceStage::kStaged;
    case Phase::kTested:
    case Phase::kShadowed:
      return DeviceStage::kShadowing;
  }
  return DeviceStage::kDownloading;
}

/// Whether it was in use when it failed: then it was taken back.
bool WasTakenBack(const DeviceState& state, std::string_view bundle, std::string_view version) {
  const auto last =
      std::find_if(state.events.rbegin(), state.events.rend(), [&](const auto& event) {
        return event.name == bundle && event.version == version &&
               (event.what == "failed" || event.what == "rolled_back");
      });
  return last != state.events.rend() && last->what == "rolled_back";
}

}  // namespace

OfferStanding StandingOf(const DeviceState& state, std::string_view bundle,
                         std::string_view version, std::string_view release_id,
                         std::string_view in_use) {
  const auto is_it = [&](const InstalledRelease& release) {
    return release_id.empty() ? release.version == version : release.id == release_id;
  };
  const auto found = state.bundles.find(bundle);
  if (found != state.bundles.end()) {
    const SlotState& slots = found->second;
    if (slots.candidate && is_it(slots.candidate->release))
      return {.stage = StageOf(slots.candidate->phase)};
    if (slots.active && is_it(*slots.in(*slots.active)) && slots.probation > 0)
      return {.stage = DeviceStage::kShadowing, .reason = "in use, on probation"};
    const auto bad = std::find_if(slots.bad.rbegin(), slots.bad.rend(),
                                  [&](const BadRelease& one) { return is_it(one.release); });
    if (bad != slots.bad.rend()) {
      return {.stage = WasTakenBack(state, bundle, version) ? DeviceStage::kRolledBack
                                                            : DeviceStage::kFailed,
              .reason = bad->reason};
    }
  }
  if (in_use == version) return {.stage = DeviceStage::kSucceeded};
  return {};
}

bool SelfTestsPassed(const DeviceState& state) {
  std::map<std::string, bool, std::less<>> passed;
  std::map<std::string, std::string, std::less<>> before;
  for (const UpdateEvent& event : state.events) {
    // What fails after it was verified has failed its self-test.
    if (event.what == "tested") passed[event.name] = true;
    if (event.what == "failed" && before[event.name] == event.version + " verified")
      passed[event.name] = false;
    before[event.name] = event.version + " " + event.what;
  }
  return std::ranges::all_of(passed, [](const auto& one) { return one.second; });
}

}  // namespace euphone::agent
