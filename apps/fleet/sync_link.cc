#include "fleet/sync_link.h"

#include <algorithm>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <random>
#include <span>
#include <utility>
#include <vector>

#include "store/kept_outbox.h"
#include "store/secrets.h"

namespace euphone::fleet {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kExpiryEvery{60000};  // Each writes to the disk.

/// What a message has besides its records, and what JSON makes of quotes: bodies are JSON in JSON.
std::size_t RoomFor(std::size_t batch_bytes, std::size_t payload) {
  return std::min(batch_bytes, std::min(payload, kMostUpBytes) / 3);
}

milliseconds WithChance(milliseconds wait) {
  static thread_local std::minstd_rand chance(std::random_device{}());
  return wait + milliseconds(std::uniform_int_distribution<std::int64_t>(0, wait.count())(chance));
}

}  // namespace

struct SyncLink::Inbox {
  std::mutex mutex;  ///< Guards the next.
  std::vector<std::string> cursors;
};

SyncLink::SyncLink(Store& store, Broker& broker, JetStream stream, std::string device,
                   const SyncLinkOptions& options)
    : store_(&store),
      broker_(&broker),
      stream_(std::move(stream)),
      device_(std::move(device)),
      options_(options),
      inbox_(std::make_shared<Inbox>()),
      class_(store) {}
SyncLink::SyncLink(SyncLink&&) noexcept = default;
SyncLink& SyncLink::operator=(SyncLink&&) noexcept = default;
SyncLink::~SyncLink() = default;

Result<SyncLink> SyncLink::Open(Store& store, Broker& broker, std::string device,
                                const SyncLinkOptions& options) {
  if (!IsDeviceName(device))
    return Error{Errc::kInvalidArgument, "'" + device + "' is no name of a device"};
  auto stream = JetStream::Of(broker);
  if (!stream) return stream.error();
  SyncLink link(store, broker, *std::move(stream), std::move(device), options);
  auto subscription =
      broker.Subscribe(DownSubject(link.device_), [inbox = link.inbox_](const Message& message) {
        const std::lock_guard lock(inbox->mutex);
        inbox->cursors.push_back(message.data);
      });
  if (!subscription) return subscription.error();
  link.subscription_ = std::make_unique<Subscription>(*std::move(subscription));
  return link;
}

Result<bool> SyncLink::Step(std::int64_t now_ms) {
  const auto now = Steady::now();
  if (now < rest_until_ || !broker_->connected()) return false;
  auto sent = Work(now_ms);
  if (!sent) {
    wait_ = Longer(wait_);
    rest_until_ = now + WithChance(wait_);
    met_ = false;
    return sent;
  }
  wait_ = milliseconds(0);
  auto exchanged = Exchange();
  if (!exchanged) {
    class_wait_ = Longer(class_wait_);
    next_exchange_ = next_news_ = Steady::now() + WithChance(class_wait_);
    return exchanged;
  }
  return *sent || *exchanged;
}

milliseconds SyncLink::Longer(milliseconds wait) const {
  return std::clamp(wait * 2, options_.first_wait, options_.longest_wait);
}

Result<bool> SyncLink::Work(std::int64_t now_ms) {
  if (broker_->times_back() != times_back_) {
    // What the server had may be lost with it: the hub is asked again what it has.
    times_back_ = broker_->times_back();
    met_ = false;
  }
  if (Steady::now() >= next_expiry_) {
    next_expiry_ = Steady::now() + kExpiryEvery;
    if (auto status = ExpireOutbox(*store_, now_ms); !status) return status.error();
  }
  if (auto status = Hear(); !status) return status.error();
  const auto state = StateOfOutbox(*store_);
  if (!state) return state.error();
  if (state->name != outbox_) {
    outbox_ = state->name;
    committed_ = {};
    met_ = false;
    GoBack();
  }
  if (!outbox_.empty() &&
      (!met_ || (!in_flight_.empty() && Steady::now() - moved_ > options_.resend_after))) {
    if (auto status = Meet(); !status) return status.error();
    if (!met_) return true;
  }
  return Send(now_ms);
}

/// Asks the hub what it has, and begins behind that.
Status SyncLink::Meet() {
  const std::string question = nlohmann::json{{"outbox", outbox_}}.dump();
  const auto answer =
      broker_->Request(AskSubject(device_, kAskCursors), question, options_.timeout);
  if (!answer) return answer.error();
  const auto cursors = ReadCursors(answer->data);
  if (!cursors) return Prefixed("the hub's cursors", cursors.error());
  if (auto status = Take(*cursors); !status) return status;
  if (outbox_.empty()) return {};  // It has another name now.
  committed_ = cursors->upto;
  met_ = true;
  GoBack();
  return {};
}

void SyncLink::GoBack() {
  sent_ = committed_;
  in_flight_.clear();
  ++round_;
  moved_ = Steady::now();
}

Status SyncLink::Hear() {
  std::vector<std::string> heard;
  {
    const std::lock_guard lock(inbox_->mutex);
    heard.swap(inbox_->cursors);
  }
  // Each says as much as all before it: the furthest will do.
  std::optional<Cursors> furthest;
  for (const std::string& text : heard) {
    const auto cursors = ReadCursors(text);
    if (!cursors || cursors->outbox != outbox_) continue;
    if (!furthest) furthest = Cursors{.outbox = outbox_};
    for (std::size_t kind = 0; kind < kUplinkClasses; ++kind)
      furthest->upto[kind] = std::max(furthest->upto[kind], cursors->upto[kind]);
  }
  return furthest ? Take(*furthest) : Status();
}

Status SyncLink::Take(const Cursors& cursors) {
  if (cursors.outbox != outbox_) return {};
  const auto state = StateOfOutbox(*store_);
  if (!state) return state.error();
  if (std::ranges::any_of(cursors.upto, [&](std::uint64_t upto) { return upto > state->made; })) {
    // The hub has records that this store does not know of: the store went back in time.
    outbox_.clear();
    return RenameOutbox(store_->database());
  }
  Upto upto = {};
  for (std::size_t kind = 0; kind < kUplinkClasses; ++kind) {
    upto[kind] = std::max(committed_[kind], cursors.upto[kind]);
    sent_[kind] = std::max(sent_[kind], upto[kind]);
  }
  if (upto == committed_) return {};
  if (auto status = AcknowledgeOutbox(*store_, upto); !status) return status;
  committed_ = upto;
  moved_ = Steady::now();
  const auto covered = [this](const Upto& batch) {
    for (std::size_t kind = 0; kind < kUplinkClasses; ++kind)
      if (batch[kind] > committed_[kind]) return false;
    return true;
  };
  while (!in_flight_.empty() && covered(in_flight_.front())) in_flight_.pop_front();
  return {};
}

Result<bool> SyncLink::Send(std::int64_t now_ms) {
  if (outbox_.empty()) return false;
  while (in_flight_.size() < options_.window && broker_->times_back() == times_back_) {
    const auto some = SendBatch(now_ms);
    if (!some) return some;
    if (!*some) return false;
  }
  // More is sent as soon as the hub has told of some.
  return false;
}

/// One message, which the server has safe before the next is sent: so they stand in order.
Result<bool> SyncLink::SendBatch(std::int64_t now_ms) {
  const std::size_t payload = broker_->max_payload();
  auto records =
      NextBatch(*store_, RoomFor(options_.batch_bytes, payload), options_.batch_records, sent_);
  if (!records) return records.error();
  if (records->empty()) return false;
  UpMessage message{.device = device_, .at = now_ms / 1000, .what = {}};
  std::string text;
  for (;;) {
    message.what = Uplink{.outbox = outbox_, .records = *records};
    text = ToJson(message);
    if (text.size() <= std::min(payload, kMostUpBytes)) break;
    if (records->size() == 1) {
      const auto seq = records->front().seq;
      if (auto status = RejectRecord(*store_, seq, "longer than the server takes"); !status)
        return status.error();
      return true;
    }
    records->resize(records->size() / 2);
  }
  const std::string id = device_ + "-" + outbox_ + "-" + std::to_string(records->front().seq) +
                         "-" + std::to_string(records->back().seq) + "-" + std::to_string(round_);
  if (const auto published = stream_.Publish(UpSubject(device_), text, id); !published)
    return published.error();
  for (const QueuedRecord& queued : *records) {
    std::uint64_t& last = sent_[static_cast<std::size_t>(queued.record.kind)];
    last = std::max(last, queued.seq);
  }
  if (in_flight_.empty()) moved_ = Steady::now();
  in_flight_.push_back(sent_);
  return true;
}

Result<bool> SyncLink::Exchange() {
  const auto now = Steady::now();
  if (now < next_exchange_) {
    if (now < next_news_) return false;
    const auto news = class_.HasNews();
    if (!news || !*news) return news;
  }
  auto more = Ask(now);
  if (more) class_wait_ = milliseconds(0);
  return more;
}

Result<bool> SyncLink::Ask(Steady::time_point now) {
  const auto question = class_.Ask();
  if (!question) return question.error();
  next_exchange_ = now + options_.exchange_every;
  next_news_ = now + options_.news_every;
  if (!*question) return false;
  const auto answer = broker_->Request(AskSubject(device_, kAskSync), **question, options_.timeout);
  if (!answer) return answer.error();
  const auto refusal = nlohmann::json::parse(answer->data, nullptr, false);
  if (refusal.is_object() && refusal.contains("error")) {
    return Error{Errc::kInvalidArgument,
                 "the hub keeps no class in step with this device: " + refusal["error"].dump()};
  }
  auto more = class_.Take(answer->data);
  if (!more) return Prefixed("the hub's answer", more.error());
  if (*more) next_exchange_ = now;
  return more;
}

}  // namespace euphone::fleet
