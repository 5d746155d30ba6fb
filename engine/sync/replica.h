#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "sync/class_state.h"
#include "sync/operation.h"

namespace euphone {

/// All that the entries of `vector` come to, for who lacks some that are folded.
struct Snapshot {
  VersionVector vector = {};
  ClassState state = {};
};

/// What one replica has and another lacks.
struct Delta {
  std::optional<Snapshot> snapshot = std::nullopt;
  std::vector<Entry> entries = {};
};

/// All that a replica has to remember.
struct ReplicaMemory {
  std::string device = {};
  std::uint64_t made = 0;               ///< Operations, so far.
  std::vector<Operation> pending = {};  ///< Its own, by number.
  VersionVector folded = {};
  Snapshot snapshot = {};
  std::vector<Entry> entries = {};  ///< Those that are not folded.
};

/// A class as one device or hub has it: the entries that it has got, as a state and, as far as they
/// are not folded, one by one; and its own operations that no hub has judged yet. Pure: what is to
/// survive a kill is kept by the caller, before it is sent on.
class Replica {
 public:
  /// `device`: a name that no other replica has or ever had.
  explicit Replica(std::string device) : device_(std::move(device)) {}

  /// What is kept, and the same replica of it.
  ReplicaMemory Memory() const;
  static Replica Of(ReplicaMemory memory);

  /// Makes a change here, to be judged. `now_ms` is the device's clock, however wrong.
  /// Fails: as CheckChange; kTooLarge (too many wait to be judged).
  Result<Operation> Make(Change change, std::int64_t now_ms);

  /// What who has `theirs` lacks, in order, at most `limit` entries; a snapshot where some of it is
  /// folded.
  Delta Missing(const VersionVector& theirs, std::size_t limit = kMaxDeltaEntries) const;

  /// Takes it in. In any order, any number of times: what comes before its predecessors waits for
  /// them, and is forgotten where too much would wait; it is then still missing.
  void Apply(const Delta& delta);

  /// Forgets single entries that all others have: `common` is what they have at least.
  void Fold(const VersionVector& common);

  /// The state with the own operations that wait, as if they counted as stamped.
  ClassState Shown() const;

  const std::string& device() const { return device_; }
  const VersionVector& vector() const { return vector_; }
  const ClassState& state() const { return state_; }
  const std::vector<Operation>& pending() const { return pending_; }
  /// Null where it is folded or not there.
  const Entry* Find(const std::string& hub, std::uint64_t number) const;

 private:
  void Take(const Snapshot& snapshot);
  void Take(const Entry& entry);
  void DropFolded();

  std::string device_;
  std::uint64_t made_ = 0;  ///< Operations, so far.
  std::vector<Operation> pending_;
  VersionVector vector_;
  VersionVector folded_;
  std::map<std::string, std::map<std::uint64_t, Entry>> log_;
  std::map<std::pair<std::string, std::uint64_t>, Entry> waiting_;
  ClassState state_;
};

}  // namespace euphone
