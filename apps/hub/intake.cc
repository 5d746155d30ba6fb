#include "hub/intake.h"

#include <algorithm>
#include <utility>

namespace euphone::hub {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr const char* kConsumer = "hub";
constexpr int kTogether = 256;  // Messages of one transaction.
constexpr milliseconds kAckWait{10000};
constexpr milliseconds kSilence{15000};  // Longer than that.
constexpr milliseconds kBeat{3000};      // Between words that messages in hand are not forgotten.
constexpr std::int64_t kMostWaiting = 5'000'000;  // Then devices keep what they have.

std::int64_t NowNs() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace

Status Intake::Attach(fleet::JetStream& stream) {
  if (Status made = stream.EnsureStream({.name = std::string(fleet::kUpStream),
                                         .subjects = {fleet::UpSubject("*")},
                                         .retention = fleet::Retention::kWorkQueue,
                                         .refuse_when_full = true,
                                         .max_messages = kMostWaiting});
      !made)
    return made;
  if (!attached_) {
    // What a hub had in hand when it was killed need not wait to be delivered again.
    const Status gone = stream.DeleteConsumer(std::string(fleet::kUpStream), kConsumer);
    if (!gone && gone.error().code != Errc::kNotFound) return gone;
  }
  if (Status made = stream.EnsureConsumer({.stream = std::string(fleet::kUpStream),
                                           .name = kConsumer,
                                           .ack_wait = kAckWait,
                                           .max_ack_pending = 4 * kTogether});
      !made)
    return made;
  auto consumer = stream.Pull(std::string(fleet::kUpStream), kConsumer);
  if (!consumer) return consumer.error();
  consumer_.reset();
  consumer_.emplace(*std::move(consumer));
  attached_ = true;
  return {};
}

void Intake::Read(fleet::Delivery delivery) {
  auto message = fleet::ReadUpMessage(delivery.data());
  const std::string subject = delivery.subject();
  std::string reason;
  if (!message) {
    reason = message.error().message;
  } else if (fleet::DeviceOf(subject) != message->device) {
    reason = "it says that it is from " + message->device;
  } else if (const auto* heartbeat = std::get_if<fleet::Heartbeat>(&message->what);
             heartbeat != nullptr && heartbeat->record.id != message->device) {
    reason = "its record is of " + heartbeat->record.id;
  }
  Held held{.delivery = std::move(delivery), .message = std::nullopt};
  if (reason.empty())
    held.message = *std::move(message);
  else
    held.aside = {.subject = subject,
                  .reason = reason,
                  .body = std::string(held.delivery.data()),
                  .at = options_.now()};
  held_.push_back(std::move(held));
}

Batch Intake::BatchOf(std::span<const Held> held, std::int64_t now) const {
  Batch batch{.now = now};
  std::vector<DeviceReport> reports;
  for (const Held& one : held) {
    if (!one.message) {
      batch.aside.push_back(one.aside);
      continue;
    }
    if (const auto* report = std::get_if<fleet::OfferReport>(&one.message->what))
      reports.push_back({.device = one.message->device, .report = *report});
    else
      batch.messages.push_back(*one.message);
  }
  batch.lines = options_.rollouts.LinesOf(reports, now);
  return batch;
}

Result<std::vector<CommittedUplink>> Intake::Commit(std::span<const Held> held) {
  const std::lock_guard lock(options_.mutex);
  if (Status there = options_.ready(); !there) return there.error();
  const Batch batch = BatchOf(held, options_.now());
  auto committed = options_.records.Commit(batch);
  if (!committed) {
    options_.doubt();
    return committed;
  }
  options_.rollouts.Take(batch.lines);
  reported_ = reported_ || !batch.lines.empty();
  return committed;
}

/// One by one: what the database refuses for its values is set aside, and the others go on.
Status Intake::CommitEach(std::vector<CommittedUplink>& committed) {
  for (Held& one : held_) {
    for (int tries = 0; tries < 2; ++tries) {
      auto done = Commit(std::span(&one, 1));
      if (done) {
        committed.insert(committed.end(), done->begin(), done->end());
        break;
      }
      if (done.error().code != Errc::kInternal || !one.message) return done.error();
      one.aside = {.subject = one.delivery.subject(),
                   .reason = done.error().message,
                   .body = std::string(one.delivery.data()),
                   .at = options_.now()};
      one.message.reset();
    }
  }
  return {};
}

void Intake::Tell(const std::vector<CommittedUplink>& committed) {
  for (Held& one : held_)
    [[maybe_unused]] const Status told =
        one.delivery.Ack();  // Where it fails, the message comes again.
  held_.clear();
  for (const CommittedUplink& one : committed)
    [[maybe_unused]] const Status told =
        broker_->Publish(fleet::DownSubject(one.device), ToJson(one.cursors));
}

/// What waits longer than it would take to be delivered again shows a consumer that gives nothing
/// out, whatever has happened to it: another one is made.
Status Intake::LookAfterConsumer() {
  const auto now = steady_clock::now();
  if (!held_.empty() || heard_ == steady_clock::time_point()) heard_ = now;
  if (now - heard_ < kSilence) return {};
  heard_ = now;
  auto stream = fleet::JetStream::Of(*broker_);
  if (!stream) return stream.error();
  const auto state = stream->StateOf(std::string(fleet::kUpStream));
  if (!state) return state.error();
  if (state->messages == 0) return {};
  attached_ = false;
  consumer_.reset();
  return Error{Errc::kNotFound, "messages wait, and none is delivered; taking them anew"};
}

Result<std::size_t> Intake::Step(milliseconds timeout) {
  reported_ = false;
  if (!consumer_) return Error{Errc::kNotFound, "not attached"};
  if (held_.empty()) {
    auto deliveries = consumer_->Fetch(kTogether, timeout);
    if (!deliveries) return deliveries.error();
    for (fleet::Delivery& delivery : *deliveries) Read(std::move(delivery));
    if (Status alive = LookAfterConsumer(); !alive) return alive.error();
    since_ = steady_clock::now();
    Count(false);
  } else if (steady_clock::now() - since_ > kBeat) {
    for (Held& one : held_) [[maybe_unused]] const Status told = one.delivery.InProgress();
    since_ = steady_clock::now();
  }
  if (held_.empty()) return std::size_t{0};
  const std::size_t count = held_.size();
  auto committed = Commit(held_);
  if (!committed) {
    if (committed.error().code != Errc::kInternal) return committed.error();
    std::vector<CommittedUplink> each;
    if (Status done = CommitEach(each); !done) return done.error();
    committed = std::move(each);
  }
  Count(true);
  Tell(*committed);
  return count;
}

void Intake::Count(bool kept) {
  std::uint64_t waiting = kept || held_.empty() ? 0 : held_.size();
  std::int64_t oldest = 0;
  for (const Held& one : held_) {
    const std::int64_t stored = one.delivery.stored_ns();
    if (oldest == 0 || stored < oldest) oldest = stored;
  }
  if (!held_.empty()) waiting += held_.back().delivery.behind();
  waiting_ = waiting;
  oldest_ns_ = oldest;
  kept_ns_ = kept ? NowNs() : 0;
}

void Intake::AddWaiting(fleet::IntakeCounters& counters) const {
  counters.waiting = waiting_;
  const std::int64_t oldest = oldest_ns_, kept = kept_ns_;
  if (oldest == 0) return;
  counters.lag_seconds =
      std::max(0.0, static_cast<double>((kept == 0 ? NowNs() : kept) - oldest) / 1e9);
}

void Intake::GiveBack() {
  for (Held& one : held_) [[maybe_unused]] const Status back = one.delivery.Nak();
  held_.clear();
  consumer_.reset();
}

}  // namespace euphone::hub
