#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace euphone {

/// What goes up, each class in its own order. Deletions come of withdrawals alone.
enum class UplinkClass { kDeletion, kHealth, kScores, kAudio };
inline constexpr std::size_t kUplinkClasses = 4;

/// What a learner has agreed to; each includes those before it.
enum class Consent { kNothing, kHealth, kScores, kScoresAndAudio };

struct UplinkRecord {
  UplinkClass kind = UplinkClass::kHealth;
  int priority = 0;          ///< When room is short, lower ones go first.
  std::string learner = {};  ///< UUID. Of health it does not leave the device.
  std::string body = {};
};

struct QueuedRecord {
  std::uint64_t seq = 0;  ///< From 1, over all classes.
  UplinkRecord record = {};
  std::int64_t age_ms = 0;  ///< The outbox's own time when it came.
  /// Deletions only: whatever of this learner has a number up to this one is to go, also where it
  /// arrives later; `forgets` says of which classes.
  std::uint64_t through = 0;
  std::vector<UplinkClass> forgets = {};
};

/// What was not delivered, and why: "expired", "no room", "consent withdrawn" or what the hub said.
struct DeadLetter {
  std::uint64_t seq = 0;
  UplinkClass kind = UplinkClass::kHealth;
  std::string reason = {};
};

struct ClassLimits {
  std::size_t bytes = 0;
  std::size_t count = 0;
  std::int64_t ttl_ms = 0;
};

struct OutboxLimits {
  std::array<ClassLimits, kUplinkClasses> of = {{
      {0, 0, 0},  // Deletions have none: they are never dropped.
      {std::size_t{1} << 20, 5'000, 7LL * 86'400'000},
      {std::size_t{16} << 20, 20'000, 90LL * 86'400'000},
      {std::size_t{256} << 20, 2'000, 30LL * 86'400'000},
  }};
  std::size_t dead_letters = 1'000;  ///< The newest are kept.
};

/// No two calls are believed to be further apart: a clock that jumps ahead by years makes a record
/// older by an hour, one that jumps back makes it no younger. A device that slept longer keeps its
/// records longer than their time to live.
inline constexpr std::int64_t kLongestStepMs = 3'600'000;

/// What waits to go up from a device, and what may. Pure: the caller keeps it before it acts on it.
class Outbox {
 public:
  /// `device`: a new name wherever the outbox begins anew, as the hub knows records by it.
  explicit Outbox(std::string device, OutboxLimits limits = {})
      : device_(std::move(device)), limits_(limits) {}

  /// From now on; nothing that was measured before is admitted by it. `now_ms` is kept to be shown.
  /// Less than before: what waits of the learner beyond it goes, and a deletion request goes up.
  void SetConsent(const std::string& learner, Consent consent, std::int64_t now_ms);
  Consent ConsentOf(const std::string& learner) const;
  std::int64_t ConsentSinceMs(const std::string& learner) const;  ///< 0: never asked.

  /// Takes a record in, at the moment it is measured; the oldest of the lowest priority make room.
  /// Fails: kInvalidArgument (no consent, or a deletion), kTooLarge (would not fit at all, or all
  /// others are more important).
  Result<std::uint64_t> Admit(UplinkRecord record, std::int64_t now_ms);

  /// What to send next: deletions, health, scores, audio, each in order, as far as they fit; at
  /// least one where something waits. The same again until it is acknowledged.
  std::vector<QueuedRecord> NextBatch(std::size_t max_bytes, std::size_t max_count) const;

  /// The hub has all of a class up to a number. Any number of times, in any order.
  void Acknowledge(UplinkClass kind, std::uint64_t cursor);
  /// The hub will never take this one.
  void Reject(std::uint64_t seq, std::string reason);
  /// Drops what is older than its class allows.
  void Expire(std::int64_t now_ms);

  /// By which the hub knows a record that comes twice.
  std::string MessageId(std::uint64_t seq) const { return device_ + "-" + std::to_string(seq); }

  std::size_t Bytes(UplinkClass kind) const;
  std::size_t Count(UplinkClass kind) const { return Lane(kind).size(); }
  const std::deque<DeadLetter>& dead_letters() const { return dead_; }

 private:
  using Queue = std::deque<QueuedRecord>;
  const Queue& Lane(UplinkClass kind) const { return lanes_[static_cast<std::size_t>(kind)]; }
  void Pass(std::int64_t now_ms);
  void Bury(const QueuedRecord& queued, std::string reason);
  template <class Goes>
  void DropIf(Queue& lane, const std::string& reason, Goes goes);

  std::string device_;
  OutboxLimits limits_;
  std::array<Queue, kUplinkClasses> lanes_;
  std::map<std::string, std::pair<Consent, std::int64_t>> consents_;
  std::deque<DeadLetter> dead_;
  std::uint64_t made_ = 0;
  std::int64_t last_now_ms_ = 0;
  bool started_ = false;
  std::int64_t age_ms_ = 0;  ///< Time that has passed, as far as it is believed.
};

}  // namespace euphone
