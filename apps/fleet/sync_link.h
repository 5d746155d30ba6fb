#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>

#include "base/result.h"
#include "fleet/broker.h"
#include "fleet/class_link.h"
#include "fleet/jet_stream.h"
#include "fleet/wire.h"
#include "store/store.h"

namespace euphone::fleet {

struct SyncLinkOptions {
  std::size_t batch_records = 200;
  std::size_t batch_bytes = std::size_t{256} << 10;
  /// Batches that the hub may not have committed yet; more of them wait on the device.
  std::size_t window = 8;
  std::chrono::milliseconds timeout{3000};          ///< Of one question to the hub.
  std::chrono::milliseconds exchange_every{60000};  ///< Where nothing was written here,
  std::chrono::milliseconds news_every{1000};       ///< and where something was.
  std::chrono::milliseconds resend_after{60000};    ///< Where the hub commits nothing.
  /// After what went wrong: doubled up to the second, and up to as much again by chance.
  std::chrono::milliseconds first_wait{1000}, longest_wait{300000};
};

/// A device's end of sync: sends what waits in the outbox through EUPHONE_UP, forgets what the hub
/// has committed, and keeps its class in step. No thread of its own; a program that runs lessons
/// has none of it. Whatever ends it, the next one goes on: at least once to the hub, which keeps a
/// record by its number once.
/// Thread: one. Store and broker must outlive it.
class SyncLink {
 public:
  /// Fails: as Broker, JetStream.
  static Result<SyncLink> Open(Store& store, Broker& broker, std::string device,
                               const SyncLinkOptions& options = {});
  SyncLink(SyncLink&&) noexcept;
  SyncLink& operator=(SyncLink&&) noexcept;
  ~SyncLink();

  /// A bounded piece of work: some batches, one question to the hub. Returns whether there is more
  /// that can be done at once. `now_ms`: this device's clock, however wrong. What has failed is not
  /// tried for a while, however often this is called; a class that cannot be kept in step holds no
  /// records up. Fails: kIo (server or hub away), kInvalidArgument, kUnsupported (the hub refuses,
  /// and says why); from these it goes on by itself. As Store.
  Result<bool> Step(std::int64_t now_ms);

 private:
  using Upto = std::array<std::uint64_t, kUplinkClasses>;
  using Steady = std::chrono::steady_clock;
  struct Inbox;  ///< What the broker's thread has heard.

  SyncLink(Store& store, Broker& broker, JetStream stream, std::string device,
           const SyncLinkOptions& options);
  Result<bool> Work(std::int64_t now_ms);
  Status Meet();
  Status Hear();
  Status Take(const Cursors& cursors);
  void GoBack();
  Result<bool> Send(std::int64_t now_ms);
  Result<bool> SendBatch(std::int64_t now_ms);
  Result<bool> Exchange();
  Result<bool> Ask(Steady::time_point now);
  std::chrono::milliseconds Longer(std::chrono::milliseconds wait) const;

  Store* store_;
  Broker* broker_;
  JetStream stream_;
  std::string device_;
  SyncLinkOptions options_;
  std::shared_ptr<Inbox> inbox_;
  std::unique_ptr<Subscription> subscription_;
  ClassLink class_;

  std::string outbox_ = {};
  std::uint64_t times_back_ = 0;
  bool met_ = false;  ///< The hub has told its cursors on this connection.
  Upto committed_ = {}, sent_ = {};
  std::deque<Upto> in_flight_ = {};  ///< What of each class was sent up to each batch.
  std::uint64_t round_ = 0;          ///< Of sending: another one wherever it went back.
  Steady::time_point moved_ = {}, next_expiry_ = {}, next_exchange_ = {}, next_news_ = {};
  Steady::time_point rest_until_ = {};
  std::chrono::milliseconds wait_{0}, class_wait_{0};
};

}  // namespace euphone::fleet
