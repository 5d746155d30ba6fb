#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "sync/stamp.h"

namespace euphone {

/// A lesson, a sentence, an assignment or a comment; or what a newer program knows.
struct ObjectId {
  std::string kind = {};  ///< Lower-case letters and '_', at most 32.
  std::string uuid = {};
  friend auto operator<=>(const ObjectId&, const ObjectId&) = default;
};

/// New values of some fields of one object, or its end. Fields not named stay.
struct Change {
  ObjectId object = {};
  std::map<std::string, nlohmann::json> fields = {};  ///< Scalars: null, true, 7, "text".
  bool deletes = false;                               ///< For good; then without fields.
};

/// A change as a device has made it. `stamp.device` and `stamp.seq` name it: numbers are given
/// once, from 1 without gaps, so a device whose memory was lost or restored needs a new name.
struct Operation {
  Stamp stamp = {};
  Change change = {};
};

/// A hub's verdict on an operation. `hub` names one life of a hub: from a start until its memory
/// is lost or restored; numbers count from 1 without gaps in each.
struct Entry {
  std::string hub = {};
  std::uint64_t number = 0;
  Operation operation = {};
  std::optional<Stamp> counts_as = std::nullopt;  ///< Absent: refused, and without effect.
  std::string refused = {};                       ///< Why, in a few words.
};

/// Which entries a replica has: of each life of a hub all up to a number. An absent one is 0.
using VersionVector = std::map<std::string, std::uint64_t>;

inline std::uint64_t NumberOf(const VersionVector& vector, const std::string& hub) {
  const auto found = vector.find(hub);
  return found == vector.end() ? 0 : found->second;
}

/// Whether who has `ours` lacks nothing of `theirs`.
inline bool Covers(const VersionVector& ours, const VersionVector& theirs) {
  for (const auto& [hub, number] : theirs) {
    if (NumberOf(ours, hub) < number) return false;
  }
  return true;
}

// What a replica takes, at most.
inline constexpr std::size_t kMaxFields = 32;
inline constexpr std::size_t kMaxTextBytes = std::size_t{16} * 1024;
inline constexpr std::size_t kMaxPending = 10'000;
inline constexpr std::size_t kMaxObjects = 100'000;
inline constexpr std::size_t kMaxDeltaEntries = 1000;
inline constexpr std::size_t kMaxLives = 4096;  ///< Lives of hubs in a vector.

}  // namespace euphone
