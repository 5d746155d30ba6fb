#include "rollout/device_record.h"

#include <algorithm>

namespace euphone {

const SemVer* DeviceRecord::Holds(std::string_view bundle) const {
  const auto found = std::ranges::find(bundles, bundle, &BundleVersion::bundle);
  return found == bundles.end() ? nullptr : &found->version;
}

bool DeviceRecord::Refuses(std::string_view bundle, const SemVer& version) const {
  return std::ranges::any_of(refused, [&](const BundleVersion& one) {
    return one.bundle == bundle && one.version == version;
  });
}

}  // namespace euphone
