#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "sync/kinds.h"
#include "sync/operation.h"
#include "sync/replica.h"

namespace euphone {

/// What a device and a hub say to each other, both ways.
struct SyncMessage {
  std::string from = {};
  VersionVector vector = {};            ///< What the sender has.
  std::vector<Operation> pending = {};  ///< A device's own, in order.
  Delta delta = {};                     ///< What the other one lacks, as far as the sender knows.
};

/// What a device says to a hub that had `hub_has` when it last answered.
SyncMessage Greeting(const Replica& replica, const VersionVector& hub_has);

/// The replica that judges. Where it was restored from an older state, devices bring back what it
/// has lost.
class Hub {
 public:
  /// `life`: a name that no life of a hub ever had.
  explicit Hub(std::string life) : replica_(std::move(life)) {}
  /// With what an earlier life has kept; Restart() it before it judges.
  explicit Hub(Replica kept) : replica_(std::move(kept)) {}

  /// Takes in entries that this hub has kept itself.
  void Recall(const Delta& kept) { replica_.Apply(kept); }

  /// Takes a device's message and answers it. `author` is who the device belongs to: the transport
  /// has made sure that it is this device, and that entries in its delta were once made by a hub.
  /// Judges nothing as long as the device has entries that this hub lacks: it might judge by an old
  /// state, and stamp what is later as earlier.
  /// Fails: kInvalidArgument (the device knows more of this life than the hub itself: its memory
  /// went back in time unnoticed, and it needs a new life).
  Result<SyncMessage> Receive(const SyncMessage& message, const Author& author,
                              std::int64_t now_ms);

  /// Folds what all devices have that were heard of and not forgotten.
  void Fold();
  void Forget(const std::string& device) { known_.erase(device); }

  /// Begins another life with what is known; REQUIRES: after each restore.
  void Restart(std::string life) { life_ = std::move(life); }

  const Replica& replica() const { return replica_; }
  const std::string& life() const { return life_.empty() ? replica_.device() : life_; }

 private:
  void Judge(const Operation& operation, const Author& author, std::int64_t now_ms);

  Replica replica_;
  std::string life_;
  std::map<std::string, VersionVector> known_;  ///< What devices have at least.
};

}  // namespace euphone
