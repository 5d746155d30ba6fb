#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/kept_class.h"
#include "store/store.h"
#include "sync/replica.h"

namespace euphone::fleet {

/// A device's part of euphone.sync/1, without a network: what to ask, what to do with the answer.
/// All that is told to the hub is kept before it is told; what the hub answers is in replica and
/// tables together or not at all. Thread: one at a time.
class ClassLink {
 public:
  /// `store` must outlive it.
  explicit ClassLink(Store& store) : store_(&store) {}

  /// The message for the hub: what was written here and what is known. Absent: this device is of
  /// no class. Fails: as Store.
  Result<std::optional<std::string>> Ask();

  /// Takes the hub's answer to the last Ask() in and brings the tables to it. Returns whether there
  /// is more to be said at once. Fails: as SyncMessageFromJson, as Store.
  Result<bool> Take(std::string_view answer);

  /// Whether something was written here that no Ask() has told yet. Fails: as Store.
  Result<bool> HasNews();

 private:
  Status Load();

  Store* store_;
  ClassSelf self_ = {};
  std::optional<Replica> replica_;
  VersionVector hub_has_ = {};
  std::string followed_ = {};  ///< The state that the tables have been brought to.
};

/// A message as it travels: long ones are compressed (Zstandard), as a state is mostly names.
std::string Packed(std::string message);
/// Fails: kCorrupt, kTooLarge.
Result<std::string> Unpacked(std::string_view message);

}  // namespace euphone::fleet
