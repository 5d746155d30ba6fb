#include <chrono>
#include <utility>

#include "fleet/jet_stream_context.h"

namespace euphone::fleet {
namespace {

EUPHONE_NATS_OWNER(MetaData, jsMsgMetaData, jsMsgMetaData_Destroy);

Status Answered(natsStatus got) {
  if (got != NATS_OK) return NatsFailure("acknowledging", got);
  return {};
}

}  // namespace

/// A subscription as libnats has it. Messages point to theirs, which they need to be answered.
struct PullConsumer::State {
  natsSubscription* subscription = nullptr;
  std::string name;
  std::shared_ptr<Retired> retired;

  ~State() {
    if (subscription == nullptr) return;
    // Bound to a consumer that is there, it leaves it there. It fails where the connection is
    // closed; then nothing comes any more.
    [[maybe_unused]] const natsStatus ended = Nats().natsSubscription_Unsubscribe(subscription);
    retired->Add([ended_one = subscription] { Nats().natsSubscription_Destroy(ended_one); });
  }
};

struct Delivery::State {
  std::shared_ptr<PullConsumer::State> from;  ///< Goes after the message.
  JsMessage message;
  std::uint64_t sequence = 0;
  std::uint64_t times_delivered = 1;
  std::int64_t stored_ns = 0;
  std::uint64_t behind = 0;
};

Delivery::Delivery(std::unique_ptr<State> state) : state_(std::move(state)) {}
Delivery::Delivery(Delivery&&) noexcept = default;
Delivery& Delivery::operator=(Delivery&&) noexcept = default;
Delivery::~Delivery() = default;

std::string_view Delivery::data() const {
  const char* data = Nats().natsMsg_GetData(state_->message.get());
  if (data == nullptr) return {};
  return {data, static_cast<std::size_t>(Nats().natsMsg_GetDataLength(state_->message.get()))};
}

std::string Delivery::subject() const { return Nats().natsMsg_GetSubject(state_->message.get()); }
std::uint64_t Delivery::sequence() const { return state_->sequence; }
std::uint64_t Delivery::times_delivered() const { return state_->times_delivered; }
std::int64_t Delivery::stored_ns() const { return state_->stored_ns; }
std::uint64_t Delivery::behind() const { return state_->behind; }

Status Delivery::Ack() { return Answered(Nats().natsMsg_Ack(state_->message.get(), nullptr)); }

Status Delivery::AckConfirmed() {
  jsErrCode code{};
  return Answered(Nats().natsMsg_AckSync(state_->message.get(), nullptr, &code));
}

Status Delivery::Nak(std::chrono::milliseconds after) {
  // Of no delay at all the library makes a plain refusal.
  return Answered(Nats().natsMsg_NakWithDelay(state_->message.get(), after.count(), nullptr));
}

Status Delivery::Term() { return Answered(Nats().natsMsg_Term(state_->message.get(), nullptr)); }

Status Delivery::InProgress() {
  return Answered(Nats().natsMsg_InProgress(state_->message.get(), nullptr));
}

PullConsumer::PullConsumer(std::shared_ptr<State> state) : state_(std::move(state)) {}
PullConsumer::PullConsumer(PullConsumer&&) noexcept = default;
PullConsumer& PullConsumer::operator=(PullConsumer&&) noexcept = default;
PullConsumer::~PullConsumer() = default;

Result<PullConsumer> JetStream::Pull(const std::string& stream, const std::string& consumer) {
  jsSubOptions options;
  Nats().jsSubOptions_Init(&options);
  options.Stream = stream.c_str();
  options.Consumer = consumer.c_str();
  options.ManualAck = true;
  auto state = std::make_shared<PullConsumer::State>();
  state->name = context_->where + ", consumer " + consumer;
  state->retired = context_->retired;
  jsErrCode code{};
  natsSubscription* subscription = nullptr;
  const natsStatus got = Nats().js_PullSubscribe(&subscription, context_->js.get(), nullptr,
                                                 consumer.c_str(), nullptr, &options, &code);
  if (got != NATS_OK) return NatsFailure(state->name, got);
  state->subscription = subscription;
  return PullConsumer(std::move(state));
}

Result<std::vector<Delivery>> PullConsumer::Fetch(int count, std::chrono::milliseconds timeout) {
  natsMsgList list{};
  jsErrCode code{};
  natsStatus got = NATS_TIMEOUT;
  // The server's word that an earlier pull is over may come late, and ends this one to the library.
  const auto end = std::chrono::steady_clock::now() + timeout;
  for (auto left = timeout; got == NATS_TIMEOUT && left.count() > 0;
       left = std::chrono::duration_cast<std::chrono::milliseconds>(
           end - std::chrono::steady_clock::now())) {
    got = Nats().natsSubscription_Fetch(&list, state_->subscription, count, left.count(), &code);
  }
  std::vector<Delivery> deliveries;
  if (got == NATS_TIMEOUT) return deliveries;
  if (got != NATS_OK) return NatsFailure(state_->name, got);
  for (int i = 0; i < list.Count; ++i) {
    auto state = std::make_unique<Delivery::State>();
    state->from = state_;
    state->message.reset(std::exchange(list.Msgs[i], nullptr));
    jsMsgMetaData* known = nullptr;
    if (Nats().natsMsg_GetMetaData(&known, state->message.get()) == NATS_OK) {
      const MetaData owned(known);
      state->sequence = known->Sequence.Stream;
      state->times_delivered = known->NumDelivered;
      state->stored_ns = known->Timestamp;
      state->behind = known->NumPending;
    }
    deliveries.push_back(Delivery(std::move(state)));
  }
  Nats().natsMsgList_Destroy(&list);
  return deliveries;
}

}  // namespace euphone::fleet
