#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "update/device_state.h"
#include "update/metadata.h"

namespace euphone {

/// What this device is, for the question which releases are for it.
struct Platform {
  std::string compatible = "euphone";
  std::string runtime;   ///< Version of the program: "0.1.0".
  std::string hardware;  ///< Of the processor: "x86_64".
  std::int64_t memory_mb = 0;
};

/// Whether the release may be installed here: it is for such a device, newer than all that was in
/// use, and has not failed before. `installed` is the version in use, the factory's included; empty
/// for none. A release that is in use already is not refused but kNotFound: nothing is to be done.
/// Fails: kUnsupported, with the reason.
Status Admit(const Release& release, const Platform& platform, const SlotState& state,
             const std::string& installed);

}  // namespace euphone
