#include "sync/outbox.h"

#include <algorithm>
#include <limits>

namespace euphone {
namespace {

Consent Needed(UplinkClass kind) {
  switch (kind) {
    case UplinkClass::kDeletion:
      return Consent::kNothing;
    case UplinkClass::kHealth:
      return Consent::kHealth;
    case UplinkClass::kScores:
      return Consent::kScores;
    case UplinkClass::kAudio:
      return Consent::kScoresAndAudio;
  }
  return Consent::kScoresAndAudio;
}

}  // namespace

void Outbox::Pass(std::int64_t now_ms) {
  // Kept between 0 and a far end, so that no difference overflows.
  now_ms = std::clamp<std::int64_t>(now_ms, 0, std::numeric_limits<std::int64_t>::max() / 2);
  if (started_) {
    age_ms_ += std::clamp<std::int64_t>(now_ms - last_now_ms_, 0, kLongestStepMs);
  }
  started_ = true;
  last_now_ms_ = now_ms;
}

void Outbox::Bury(const QueuedRecord& queued, std::string reason) {
  dead_.push_back({queued.seq, queued.record.kind, std::move(reason)});
  while (dead_.size() > limits_.dead_letters) dead_.pop_front();
}

template <class Goes>
void Outbox::DropIf(Queue& lane, const std::string& reason, Goes goes) {
  Queue stays;
  for (QueuedRecord& queued : lane) {
    if (goes(queued)) {
      Bury(queued, reason);
    } else {
      stays.push_back(std::move(queued));
    }
  }
  lane = std::move(stays);
}

void Outbox::SetConsent(const std::string& learner, Consent consent, std::int64_t now_ms) {
  Pass(now_ms);
  const Consent before = ConsentOf(learner);
  if (consent == before) return;
  consents_[learner] = {consent, now_ms};
  QueuedRecord deletion;
  for (const UplinkClass kind : {UplinkClass::kHealth, UplinkClass::kScores, UplinkClass::kAudio}) {
    if (before < Needed(kind) || consent >= Needed(kind)) continue;
    // What went up anonymously cannot be found again, so no deletion is asked for.
    if (kind != UplinkClass::kHealth) deletion.forgets.push_back(kind);
    DropIf(lanes_[static_cast<std::size_t>(kind)], "consent withdrawn",
           [&](const QueuedRecord& queued) { return queued.record.learner == learner; });
  }
  if (deletion.forgets.empty()) return;
  deletion.through = made_;
  deletion.seq = ++made_;
  deletion.record = {.kind = UplinkClass::kDeletion, .learner = learner};
  deletion.age_ms = age_ms_;
  lanes_[static_cast<std::size_t>(UplinkClass::kDeletion)].push_back(std::move(deletion));
}

Consent Outbox::ConsentOf(const std::string& learner) const {
  const auto found = consents_.find(learner);
  return found == consents_.end() ? Consent::kNothing : found->second.first;
}

std::int64_t Outbox::ConsentSinceMs(const std::string& learner) const {
  const auto found = consents_.find(learner);
  return found == consents_.end() ? 0 : found->second.second;
}

Result<std::uint64_t> Outbox::Admit(UplinkRecord record, std::int64_t now_ms) {
  Expire(now_ms);
  if (record.kind == UplinkClass::kDeletion) {
    return Error{Errc::kInvalidArgument, "a deletion is asked for by withdrawing the consent"};
  }
  if (ConsentOf(record.learner) < Needed(record.kind)) {
    return Error{Errc::kInvalidArgument, "the learner has not agreed that this is sent"};
  }
  Queue& lane = lanes_[static_cast<std::size_t>(record.kind)];
  const ClassLimits& limits = limits_.of[static_cast<std::size_t>(record.kind)];

  // Looked for first, so that a record that finds no room drives out none.
  std::vector<const QueuedRecord*> others;
  for (const QueuedRecord& queued : lane) {
    if (queued.record.priority <= record.priority) others.push_back(&queued);
  }
  std::stable_sort(others.begin(), others.end(), [](const auto* one, const auto* other) {
    return one->record.priority < other->record.priority;
  });
  std::size_t bytes = Bytes(record.kind) + record.body.size();
  std::size_t count = lane.size() + 1;
  std::vector<std::uint64_t> going;
  for (const QueuedRecord* const other : others) {
    if (bytes <= limits.bytes && count <= limits.count) break;
    bytes -= other->record.body.size();
    --count;
    going.push_back(other->seq);
  }
  if (bytes > limits.bytes || count > limits.count) {
    return Error{Errc::kTooLarge, "the outbox has no room for this; connect to the hub"};
  }
  DropIf(lane, "no room", [&](const QueuedRecord& queued) {
    return std::find(going.begin(), going.end(), queued.seq) != going.end();
  });
  lane.push_back({.seq = ++made_, .record = std::move(record), .age_ms = age_ms_});
  return made_;
}

std::vector<QueuedRecord> Outbox::NextBatch(std::size_t max_bytes, std::size_t max_count) const {
  std::vector<QueuedRecord> batch;
  std::size_t bytes = 0;
  for (const Queue& lane : lanes_) {
    for (const QueuedRecord& queued : lane) {
      bytes += queued.record.body.size();
      const bool fits = bytes <= max_bytes && batch.size() < max_count;
      // Nothing overtakes what does not fit: audio would starve scores of their turn otherwise.
      if (!fits && !batch.empty()) return batch;
      batch.push_back(queued);
      if (queued.record.kind == UplinkClass::kHealth) batch.back().record.learner.clear();
    }
  }
  return batch;
}

void Outbox::Acknowledge(UplinkClass kind, std::uint64_t cursor) {
  Queue& lane = lanes_[static_cast<std::size_t>(kind)];
  while (!lane.empty() && lane.front().seq <= cursor) lane.pop_front();
}

void Outbox::Reject(std::uint64_t seq, std::string reason) {
  for (Queue& lane : lanes_) {
    DropIf(lane, reason.substr(0, 200),
           [&](const QueuedRecord& queued) { return queued.seq == seq; });
  }
}

void Outbox::Expire(std::int64_t now_ms) {
  Pass(now_ms);
  for (const UplinkClass kind : {UplinkClass::kHealth, UplinkClass::kScores, UplinkClass::kAudio}) {
    const auto place = static_cast<std::size_t>(kind);
    DropIf(lanes_[place], "expired", [&](const QueuedRecord& queued) {
      return age_ms_ - queued.age_ms > limits_.of[place].ttl_ms;
    });
  }
}

std::size_t Outbox::Bytes(UplinkClass kind) const {
  std::size_t bytes = 0;
  for (const QueuedRecord& queued : Lane(kind)) bytes += queued.record.body.size();
  return bytes;
}

}  // namespace euphone
