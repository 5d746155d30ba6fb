#pragma once

#include <string>
#include <string_view>

#include "fleet/wire.h"
#include "rollout/rollout_event.h"
#include "update/device_state.h"

namespace euphone::agent {

/// Where an offer stands on this device, as its hub is told.
struct OfferStanding {
  DeviceStage stage = DeviceStage::kOffered;
  std::string reason = {};

  /// Nothing more will come of it.
  bool final() const { return stage >= DeviceStage::kSkipped && stage != DeviceStage::kLost; }
};

/// What an updater's state says of a version: kOffered where it knows nothing of it. `in_use`: the
/// version in use, the factory's included; `release_id` of what is offered; empty: not known yet,
/// then the version alone counts. Pure.
OfferStanding StandingOf(const DeviceState& state, std::string_view bundle,
                         std::string_view version, std::string_view release_id,
                         std::string_view in_use);

/// Whether the last self-test of each bundle's passed, as far as the state tells. Pure.
bool SelfTestsPassed(const DeviceState& state);

}  // namespace euphone::agent
