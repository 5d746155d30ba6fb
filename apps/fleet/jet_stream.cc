#include "fleet/jet_stream.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "fleet/jet_stream_context.h"

namespace euphone::fleet {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

EUPHONE_NATS_OWNER(StreamInfo, jsStreamInfo, jsStreamInfo_Destroy);
EUPHONE_NATS_OWNER(ConsumerInfo, jsConsumerInfo, jsConsumerInfo_Destroy);
EUPHONE_NATS_OWNER(PubAck, jsPubAck, jsPubAck_Destroy);

constexpr std::int64_t kInFlight = 4096;  // Published and not yet confirmed.

std::int64_t Nanoseconds(std::chrono::nanoseconds time) { return time.count(); }

void CountFailure(jsCtx*, jsPubAckErr* failure, void* closure) {
  auto& context = *static_cast<JetStream::Context*>(closure);
  const std::lock_guard lock(context.mutex);
  ++context.failures;
  if (!context.first_failure.empty()) return;
  context.first_failure =
      failure->ErrText != nullptr ? failure->ErrText : Nats().natsStatus_GetText(failure->Err);
}

}  // namespace

JetStream::JetStream(std::unique_ptr<Context> context) : context_(std::move(context)) {}
JetStream::JetStream(JetStream&&) noexcept = default;
JetStream& JetStream::operator=(JetStream&&) noexcept = default;
JetStream::~JetStream() = default;

Result<JetStream> JetStream::Of(const Broker& broker) {
  auto context = std::make_unique<Context>();
  context->where = "the NATS server at " + broker.where();
  context->retired = broker.retired();
  jsOptions options;
  Nats().jsOptions_Init(&options);
  options.PublishAsync.MaxPending = kInFlight;
  options.PublishAsync.StallWait = 10000;
  options.PublishAsync.ErrHandler = &CountFailure;
  options.PublishAsync.ErrHandlerClosure = context.get();
  jsCtx* js = nullptr;
  const natsStatus got = Nats().natsConnection_JetStream(&js, broker.handle(), &options);
  if (got != NATS_OK) return NatsFailure(context->where, got);
  context->js.reset(js);
  return JetStream(std::move(context));
}

Status JetStream::EnsureStream(const StreamSpec& spec) {
  std::vector<const char*> subjects;
  for (const std::string& subject : spec.subjects) subjects.push_back(subject.c_str());
  jsStreamConfig config;
  Nats().jsStreamConfig_Init(&config);
  config.Name = spec.name.c_str();
  config.Subjects = subjects.data();
  config.SubjectsLen = static_cast<int>(subjects.size());
  config.Retention = spec.retention == Retention::kWorkQueue  ? js_WorkQueuePolicy
                     : spec.retention == Retention::kInterest ? js_InterestPolicy
                                                              : js_LimitsPolicy;
  config.Storage = spec.in_memory ? js_MemoryStorage : js_FileStorage;
  config.Discard = spec.refuse_when_full ? js_DiscardNew : js_DiscardOld;
  config.MaxMsgs = spec.max_messages;
  config.MaxBytes = spec.max_bytes;
  config.MaxAge = Nanoseconds(spec.max_age);
  config.Duplicates = Nanoseconds(spec.duplicate_window);
  config.Replicas = spec.replicas;
  jsStreamInfo* info = nullptr;
  jsErrCode code{};
  natsStatus got = Nats().js_GetStreamInfo(&info, context_->js.get(), config.Name, nullptr, &code);
  const StreamInfo old(info);
  info = nullptr;
  got = got == NATS_OK ? Nats().js_UpdateStream(&info, context_->js.get(), &config, nullptr, &code)
        : got == NATS_NOT_FOUND
            ? Nats().js_AddStream(&info, context_->js.get(), &config, nullptr, &code)
            : got;
  const StreamInfo made(info);
  if (got != NATS_OK) return NatsFailure(context_->where + ", stream " + spec.name, got);
  return {};
}

Status JetStream::EnsureConsumer(const ConsumerSpec& spec) {
  jsConsumerConfig config;
  Nats().jsConsumerConfig_Init(&config);
  config.Durable = spec.name.c_str();
  config.FilterSubject = spec.filter.empty() ? nullptr : spec.filter.c_str();
  config.AckPolicy = js_AckExplicit;
  config.AckWait = Nanoseconds(spec.ack_wait);
  config.MaxDeliver = spec.max_deliver;
  config.MaxAckPending = spec.max_ack_pending;
  jsConsumerInfo* info = nullptr;
  jsErrCode code{};
  natsStatus got = Nats().js_AddConsumer(&info, context_->js.get(), spec.stream.c_str(), &config,
                                         nullptr, &code);
  if (got != NATS_OK && got != NATS_TIMEOUT && got != NATS_NOT_FOUND) {
    got = Nats().js_UpdateConsumer(&info, context_->js.get(), spec.stream.c_str(), &config, nullptr,
                                   &code);
  }
  const ConsumerInfo made(info);
  if (got != NATS_OK) return NatsFailure(context_->where + ", consumer " + spec.name, got);
  return {};
}

Status JetStream::DeleteStream(const std::string& name) {
  jsErrCode code{};
  const natsStatus got = Nats().js_DeleteStream(context_->js.get(), name.c_str(), nullptr, &code);
  if (got != NATS_OK) return NatsFailure(context_->where + ", stream " + name, got);
  return {};
}

Status JetStream::DeleteConsumer(const std::string& stream, const std::string& name) {
  jsErrCode code{};
  const natsStatus got =
      Nats().js_DeleteConsumer(context_->js.get(), stream.c_str(), name.c_str(), nullptr, &code);
  if (got != NATS_OK) return NatsFailure(context_->where + ", consumer " + name, got);
  return {};
}

Status JetStream::Purge(const std::string& stream, const std::string& subject) {
  jsOptions options;
  Nats().jsOptions_Init(&options);
  if (!subject.empty()) options.Stream.Purge.Subject = subject.c_str();
  jsErrCode code{};
  const natsStatus got = Nats().js_PurgeStream(context_->js.get(), stream.c_str(), &options, &code);
  if (got != NATS_OK) return NatsFailure(context_->where + ", stream " + stream, got);
  return {};
}

Result<StreamState> JetStream::StateOf(const std::string& stream) {
  jsStreamInfo* info = nullptr;
  jsErrCode code{};
  const natsStatus got =
      Nats().js_GetStreamInfo(&info, context_->js.get(), stream.c_str(), nullptr, &code);
  if (got != NATS_OK) return NatsFailure(context_->where + ", stream " + stream, got);
  const StreamInfo owned(info);
  return StreamState{.messages = info->State.Msgs,
                     .bytes = info->State.Bytes,
                     .last_sequence = info->State.LastSeq,
                     .created_ns = info->Created};
}

Result<std::uint64_t> JetStream::Count(const std::string& stream, const std::string& subjects) {
  jsOptions options;
  Nats().jsOptions_Init(&options);
  options.Stream.Info.SubjectsFilter = subjects.c_str();
  jsStreamInfo* info = nullptr;
  jsErrCode code{};
  const natsStatus got =
      Nats().js_GetStreamInfo(&info, context_->js.get(), stream.c_str(), &options, &code);
  if (got != NATS_OK) return NatsFailure(context_->where + ", stream " + stream, got);
  const StreamInfo owned(info);
  std::uint64_t count = 0;
  if (const jsStreamStateSubjects* found = info->State.Subjects) {
    for (int i = 0; i < found->Count; ++i) count += found->List[i].Msgs;
  }
  return count;
}

Result<ConsumerState> JetStream::StateOf(const std::string& stream, const std::string& consumer) {
  jsConsumerInfo* info = nullptr;
  jsErrCode code{};
  const natsStatus got = Nats().js_GetConsumerInfo(&info, context_->js.get(), stream.c_str(),
                                                   consumer.c_str(), nullptr, &code);
  if (got != NATS_OK) return NatsFailure(context_->where + ", consumer " + consumer, got);
  const ConsumerInfo owned(info);
  return ConsumerState{
      .pending = info->NumPending,
      .in_hand = static_cast<std::uint64_t>(info->NumAckPending),
      .waiting = static_cast<std::uint64_t>(info->NumWaiting),
      .ack_wait = std::chrono::duration_cast<milliseconds>(nanoseconds(info->Config->AckWait))};
}

Result<Published> JetStream::Publish(const std::string& subject, std::string_view data,
                                     const std::string& id) {
  jsPubOptions options;
  Nats().jsPubOptions_Init(&options);
  if (!id.empty()) options.MsgId = id.c_str();
  jsPubAck* ack = nullptr;
  jsErrCode code{};
  const natsStatus got = Nats().js_Publish(&ack, context_->js.get(), subject.c_str(), data.data(),
                                           static_cast<int>(data.size()), &options, &code);
  if (got != NATS_OK) return NatsFailure(subject, got);
  const PubAck owned(ack);
  return Published{.sequence = ack->Sequence, .duplicate = ack->Duplicate};
}

Status JetStream::PublishAll(std::span<const Outgoing> messages, milliseconds timeout) {
  const std::lock_guard turn(context_->publishing);
  {
    const std::lock_guard lock(context_->mutex);
    context_->failures = 0;
    context_->first_failure.clear();
  }
  jsPubOptions options;
  Nats().jsPubOptions_Init(&options);
  natsStatus got = NATS_OK;
  for (const Outgoing& message : messages) {
    options.MsgId = message.id.empty() ? nullptr : message.id.c_str();
    got = Nats().js_PublishAsync(context_->js.get(), message.subject.c_str(), message.data.data(),
                                 static_cast<int>(message.data.size()), &options);
    if (got != NATS_OK) break;
  }
  Nats().jsPubOptions_Init(&options);
  options.MaxWait = timeout.count();
  const natsStatus complete = Nats().js_PublishAsyncComplete(context_->js.get(), &options);
  if (complete != NATS_OK) {
    // Nobody waits for them any more.
    natsMsgList forgotten{};
    if (Nats().js_PublishAsyncGetPendingList(&forgotten, context_->js.get()) == NATS_OK)
      Nats().natsMsgList_Destroy(&forgotten);
  }
  if (got == NATS_OK) got = complete;
  if (got != NATS_OK) return NatsFailure(context_->where + ", publishing", got);
  const std::lock_guard lock(context_->mutex);
  if (context_->failures == 0) return {};
  return Error{Errc::kIo,
               fmt::format("{}: {} of {} messages were not taken: {}", context_->where,
                           context_->failures, messages.size(), context_->first_failure)};
}

}  // namespace euphone::fleet
