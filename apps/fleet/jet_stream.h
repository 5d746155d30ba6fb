#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "fleet/broker.h"

namespace euphone::fleet {

enum class Retention {
  kLimits,     ///< Until a limit is reached,
  kInterest,   ///< or every consumer has acknowledged it,
  kWorkQueue,  ///< or one has: each message is work for one.
};

/// A stream: messages on some subjects that the server keeps.
struct StreamSpec {
  std::string name = {};                   ///< Letters, digits, "_" and "-".
  std::vector<std::string> subjects = {};  ///< "*" and ">" as in Broker::Subscribe.
  Retention retention = Retention::kLimits;
  bool in_memory = false;          ///< Lost when the server ends; else in files.
  bool refuse_when_full = false;   ///< Publishing fails at a limit; else the oldest go.
  std::int64_t max_messages = -1;  ///< -1: any number.
  std::int64_t max_bytes = -1;
  std::chrono::seconds max_age{0};             ///< 0: for ever.
  std::chrono::seconds duplicate_window{120};  ///< How long a message's id is remembered.
  int replicas = 1;
};

/// Who takes from a stream: a place in it that the server keeps, shared by all who pull by its
/// name.
struct ConsumerSpec {
  std::string stream = {};
  std::string name = {};
  std::string filter = {};                    ///< Of subjects; empty: all.
  std::chrono::milliseconds ack_wait{30000};  ///< Then it is delivered again.
  std::int64_t max_deliver = -1;              ///< Deliveries of one message; -1: any number.
  std::int64_t max_ack_pending = 1000;        ///< Delivered and not acknowledged, among all.
};

struct StreamState {
  std::uint64_t messages = 0;
  std::uint64_t bytes = 0;
  std::uint64_t last_sequence = 0;
  std::int64_t created_ns = 0;  ///< Since 1970: another one, if the stream was made anew.
};

struct ConsumerState {
  std::uint64_t pending = 0;  ///< Never delivered yet.
  std::uint64_t in_hand = 0;  ///< Delivered, not acknowledged.
  std::uint64_t waiting = 0;  ///< Pulls that wait for a message.
  std::chrono::milliseconds ack_wait{0};
};

struct Published {
  std::uint64_t sequence = 0;
  bool duplicate = false;  ///< Its id was there already; it was not kept again.
};

struct Outgoing {
  std::string subject = {};
  std::string data = {};
  std::string id = {};  ///< Within the duplicate window a second one of this id is not kept.
};

/// A message of a stream, to be answered by one of Ack(), Nak(), Term(). Without an answer it is
/// delivered again when the consumer's `ack_wait` is over.
/// Thread: one at a time. May outlive its consumer, must not outlive its Broker.
class Delivery {
 public:
  Delivery(Delivery&&) noexcept;
  Delivery& operator=(Delivery&&) noexcept;
  ~Delivery();

  std::string_view data() const;
  std::string subject() const;
  std::uint64_t sequence() const;         ///< In the stream.
  std::uint64_t times_delivered() const;  ///< 1: for the first time.
  std::int64_t stored_ns() const;         ///< Since 1970, when the server took it in; 0: unknown.
  std::uint64_t behind() const;           ///< Messages that wait for this consumer after it.

  Status Ack();                                      ///< Done; sent soon.
  Status AckConfirmed();                             ///< Done, and the server knows.
  Status Nak(std::chrono::milliseconds after = {});  ///< Again, to anybody, after so long.
  Status Term();                                     ///< Never again.
  Status InProgress();                               ///< `ack_wait` begins anew.

 private:
  friend class PullConsumer;
  struct State;
  explicit Delivery(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Takes messages when there is time for them. Thread: one at a time.
class PullConsumer {
 public:
  PullConsumer(PullConsumer&&) noexcept;
  PullConsumer& operator=(PullConsumer&&) noexcept;
  ~PullConsumer();

  /// Up to `count`, as many as are there; waits for the first. None: none came in time. Fails: kIo,
  /// where the server is away (later calls may succeed), kNotFound where consumer or stream are
  /// gone.
  Result<std::vector<Delivery>> Fetch(int count, std::chrono::milliseconds timeout);

 private:
  friend class Delivery;
  friend class JetStream;
  struct State;
  explicit PullConsumer(std::shared_ptr<State> state);
  std::shared_ptr<State> state_;  ///< What is not answered holds it, too.
};

/// What a server keeps: streams and their consumers. Messages are delivered at least once.
/// Thread: any. Must not outlive its Broker. Fails: as Broker; kNotFound for a stream or a consumer
/// that is not there.
class JetStream {
 public:
  /// Fails: kIo, also where the server has no JetStream.
  static Result<JetStream> Of(const Broker& broker);
  JetStream(JetStream&&) noexcept;
  JetStream& operator=(JetStream&&) noexcept;
  ~JetStream();

  /// Makes it, or makes it so. Fails: kIo where what is there cannot be changed to this.
  Status EnsureStream(const StreamSpec& spec);
  Status EnsureConsumer(const ConsumerSpec& spec);
  Status DeleteStream(const std::string& name);
  Status DeleteConsumer(const std::string& stream, const std::string& name);
  /// Empties it, or what it has on one subject.
  Status Purge(const std::string& stream, const std::string& subject = {});

  Result<StreamState> StateOf(const std::string& stream);
  /// Messages on the subjects that a pattern fits.
  Result<std::uint64_t> Count(const std::string& stream, const std::string& subjects);
  Result<ConsumerState> StateOf(const std::string& stream, const std::string& consumer);

  /// Returns when the server has it safe.
  Result<Published> Publish(const std::string& subject, std::string_view data,
                            const std::string& id = {});
  /// The same for many, without waiting for each. Fails with the first reason if any was not kept;
  /// those that were are known by their ids if it is tried again.
  Status PublishAll(std::span<const Outgoing> messages, std::chrono::milliseconds timeout);

  /// A consumer that is there.
  Result<PullConsumer> Pull(const std::string& stream, const std::string& consumer);

  /// For what is built on it in this folder.
  struct Context;
  Context& context() const { return *context_; }

 private:
  explicit JetStream(std::unique_ptr<Context> context);
  std::unique_ptr<Context> context_;
};

}  // namespace euphone::fleet
