#include "update/admission.h"

#include <algorithm>

#include "base/sem_ver.h"

namespace euphone {

Status Admit(const Release& release, const Platform& platform, const SlotState& state,
             const std::string& installed) {
  const auto refuse = [&](const std::string& why) {
    return Error{Errc::kUnsupported, release.label() + ": " + why};
  };
  if (state.active && state.in(*state.active)->id == release.id())
    return Error{Errc::kNotFound, release.label() + " is in use already"};
  if (release.compatible != platform.compatible)
    return refuse("is for '" + release.compatible + "', and this is '" + platform.compatible + "'");
  if (!release.hardware.empty() &&
      std::ranges::find(release.hardware, platform.hardware) == release.hardware.end())
    return refuse("is not for this hardware (" + platform.hardware + ")");
  if (ReadSemVer(release.minimum_runtime) > ReadSemVer(platform.runtime))
    return refuse("needs Euphone " + release.minimum_runtime + "; this is " + platform.runtime);
  if (release.memory_mb > platform.memory_mb)
    return refuse("needs " + std::to_string(release.memory_mb) + " MB of memory; here are " +
                  std::to_string(platform.memory_mb));
  if (const BadRelease* bad = state.Bad(release.id())) return refuse("failed here: " + bad->reason);
  for (const std::string& version : {installed, state.highest}) {
    if (version.empty()) continue;
    const auto order = ReadSemVer(release.version) <=> ReadSemVer(version);
    if (order == 0 && version == installed)
      return Error{Errc::kNotFound, release.label() + " is in use already"};
    if (order <= 0) return refuse("is not newer than " + version + ", which was in use here");
  }
  return {};
}

}  // namespace euphone
