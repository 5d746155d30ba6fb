#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "agent/agent_memory.h"
#include "update/updater.h"

namespace euphone::agent {

struct OfferRunnerOptions {
  std::filesystem::path folder = {};  ///< Where its memory lies.
  double most_kb_per_second = 0;
  /// Where releases come from now; null where nothing can be reached. Thread: the runner's.
  std::function<std::unique_ptr<UpdateSource>()> source = {};
  std::function<void(const std::string&)> tell = {};  ///< What happens, a line each.
  std::function<std::int64_t()> now = {};             ///< Seconds since 1970; empty: the system's.
  std::chrono::milliseconds look{2000};               ///< Between looks at what waits.
  std::chrono::milliseconds first_retry{1000};        ///< Doubled with each failure, up to
  std::chrono::milliseconds last_retry{60000};        ///< this.
  std::chrono::seconds missing_for{600};  ///< So long a release may be awaited in the repository.
};

/// Brings what a hub offers into use by an Updater, and notes how that goes. It goes on where it
/// was cut short, by whatever. Thread: Run() on one; the rest on any.
class OfferRunner {
 public:
  OfferRunner(Updater updater, OfferRunnerOptions options);

  /// Works until it is asked to stop; a self-test that is going on is waited for.
  void Run(const std::stop_token& stop);
  /// Once through all that there is; gives whether anything has moved. For tests; Run() does it.
  bool Turn(const std::stop_token& stop);

  /// All that is offered now. What has gone is dropped, where it is not in use yet.
  void Order(fleet::Orders orders);
  /// Something has changed: a connection is there, say.
  void Wake();

  AgentMemory memory() const;
  /// The hub has what stands first among this offer's untold.
  void Told(const fleet::Offer& offer);
  void EventsTold(std::int64_t number);

  const Updater& updater() const { return updater_; }

 private:
  struct Trouble {
    int faults = 0;  ///< Of content, in a row.
    std::chrono::milliseconds wait{0};
    std::chrono::steady_clock::time_point next{};
    std::optional<std::chrono::steady_clock::time_point> missing_since = std::nullopt;
  };

  void TakeOrders();
  void Drop(const KnownOffer& known, const fleet::Orders& orders);
  bool Work(KnownOffer known, const std::stop_token& stop);
  bool AdvanceOne(const KnownOffer& known);
  bool AdvanceOthers();
  bool Fetch(KnownOffer& known, const std::stop_token& stop);
  bool Stage(KnownOffer& known, const Release& release, UpdateSource& source,
             const std::stop_token& stop);
  bool Failed(const KnownOffer& known, const Error& error);
  bool LaterAgain(const KnownOffer& known);
  bool Ends(const KnownOffer& known, std::string reason);
  OfferStanding Standing(const KnownOffer& known) const;
  void Stand(const KnownOffer& known, const OfferStanding& standing);
  bool StillOrdered(const fleet::Offer& offer) const;
  bool Waits() const;
  KnownOffer* Find(const fleet::Offer& offer);
  void Keep();
  void Tell(const std::string& line) const;
  std::int64_t Now() const;

  Updater updater_;
  const OfferRunnerOptions options_;
  std::map<std::string, Trouble> troubles_;  ///< By rollout and attempt.

  mutable std::mutex mutex_;  ///< Guards what follows.
  std::condition_variable changed_;
  AgentMemory memory_;
  std::optional<fleet::Orders> orders_;  ///< Absent: not heard yet.
  bool new_orders_ = false, woken_ = false;
};

/// Whether somebody reads to this device now.
bool InLesson(const std::filesystem::path& updates);

}  // namespace euphone::agent
