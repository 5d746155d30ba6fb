#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "fleet/archive_job.h"
#include "fleet/archive_results.h"
#include "fleet/broker.h"
#include "fleet/jet_stream.h"

namespace euphone::fleet {

/// What a judge has to say of one recording.
struct ArchiveVerdict {
  ArchiveState state = ArchiveState::kScored;
  std::string message = {};
  std::string document = {};
};

struct ArchiveWorkerOptions {
  std::string name = {};         ///< Kept with each result.
  std::string model = {};        ///< What judges; a run that wants another one ends the worker.
  std::uint64_t deliveries = 5;  ///< A message that comes more often is set aside.
  std::chrono::milliseconds give_up_after{600000};  ///< Of one recording.
  /// Called where a recording takes longer, after everything in hand was given back; it has to end
  /// the program, because nothing else ends what hangs. Thread: one of the worker's own.
  std::function<void(const ArchiveJob&)> stuck = {};
  /// Hears of what is wrong for a while: a server that is away.
  std::function<void(const std::string&)> trouble = {};
};

/// Takes messages of the archives' queue, has them judged one after another, keeps each result and
/// then acknowledges its message. Results that are ready while others are being written are written
/// together, so that a commit's price is shared where recordings are short. While a recording is
/// judged its message is said to be in progress.
/// What was judged before the results' server went away waits, up to a limit, and is written when
/// it is back. Thread: one.
class ArchiveWorker {
 public:
  using Judge = std::function<ArchiveVerdict(const ArchiveJob&)>;

  ArchiveWorker(Broker& broker, ArchiveResults& results, ArchiveWorkerOptions options, Judge judge);
  ~ArchiveWorker();

  /// Until it is asked to stop: then it finishes the recording in hand and gives back what it has
  /// not begun. Fails: as JetStream where the queue cannot be used at all, kInvalidArgument for a
  /// run that wants another model, or that the results do not know.
  Status Run(std::stop_token stop);

  std::int64_t kept() const { return kept_; }  ///< Results that were not there yet.

 private:
  struct Held;
  using HeldList = std::list<Held>;

  Result<PullConsumer> Attach();
  Status WorkOn(HeldList::iterator held);
  Status CheckRun(const std::string& run);
  void Finish(HeldList::iterator held, ArchiveResult result);
  void Drop(HeldList::iterator held, bool acknowledge);
  void KeepThem();
  void WriteOut(std::vector<HeldList::iterator> ready);
  void Beat();
  void GiveBack();
  void Tell(const std::string& what) const;

  Broker& broker_;
  ArchiveResults& results_;
  ArchiveWorkerOptions options_;
  Judge judge_;
  std::optional<JetStream> stream_;
  std::chrono::milliseconds ack_wait_{30000};
  std::stop_token stop_;
  std::map<std::string, bool> runs_;  ///< Whose model was looked at.
  double usual_ms_ = 100.0;           ///< That a recording takes.
  std::atomic<std::int64_t> kept_{0};

  std::mutex mutex_;  ///< Guards what follows.
  std::condition_variable changed_;
  HeldList held_;
  bool closing_ = false;  ///< Nothing more is judged.
};

}  // namespace euphone::fleet
