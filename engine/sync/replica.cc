#include "sync/replica.h"

#include <algorithm>

#include "sync/kinds.h"

namespace euphone {

ReplicaMemory Replica::Memory() const {
  ReplicaMemory memory{device_, made_, pending_, folded_, {vector_, state_}, {}};
  for (const auto& [hub, entries] : log_) {
    for (const auto& [number, entry] : entries) memory.entries.push_back(entry);
  }
  return memory;
}

Replica Replica::Of(ReplicaMemory memory) {
  Replica replica(std::move(memory.device));
  replica.made_ = memory.made;
  replica.pending_ = std::move(memory.pending);
  replica.vector_ = std::move(memory.snapshot.vector);
  replica.folded_ = std::move(memory.folded);
  replica.state_ = std::move(memory.snapshot.state);
  for (Entry& entry : memory.entries) {
    replica.log_[entry.hub].emplace(entry.number, std::move(entry));
  }
  return replica;
}

Result<Operation> Replica::Make(Change change, std::int64_t now_ms) {
  if (Status status = CheckChange(change); !status) return status.error();
  if (pending_.size() >= kMaxPending) {
    return Error{Errc::kTooLarge, "10,000 changes wait for the hub already; connect to it first"};
  }
  // The clock is not kept but follows from what is known, so a device whose clock was years ahead
  // is back in time once the hub has judged what it wrote then.
  Stamp latest = state_.latest();
  for (const Operation& waits : pending_) latest = std::max(latest, waits.stamp);
  ++made_;
  pending_.push_back({NextStamp(latest, now_ms, device_, made_), std::move(change)});
  return pending_.back();
}

Delta Replica::Missing(const VersionVector& theirs, std::size_t limit) const {
  Delta delta;
  if (!Covers(theirs, folded_)) {
    delta.snapshot = Snapshot{vector_, state_};
    return delta;
  }
  for (const auto& [hub, entries] : log_) {
    for (auto at = entries.upper_bound(NumberOf(theirs, hub)); at != entries.end(); ++at) {
      if (delta.entries.size() >= limit) return delta;
      delta.entries.push_back(at->second);
    }
  }
  return delta;
}

void Replica::Apply(const Delta& delta) {
  if (delta.snapshot) Take(*delta.snapshot);
  for (const Entry& entry : delta.entries) {
    if (entry.number > NumberOf(vector_, entry.hub) && waiting_.size() < kMaxDeltaEntries * 4) {
      waiting_.emplace(std::pair(entry.hub, entry.number), entry);
    }
    // Also when there is no room left: the one that the others wait for must get in.
    if (entry.number == NumberOf(vector_, entry.hub) + 1) Take(entry);
  }
  // A snapshot may have brought what some waited for.
  for (auto at = waiting_.begin(); at != waiting_.end();) {
    const Entry& entry = at->second;
    if (entry.number == NumberOf(vector_, entry.hub) + 1) Take(entry);
    at = entry.number <= NumberOf(vector_, entry.hub) ? waiting_.erase(at) : std::next(at);
  }
  pending_.erase(std::remove_if(pending_.begin(), pending_.end(),
                                [&](const Operation& operation) {
                                  return state_.Judged(device_, operation.stamp.seq);
                                }),
                 pending_.end());
}

void Replica::Take(const Entry& entry) {
  state_.Join(entry);
  vector_[entry.hub] = entry.number;
  log_[entry.hub].emplace(entry.number, entry);
}

void Replica::Take(const Snapshot& snapshot) {
  state_.Join(snapshot.state);
  for (const auto& [hub, number] : snapshot.vector) {
    if (number <= NumberOf(vector_, hub)) continue;
    vector_[hub] = number;
    folded_[hub] = number;  // What lies between came without its entries.
  }
  DropFolded();
}

void Replica::Fold(const VersionVector& common) {
  for (const auto& [hub, number] : vector_) {
    std::uint64_t& folded = folded_[hub];
    folded = std::max(folded, std::min(number, NumberOf(common, hub)));
  }
  DropFolded();
}

void Replica::DropFolded() {
  for (auto& [hub, entries] : log_) {
    entries.erase(entries.begin(), entries.upper_bound(NumberOf(folded_, hub)));
  }
}

ClassState Replica::Shown() const {
  ClassState shown = state_;
  for (const Operation& operation : pending_) shown.Write(operation.change, operation.stamp);
  return shown;
}

const Entry* Replica::Find(const std::string& hub, std::uint64_t number) const {
  const auto found = log_.find(hub);
  if (found == log_.end()) return nullptr;
  const auto entry = found->second.find(number);
  return entry == found->second.end() ? nullptr : &entry->second;
}

}  // namespace euphone
