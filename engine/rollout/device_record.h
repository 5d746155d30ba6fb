#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/sem_ver.h"

namespace euphone {

/// A bundle that a device holds, or that has failed there.
struct BundleVersion {
  std::string bundle;
  SemVer version;
};

struct DeviceHealth {
  int crash_loops = 0;      ///< Since the version that runs was installed.
  bool self_test = true;    ///< Whether the last one passed.
  double anomaly_rate = 0;  ///< Share of readings in which the device's own watch found something.

  bool well() const { return crash_loops == 0 && self_test; }
};

/// What is known of a device: what it said of itself last, and what an operator has set.
struct DeviceRecord {
  std::string id;
  std::vector<std::string> tags = {}, groups = {};
  std::string hardware = {};  ///< "rpi4", as the device calls itself.
  SemVer runtime = {};        ///< Of the program.
  std::vector<BundleVersion> bundles = {};
  std::vector<BundleVersion> refused = {};  ///< Failed here; never to be installed here again.
  std::string site = {}, locale = {};
  int utc_offset_minutes = 0;                 ///< Of its clock, at present.
  std::optional<int> battery = std::nullopt;  ///< Percent; absent where it has none.
  bool charging = false;
  bool metered = false;        ///< Its network costs by volume.
  bool in_lesson = false;      ///< Somebody is reading to it.
  std::int64_t last_seen = 0;  ///< Seconds since 1970.
  DeviceHealth health = {};

  /// The version that it holds of a bundle; nullptr where it has none.
  const SemVer* Holds(std::string_view bundle) const;
  bool Refuses(std::string_view bundle, const SemVer& version) const;
};

}  // namespace euphone
