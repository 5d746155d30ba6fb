#include "sync/hub.h"

#include <algorithm>

namespace euphone {

SyncMessage Greeting(const Replica& replica, const VersionVector& hub_has) {
  SyncMessage message{.from = replica.device(), .vector = replica.vector()};
  const auto& pending = replica.pending();
  const auto count = std::min(pending.size(), kMaxDeltaEntries);
  message.pending.assign(pending.begin(), pending.begin() + static_cast<std::ptrdiff_t>(count));
  message.delta = replica.Missing(hub_has);
  return message;
}

Result<SyncMessage> Hub::Receive(const SyncMessage& message, const Author& author,
                                 std::int64_t now_ms) {
  if (NumberOf(message.vector, life()) > NumberOf(replica_.vector(), life())) {
    return Error{Errc::kInvalidArgument,
                 "'" + message.from + "' knows more of '" + life() +
                     "' than the hub itself; start the hub's next life, its memory is old"};
  }
  replica_.Apply(message.delta);
  VersionVector& known = known_[message.from];
  for (const auto& [hub, number] : message.vector) known[hub] = std::max(known[hub], number);
  if (Covers(replica_.vector(), message.vector)) {
    for (const Operation& operation : message.pending) {
      const Stamp& by = operation.stamp;
      if (by.device != message.from || replica_.state().Judged(by.device, by.seq)) continue;
      Judge(operation, author, now_ms);
    }
  }
  return SyncMessage{
      .from = life(), .vector = replica_.vector(), .delta = replica_.Missing(message.vector)};
}

void Hub::Judge(const Operation& operation, const Author& author, std::int64_t now_ms) {
  Entry entry{life(), NumberOf(replica_.vector(), life()) + 1, operation};
  entry.refused = Refusal(replica_.state(), author, operation.change);
  if (entry.refused.empty()) {
    const Stamp& stamp = operation.stamp;
    const Stamp& latest = replica_.state().latest();
    // The clock of the device is ahead, unless the hub's own is behind what counts already.
    const std::int64_t now = std::clamp<std::int64_t>(now_ms, 0, kLastMs);
    const bool ahead = stamp.ms > now + kMaxAheadMs && latest < stamp;
    entry.counts_as = ahead ? NextStamp(latest, now, stamp.device, stamp.seq) : stamp;
  } else {
    entry.operation.change.fields.clear();  // Nobody is to read what was refused.
  }
  replica_.Apply({.entries = {entry}});
}

void Hub::Fold() {
  VersionVector common = replica_.vector();
  for (auto& [hub, number] : common) {
    for (const auto& [device, known] : known_) number = std::min(number, NumberOf(known, hub));
  }
  replica_.Fold(common);
}

}  // namespace euphone
