#include "fleet/broker.h"

#include <atomic>
#include <condition_variable>
#include <limits>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "fleet/nats_api.h"
#include "fleet/retired.h"

namespace euphone::fleet {
namespace {

using std::chrono::milliseconds;

EUPHONE_NATS_OWNER(Options, natsOptions, natsOptions_Destroy);
EUPHONE_NATS_OWNER(OwnMessage, natsMsg, natsMsg_Destroy);

constexpr milliseconds kBetweenFirstTries{200};
constexpr milliseconds kUntilClosed{5000};
constexpr milliseconds kPingEvery{20000};  // A link that is dead without a word is found out.
constexpr int kPingsWithoutAnswer = 2;

Message MessageOf(natsMsg* message) {
  const auto text = [](const char* from) { return std::string(from == nullptr ? "" : from); };
  const char* data = Nats().natsMsg_GetData(message);
  const auto size = static_cast<std::size_t>(Nats().natsMsg_GetDataLength(message));
  return {.subject = text(Nats().natsMsg_GetSubject(message)),
          .reply = text(Nats().natsMsg_GetReply(message)),
          .data = data == nullptr ? std::string() : std::string(data, size)};
}

std::vector<std::string> Split(std::string_view urls) {
  std::vector<std::string> parts;
  for (;;) {
    const std::size_t comma = urls.find(',');
    parts.emplace_back(urls.substr(0, comma));
    if (comma == std::string_view::npos) return parts;
    urls.remove_prefix(comma + 1);
  }
}

/// Where answers to a user go: beneath its name, so that a server can keep them from others. Empty:
/// no user is named, or one that makes no subject.
std::string InboxOf(std::string_view url) {
  const std::size_t scheme = url.find("://"), at = url.rfind('@');
  if (scheme == std::string_view::npos || at == std::string_view::npos || at < scheme) return {};
  const std::string_view secret = url.substr(scheme + 3, at - scheme - 3);
  const std::size_t colon = secret.find(':');
  const std::string_view user = secret.substr(0, colon);
  if (colon == std::string_view::npos || user.empty() || user.front() == '.' ||
      user.back() == '.' || user.find("..") != std::string_view::npos ||
      user.find_first_of(" \t*>%") != std::string_view::npos)
    return {};
  return "_INBOX." + std::string(user);
}

/// What is done, until something fails.
class Steps {
 public:
  template <class... Formal, class... Actual>
  Steps& Do(const std::string& what, natsStatus (*function)(Formal...), Actual... arguments) {
    if (status_) {
      if (const natsStatus got = function(arguments...); got != NATS_OK) {
        status_ = NatsFailure(what, got);
      }
    }
    return *this;
  }
  const Status& status() const { return status_; }

 private:
  Status status_;
};

/// Hears of a connection's changes; the library's last word to it is kClosed.
struct Listener {
  std::function<void(Link)> on_change;
  std::mutex mutex;  ///< Guards `closed`.
  std::condition_variable changed;
  bool closed = false;
  std::atomic<std::uint64_t> times_back{0};

  static void Tell(void* listener, Link link) {
    auto& self = *static_cast<Listener*>(listener);
    if (link == Link::kBack) ++self.times_back;
    if (self.on_change) self.on_change(link);
    if (link != Link::kClosed) return;
    const std::lock_guard lock(self.mutex);
    self.closed = true;
    self.changed.notify_all();
  }
  static void Away(natsConnection*, void* self) { Tell(self, Link::kAway); }
  static void Back(natsConnection*, void* self) { Tell(self, Link::kBack); }
  static void Closed(natsConnection*, void* self) { Tell(self, Link::kClosed); }
  /// Otherwise the library prints what it cannot return: that a subscriber is too slow, say.
  static void Quiet(natsConnection*, natsSubscription*, natsStatus, void*) {}
};

Result<Options> OptionsOf(const BrokerOptions& from, Listener& listener) {
  const NatsApi& nats = Nats();
  natsOptions* made = nullptr;
  if (const natsStatus got = nats.natsOptions_Create(&made); got != NATS_OK)
    return NatsFailure("NATS", got);
  Options options(made);
  const std::vector<std::string> urls = Split(from.url);
  std::vector<const char*> servers;
  for (const std::string& url : urls) servers.push_back(url.c_str());
  const std::int64_t wait = from.reconnect_wait.count();
  Steps steps;
  steps
      .Do("--nats " + WithoutSecrets(from.url), nats.natsOptions_SetServers, made, servers.data(),
          static_cast<int>(servers.size()))
      .Do("name", nats.natsOptions_SetName, made, from.name.c_str())
      .Do("timeout", nats.natsOptions_SetTimeout, made, from.connect_timeout.count())
      .Do("reconnect", nats.natsOptions_SetMaxReconnect, made, -1)
      .Do("reconnect", nats.natsOptions_SetReconnectWait, made, wait)
      .Do("reconnect", nats.natsOptions_SetReconnectJitter, made, wait, wait)
      .Do("buffer", nats.natsOptions_SetReconnectBufSize, made, static_cast<int>(from.send_buffer))
      .Do("buffer", nats.natsOptions_SetMaxPendingMsgs, made,
          static_cast<int>(from.pending_messages))
      .Do("ping", nats.natsOptions_SetPingInterval, made, kPingEvery.count())
      .Do("ping", nats.natsOptions_SetMaxPingsOut, made, kPingsWithoutAnswer)
      .Do("events", nats.natsOptions_SetErrorHandler, made, &Listener::Quiet, nullptr)
      .Do("events", nats.natsOptions_SetDisconnectedCB, made, &Listener::Away, &listener)
      .Do("events", nats.natsOptions_SetReconnectedCB, made, &Listener::Back, &listener)
      .Do("events", nats.natsOptions_SetClosedCB, made, &Listener::Closed, &listener);
  if (from.url.find("tls://") != std::string::npos || !from.ca.empty() ||
      !from.certificate.empty()) {
    steps.Do("TLS", nats.natsOptions_SetSecure, made, true);
  }
  if (const std::string inbox = InboxOf(urls.front()); !inbox.empty())
    steps.Do("inbox", nats.natsOptions_SetCustomInboxPrefix, made, inbox.c_str());
  if (!from.ca.empty()) {
    steps.Do(from.ca, nats.natsOptions_LoadCATrustedCertificates, made, from.ca.c_str());
  }
  if (!from.certificate.empty()) {
    steps.Do(from.certificate + " and " + from.key, nats.natsOptions_LoadCertificatesChain, made,
             from.certificate.c_str(), from.key.c_str());
  }
  if (!from.credentials.empty()) {
    steps.Do(from.credentials, nats.natsOptions_SetUserCredentialsFromFiles, made,
             from.credentials.c_str(), nullptr);
  }
  if (!steps.status()) return steps.status().error();
  return options;
}

/// Why there is no connection.
Error CannotReach(const std::string& where, natsStatus status) {
  const std::string at = "the NATS server at " + where;
  if (status == NATS_NO_SERVER || status == NATS_IO_ERROR || status == NATS_TIMEOUT) {
    return {Errc::kIo, "cannot reach " + at + "; is it running?"};
  }
  if (status == NATS_CONNECTION_AUTH_FAILED) {
    return {Errc::kIo, at + " refuses the user, password, token or credentials"};
  }
  return NatsFailure(at, status);
}

}  // namespace

std::string WithoutSecrets(std::string_view url) {
  std::string plain;
  for (const std::string& one : Split(url)) {
    if (!plain.empty()) plain += ',';
    const std::size_t scheme = one.find("://");
    const std::size_t begin = scheme == std::string::npos ? 0 : scheme + 3;
    const std::size_t at = one.rfind('@');
    plain += one.substr(0, begin);
    plain += one.substr(at == std::string::npos || at < begin ? begin : at + 1);
  }
  return plain;
}

struct Subscription::State {
  std::function<void(const Message&)> handler;
  natsSubscription* subscription = nullptr;
  std::shared_ptr<Retired> retired;
  std::mutex mutex;  ///< Guards `over`.
  std::condition_variable changed;
  bool over = false;

  static void Take(natsConnection*, natsSubscription*, natsMsg* message, void* state) {
    const OwnMessage owned(message);
    static_cast<State*>(state)->handler(MessageOf(message));
  }
  static void Over(void* state) {
    auto& self = *static_cast<State*>(state);
    const std::lock_guard lock(self.mutex);
    self.over = true;
    self.changed.notify_all();
  }
};

Subscription::Subscription(std::unique_ptr<State> state) : state_(std::move(state)) {}
Subscription::Subscription(Subscription&&) noexcept = default;
Subscription& Subscription::operator=(Subscription&& other) noexcept {
  std::swap(state_, other.state_);
  return *this;
}
Subscription::~Subscription() {
  if (state_ == nullptr) return;
  // It fails where the connection is closed; then its thread ends by itself.
  [[maybe_unused]] const natsStatus ended =
      Nats().natsSubscription_Unsubscribe(state_->subscription);
  {
    std::unique_lock lock(state_->mutex);
    state_->changed.wait(lock, [&] { return state_->over; });
  }
  state_->retired->Add(
      [subscription = state_->subscription] { Nats().natsSubscription_Destroy(subscription); });
}

struct Broker::State {
  Listener listener;
  std::string where;
  natsConnection* connection = nullptr;
  std::shared_ptr<Retired> retired;

  ~State() {
    if (connection == nullptr) return;
    Nats().natsConnection_Close(connection);
    {
      std::unique_lock lock(listener.mutex);
      listener.changed.wait_for(lock, kUntilClosed, [&] { return listener.closed; });
    }
    retired->Clear();
    Nats().natsConnection_Destroy(connection);
  }
};

Broker::Broker(std::unique_ptr<State> state) : state_(std::move(state)) {}
Broker::Broker(Broker&&) noexcept = default;
Broker& Broker::operator=(Broker&&) noexcept = default;
Broker::~Broker() = default;

Result<Broker> Broker::Connect(const BrokerOptions& options) {
  if (options.url.empty()) return Error{Errc::kInvalidArgument, "no NATS server was named"};
  if (const auto loaded = LoadNats(); !loaded) return loaded.error();
  auto state = std::make_unique<State>();
  state->where = WithoutSecrets(options.url);
  state->listener.on_change = options.on_change;
  auto settings = OptionsOf(options, state->listener);
  if (!settings) return settings.error();
  const auto until = std::chrono::steady_clock::now() + options.patience;
  for (;;) {
    const natsStatus got = Nats().natsConnection_Connect(&state->connection, settings->get());
    if (got == NATS_OK) {
      state->retired = std::make_shared<Retired>(state->connection);
      return Broker(std::move(state));
    }
    state->connection = nullptr;
    if (std::chrono::steady_clock::now() + kBetweenFirstTries > until)
      return CannotReach(state->where, got);
    std::this_thread::sleep_for(kBetweenFirstTries);
  }
}

Status Broker::Publish(const std::string& subject, std::string_view data) {
  if (data.size() > max_payload()) {
    return Error{Errc::kTooLarge, subject + ": " + std::to_string(data.size()) +
                                      " bytes are more than the NATS server takes (" +
                                      std::to_string(max_payload()) + ")"};
  }
  const natsStatus got = Nats().natsConnection_Publish(state_->connection, subject.c_str(),
                                                       data.data(), static_cast<int>(data.size()));
  if (got != NATS_OK) return NatsFailure(subject, got);
  return {};
}

Result<Message> Broker::Request(const std::string& subject, std::string_view data,
                                milliseconds timeout) {
  natsMsg* reply = nullptr;
  const natsStatus got =
      Nats().natsConnection_Request(&reply, state_->connection, subject.c_str(), data.data(),
                                    static_cast<int>(data.size()), timeout.count());
  if (got == NATS_NO_RESPONDERS) return Error{Errc::kNotFound, subject + ": nobody listens there"};
  if (got != NATS_OK) return NatsFailure(subject, got);
  const OwnMessage owned(reply);
  return MessageOf(reply);
}

Result<Subscription> Broker::Subscribe(const std::string& subject,
                                       std::function<void(const Message&)> handler,
                                       const std::string& queue) {
  auto state = std::make_unique<Subscription::State>();
  state->handler = std::move(handler);
  state->retired = state_->retired;
  natsSubscription** at = &state->subscription;
  const natsStatus got =
      queue.empty() ? Nats().natsConnection_Subscribe(at, state_->connection, subject.c_str(),
                                                      &Subscription::State::Take, state.get())
                    : Nats().natsConnection_QueueSubscribe(at, state_->connection, subject.c_str(),
                                                           queue.c_str(),
                                                           &Subscription::State::Take, state.get());
  if (got != NATS_OK) return NatsFailure(subject, got);
  const natsStatus watched = Nats().natsSubscription_SetOnCompleteCB(
      state->subscription, &Subscription::State::Over, state.get());
  if (watched != NATS_OK) state->over = true;
  return Subscription(std::move(state));
}

Status Broker::Flush(milliseconds timeout) {
  const natsStatus got = Nats().natsConnection_FlushTimeout(state_->connection, timeout.count());
  if (got != NATS_OK) return NatsFailure("the NATS server at " + state_->where, got);
  return {};
}

bool Broker::connected() const {
  return Nats().natsConnection_Status(state_->connection) == NATS_CONN_STATUS_CONNECTED;
}

std::uint64_t Broker::times_back() const { return state_->listener.times_back; }

std::size_t Broker::max_payload() const {
  const std::int64_t bytes = Nats().natsConnection_GetMaxPayload(state_->connection);
  return bytes > 0 ? static_cast<std::size_t>(bytes) : std::numeric_limits<std::size_t>::max();
}

const std::string& Broker::where() const { return state_->where; }
natsConnection* Broker::handle() const { return state_->connection; }
const std::shared_ptr<Retired>& Broker::retired() const { return state_->retired; }

}  // namespace euphone::fleet
