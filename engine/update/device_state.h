#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace euphone {

/// One of the two places where a bundle of one name may lie; the third is the factory's, which no
/// update touches.
enum class Slot { kA, kB };
const char* SlotName(Slot slot);  ///< "a", "b"
constexpr Slot Other(Slot slot) { return slot == Slot::kA ? Slot::kB : Slot::kA; }

/// How far a new bundle has come; it goes on from there after any interruption.
enum class Phase {
  kStaging,   ///< Its files are being fetched.
  kStaged,    ///< They are there.
  kVerified,  ///< Each is what was signed for, and the manifest says the same as the release.
  kTested,    ///< It gives what it should on its reference inputs, in a process of its own.
  kShadowed,  ///< It has judged real utterances beside the old one, and well.
};
const char* PhaseName(Phase phase);

/// Which release lies somewhere.
struct InstalledRelease {
  std::string version;
  std::string id;  ///< Release::id().
};

struct Candidate {
  Slot slot = Slot::kA;
  InstalledRelease release;
  Phase phase = Phase::kStaging;
  int attempts = 0;  ///< Runs that began and did not end in this phase: a crash that took us along.
};

/// A release that this device will not try again.
struct BadRelease {
  InstalledRelease release;
  std::string reason = {};  ///< One line.
  std::int64_t at = 0;
};

/// All that is known of the bundles of one name.
struct SlotState {
  std::optional<Slot> active;  ///< Nothing: the factory's.
  std::optional<Slot> previous;
  std::array<std::optional<InstalledRelease>, 2> slots;
  std::optional<Candidate> candidate;
  /// Uses that what is in use must do well in before it is trusted; 0: it is.
  int probation = 0;
  std::vector<BadRelease> bad;
  std::string highest;  ///< The highest version ever in use; nothing below is taken again.

  const std::optional<InstalledRelease>& in(Slot slot) const {
    return slots[static_cast<std::size_t>(slot)];
  }
  std::optional<InstalledRelease>& in(Slot slot) { return slots[static_cast<std::size_t>(slot)]; }
  const BadRelease* Bad(std::string_view release_id) const;
};

/// Something that a fleet's hub should know; numbered, so that it can say what it has.
struct UpdateEvent {
  std::int64_t number = 0;
  std::int64_t at = 0;  ///< Seconds since 1970.
  std::string name, version;
  std::string what;  ///< refused, staged, verified, tested, shadowed, in_use, good, rolled_back, …
  std::string reason;  ///< May be empty.
};

/// What lies in updates/state.json; docs/formats/device-updates.md.
struct DeviceState {
  std::map<std::string, SlotState, std::less<>> bundles;
  std::vector<UpdateEvent> events;  ///< The last hundred.
  std::int64_t next_event = 1;

  void Tell(UpdateEvent event);
};

inline constexpr std::size_t kKeptEvents = 100;

std::string ToText(const DeviceState& state);
/// Fails: kCorrupt, kUnsupported.
Result<DeviceState> ParseDeviceState(std::string_view text);

/// Empty where there is no file yet. Fails: kCorrupt, kIo.
Result<DeviceState> ReadDeviceState(const std::filesystem::path& updates);
/// On disk, whole or not at all. Fails: kIo.
Status WriteDeviceState(const std::filesystem::path& updates, const DeviceState& state);

/// Where a slot lies: updates/slots/NAME/a.
std::filesystem::path SlotFolder(const std::filesystem::path& updates, std::string_view name,
                                 Slot slot);

}  // namespace euphone
