#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

struct __natsConnection;

namespace euphone::fleet {

class Retired;

/// What became of a connection.
enum class Link {
  kAway,    ///< It is lost; it is sought again, for ever.
  kBack,    ///< It is there again, and so is every subscription.
  kClosed,  ///< For good: this side closed it, or the server no longer takes the credentials.
};

struct BrokerOptions {
  /// "nats://HOST:PORT", or "tls://…" for TLS; a user and a password or a token may stand before an
  /// "@". Several servers of one cluster: separated by commas. Answers to a user go to subjects
  /// beneath "_INBOX.USER", so that a server can keep them from others. REQUIRES: named by the
  /// user; nothing is connected to by itself.
  std::string url = {};
  std::string name = "euphone";  ///< As the server's own monitoring calls this connection.
  std::string credentials = {};  ///< File with a user's JWT and seed (".creds"); empty: none.
  std::string ca = {};           ///< File with the authorities to trust, PEM; empty: the system's.
  std::string certificate = {};  ///< File with our own chain, PEM, and
  std::string key = {};          ///< its key, where the server wants to know who we are.
  std::chrono::milliseconds connect_timeout{5000};
  /// How long to keep trying where no server is there at first; 0: one try.
  std::chrono::milliseconds patience{0};
  /// Between tries of a lost connection; up to as much again is added by chance, so that a thousand
  /// clients do not all come at once.
  std::chrono::milliseconds reconnect_wait{500};
  std::size_t send_buffer = 1 << 20;       ///< Bytes published while the server is away; then
                                           ///< Publish() fails.
  std::size_t pending_messages = 1 << 13;  ///< Of one subscription, before newer ones are dropped.
  /// Called on a thread of the library at each change.
  std::function<void(Link)> on_change = {};
};

/// What came, or is to be sent. Data is bytes.
struct Message {
  std::string subject = {};
  std::string reply = {};  ///< Where an answer is awaited; empty: nowhere.
  std::string data = {};
};

/// While it lives, its handler is called for each message, one at a time, on a thread of its own.
/// Its destructor waits for a call that is going on, and so must not run in it.
class Subscription {
 public:
  Subscription(Subscription&&) noexcept;
  Subscription& operator=(Subscription&&) noexcept;
  ~Subscription();

 private:
  friend class Broker;
  struct State;
  explicit Subscription(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// A connection to a NATS server. Once there, it is kept: when it breaks it is sought again for
/// ever, and what was published meanwhile is sent then, up to `send_buffer`.
/// Messages are delivered at most once; for at least once, see JetStream.
/// Thread: any. Lifetime: must outlive what was made of it.
/// Fails, each with one line that names what was tried: kIo (away, no answer in time),
/// kInvalidArgument (a subject that is none), kTooLarge (more than the server takes), kNotFound
/// (libnats is not installed).
class Broker {
 public:
  static Result<Broker> Connect(const BrokerOptions& options);
  Broker(Broker&&) noexcept;
  Broker& operator=(Broker&&) noexcept;
  ~Broker();

  /// Hands it to the library, which sends it soon.
  Status Publish(const std::string& subject, std::string_view data);

  /// The first answer.
  Result<Message> Request(const std::string& subject, std::string_view data,
                          std::chrono::milliseconds timeout);

  /// Subscribers that share a `queue` get each message once among them; without one all get all.
  /// "*" stands for one part of a subject, ">" for all that follow.
  Result<Subscription> Subscribe(const std::string& subject,
                                 std::function<void(const Message&)> handler,
                                 const std::string& queue = {});

  /// Until the server has all that was published.
  Status Flush(std::chrono::milliseconds timeout);

  bool connected() const;
  /// How often it was lost and found again: what was safe with the server may not be, where this
  /// has grown.
  std::uint64_t times_back() const;
  /// Bytes that a message may have, as the server says.
  std::size_t max_payload() const;
  /// Where it goes, without what stands before "@": fit for messages.
  const std::string& where() const;

  /// For what is built on it in this folder.
  __natsConnection* handle() const;
  const std::shared_ptr<Retired>& retired() const;

 private:
  struct State;
  explicit Broker(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// A URL, or several, without user, password and token.
std::string WithoutSecrets(std::string_view url);

}  // namespace euphone::fleet
