#include "fleet/archive_worker.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "fleet/archive_queue.h"

namespace euphone::fleet {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr milliseconds kPoll{500};
constexpr milliseconds kPollAtTheEnd{20};
constexpr milliseconds kShortWait{200};
constexpr milliseconds kLongWait{5000};
constexpr milliseconds kToWriteAtTheEnd{10000};
constexpr std::size_t kUnwritten = 256;  ///< Results that may wait for their database.
constexpr std::size_t kTogether = 64;    ///< In one transaction.
constexpr double kAheadMs = 50.0;        ///< Of work that is fetched at a time,
constexpr double kMostAhead = 128.0;     ///< in messages.

}  // namespace

/// A message in hand.
struct ArchiveWorker::Held {
  Delivery delivery;
  ArchiveJob job = {};
  std::optional<ArchiveResult> result = std::nullopt;     ///< Present: judged.
  std::optional<Clock::time_point> since = std::nullopt;  ///< Being judged.
  bool writing = false;
};

ArchiveWorker::ArchiveWorker(Broker& broker, ArchiveResults& results, ArchiveWorkerOptions options,
                             Judge judge)
    : broker_(broker), results_(results), options_(std::move(options)), judge_(std::move(judge)) {}

ArchiveWorker::~ArchiveWorker() = default;

void ArchiveWorker::Tell(const std::string& what) const {
  if (options_.trouble) options_.trouble(what);
}

Result<PullConsumer> ArchiveWorker::Attach() {
  if (!stream_) {
    auto stream = JetStream::Of(broker_);
    if (!stream) return stream.error();
    stream_.emplace(*std::move(stream));
  }
  auto state = stream_->StateOf(kArchiveStream, kArchiveWorkers);
  if (!state && state.error().code == Errc::kNotFound) {
    if (auto made = EnsureArchiveQueue(*stream_, {}); !made) return made.error();
    state = stream_->StateOf(kArchiveStream, kArchiveWorkers);
  }
  if (!state) return state.error();
  ack_wait_ = std::max(state->ack_wait, milliseconds(100));
  return stream_->Pull(kArchiveStream, kArchiveWorkers);
}

Status ArchiveWorker::Run(std::stop_token stop) {
  stop_ = stop;
  auto consumer = Attach();
  if (!consumer) return consumer.error();
  std::thread keeper([this] { KeepThem(); });
  std::thread heart([this] { Beat(); });
  Status status;
  milliseconds wait = kShortWait;
  while (status && !stop.stop_requested()) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait_for(lock, kPoll, [&] { return held_.size() < kUnwritten; });
      if (held_.size() >= kUnwritten) continue;
    }
    const int count = static_cast<int>(std::clamp(kAheadMs / usual_ms_, 1.0, kMostAhead));
    auto deliveries = consumer->Fetch(count, kPoll);
    if (!deliveries) {
      Tell(deliveries.error().message);
      std::this_thread::sleep_for(std::exchange(wait, std::min(wait * 2, kLongWait)));
      if (deliveries.error().code == Errc::kNotFound || broker_.connected()) {
        if (auto again = Attach()) consumer = std::move(again);
      }
      continue;
    }
    wait = kShortWait;
    std::vector<HeldList::iterator> taken;
    {
      const std::lock_guard lock(mutex_);
      for (Delivery& delivery : *deliveries) {
        taken.push_back(held_.insert(held_.end(), Held{.delivery = std::move(delivery)}));
      }
    }
    for (const HeldList::iterator held : taken) {
      if (!status || stop.stop_requested()) break;
      status = WorkOn(held);
    }
  }
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
    changed_.notify_all();
  }
  keeper.join();
  heart.join();
  GiveBack();
  // Acknowledgements are sent soon, not at once.
  [[maybe_unused]] const Status sent = broker_.Flush(kLongWait);
  return status;
}

Status ArchiveWorker::CheckRun(const std::string& run) {
  if (runs_.contains(run)) return {};
  auto known = results_.Find(run);
  while (!known && known.error().code == Errc::kIo && !stop_.stop_requested()) {
    Tell(known.error().message);
    std::this_thread::sleep_for(kShortWait * 5);
    known = results_.Find(run);
  }
  if (!known) return known.error();
  if (!*known) {
    return Error{Errc::kInvalidArgument,
                 "the queue holds recordings of run " + run + ", of which " + results_.where() +
                     " knows nothing; name the results of that run (--results)"};
  }
  if (!options_.model.empty() && (*known)->model != options_.model) {
    return Error{Errc::kInvalidArgument, "run " + run + " is judged by " + (*known)->model +
                                             ", and this worker has " + options_.model};
  }
  runs_[run] = true;
  return {};
}

Status ArchiveWorker::WorkOn(HeldList::iterator held) {
  // Only this thread touches a message until it has a result; the heart looks at `since`.
  const std::uint64_t times = held->delivery.times_delivered();
  auto job = DecodeJob(held->delivery.data());
  if (!job) {
    const Status noted =
        results_.SetAside("", {.recording = "message " + std::to_string(held->delivery.sequence()),
                               .reason = job.error().message,
                               .deliveries = static_cast<std::int64_t>(times),
                               .worker = options_.name});
    if (!noted) Tell(noted.error().message);
    Drop(held, noted.has_value());
    return {};
  }
  if (auto known = CheckRun(job->run); !known) return known;
  ArchiveResult result{.run = job->run,
                       .recording = job->recording,
                       .position = job->position,
                       .audio = job->audio,
                       .speaker = job->speaker,
                       .language = job->language,
                       .worker = options_.name,
                       .deliveries = times};
  if (times > 1) {
    const auto done = results_.Has(job->run, job->recording);
    if (done && *done) {
      Drop(held, true);
      return {};
    }
  }
  if (times > options_.deliveries) {
    result.state = ArchiveState::kSetAside;
    result.message = job->recording + ": set aside after " + std::to_string(times - 1) +
                     " tries, each of which ended the worker or took too long";
    Finish(held, std::move(result));
    return {};
  }
  const auto start = Clock::now();
  {
    const std::lock_guard lock(mutex_);
    held->job = *std::move(job);
    held->since = start;
  }
  ArchiveVerdict verdict = judge_(held->job);
  result.took_ms = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
  usual_ms_ = 0.8 * usual_ms_ + 0.2 * result.took_ms;
  result.state = verdict.state;
  result.message = std::move(verdict.message);
  result.document = std::move(verdict.document);
  Finish(held, std::move(result));
  return {};
}

void ArchiveWorker::Finish(HeldList::iterator held, ArchiveResult result) {
  const std::lock_guard lock(mutex_);
  held->since.reset();
  held->result = std::move(result);
  changed_.notify_all();
}

void ArchiveWorker::Drop(HeldList::iterator held, bool acknowledge) {
  const std::lock_guard lock(mutex_);
  const Status told = acknowledge ? held->delivery.Ack() : held->delivery.Nak(kLongWait);
  if (!told) Tell(told.error().message);  // It comes again.
  held_.erase(held);
  changed_.notify_all();
}

void ArchiveWorker::KeepThem() {
  for (;;) {
    std::vector<HeldList::iterator> ready;
    {
      std::unique_lock lock(mutex_);
      const auto judged = [](const Held& held) { return held.result.has_value(); };
      changed_.wait(lock, [&] { return closing_ || std::ranges::any_of(held_, judged); });
      for (auto held = held_.begin(); held != held_.end() && ready.size() < kTogether; ++held) {
        if (judged(*held)) ready.push_back(held);
      }
      if (ready.empty()) return;  // Closing.
    }
    WriteOut(std::move(ready));
    const std::lock_guard lock(mutex_);
    if (closing_ && std::ranges::any_of(held_, [](const Held& held) { return held.writing; }))
      return;  // They could not be written; their messages go back.
  }
}

void ArchiveWorker::WriteOut(std::vector<HeldList::iterator> ready) {
  std::vector<ArchiveResult> results;
  for (const HeldList::iterator held : ready) results.push_back(*held->result);
  milliseconds wait = kShortWait;
  std::optional<Clock::time_point> until;
  for (;;) {
    const auto kept = results_.Keep(results);
    if (kept) {
      kept_ += *kept;
      break;
    }
    Tell(kept.error().message);
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, wait, [&] { return closing_; });
    if (closing_) {
      if (!until) until = Clock::now() + kToWriteAtTheEnd;
      if (Clock::now() > *until) {
        for (const HeldList::iterator held : ready) held->writing = true;
        return;
      }
      lock.unlock();
      std::this_thread::sleep_for(kShortWait);
    }
    wait = std::min(wait * 2, kLongWait);
  }
  const std::lock_guard lock(mutex_);
  for (const HeldList::iterator held : ready) {
    if (const Status told = held->delivery.Ack(); !told) Tell(told.error().message);
    held_.erase(held);
  }
  changed_.notify_all();
}

void ArchiveWorker::Beat() {
  std::unique_lock lock(mutex_);
  const milliseconds every = std::min(ack_wait_ / 3, milliseconds(5000));
  const milliseconds look = std::min(every, std::max(options_.give_up_after / 4, milliseconds(10)));
  auto next = Clock::now() + every;
  bool ending = false;
  while (!closing_ || !held_.empty()) {
    if (closing_ && std::ranges::none_of(held_, [](const Held& held) {
          return held.result.has_value() && !held.writing;
        })) {
      return;
    }
    changed_.wait_for(lock, closing_ ? kPollAtTheEnd : look, [&] { return closing_ && !ending; });
    ending = closing_;
    const auto now = Clock::now();
    for (const Held& held : held_) {
      if (!held.since || now - *held.since < options_.give_up_after || !options_.stuck) continue;
      const ArchiveJob job = held.job;
      // What is judged is written by its own thread if there is time; the rest goes to others.
      for (Held& each : held_) {
        if (!each.result) [[maybe_unused]]
          const Status back = each.delivery.Nak();
      }
      lock.unlock();
      [[maybe_unused]] const Status sent = broker_.Flush(kPoll);
      options_.stuck(job);
      return;
    }
    if (now < next) continue;
    next = now + every;
    for (Held& held : held_) [[maybe_unused]] const Status told = held.delivery.InProgress();
  }
}

void ArchiveWorker::GiveBack() {
  const std::lock_guard lock(mutex_);
  for (Held& held : held_) [[maybe_unused]] const Status back = held.delivery.Nak();
  held_.clear();
}

}  // namespace euphone::fleet
