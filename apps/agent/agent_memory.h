#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "agent/offer_stage.h"
#include "base/result.h"
#include "fleet/wire.h"

namespace euphone::agent {

/// An offer that this device has taken on.
struct KnownOffer {
  fleet::Offer offer = {};
  std::string release = {};                    ///< Release::id(), once its release was seen.
  OfferStanding standing = {};                 ///< At present.
  std::vector<OfferStanding> untold = {};      ///< What the hub is still to be told, in order.
  bool recalled = false;                       ///< It is in use all the same, and so is watched on.
  std::int64_t done_bytes = 0, all_bytes = 0;  ///< Of its download; not kept,
  std::string waits = {};                      ///< nor is why it does not go on.

  bool Is(const fleet::Offer& other) const;
};

/// What an agent knows beside the updater's state: memory.json in its folder. Where it is lost, the
/// hub is told some things twice.
struct AgentMemory {
  std::vector<KnownOffer> offers = {};
  std::int64_t events_told = 0;  ///< The hub has all of the updater's events up to this number.
};

std::string ToText(const AgentMemory& memory);
/// Fails: kCorrupt, kInvalidArgument naming the field.
Result<AgentMemory> ParseAgentMemory(std::string_view text);

/// Empty where there is none, or a damaged one.
AgentMemory ReadAgentMemory(const std::filesystem::path& folder);
/// Fails: kIo.
Status WriteAgentMemory(const std::filesystem::path& folder, const AgentMemory& memory);

}  // namespace euphone::agent
