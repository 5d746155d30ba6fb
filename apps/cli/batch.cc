#include "batch.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "terminal.h"

namespace euphone::cli {
namespace {

// Outcomes waiting for a slow one before them are bounded: nobody runs further ahead than this many
// per thread.
constexpr std::size_t kAhead = 4;

}  // namespace

void Turns::Wait(std::size_t index) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return next_ >= index; });
}

void Turns::End(std::size_t index) {
  const std::lock_guard lock(mutex_);
  ended_.insert(index);
  while (ended_.erase(next_) > 0) ++next_;
  changed_.notify_all();
}

void RunInOrder(std::size_t count, std::size_t threads,
                const std::function<Outcome(std::size_t)>& work,
                const std::function<bool(std::size_t, const Outcome&)>& take) {
  threads = std::max<std::size_t>(1, std::min(threads, count));
  std::mutex mutex;
  std::condition_variable changed;
  std::map<std::size_t, Outcome> done;
  std::size_t next = 0, taken = 0;
  bool stop = false;

  const auto worker = [&] {
    for (;;) {
      std::unique_lock lock(mutex);
      changed.wait(lock, [&] { return stop || next == count || next < taken + kAhead * threads; });
      if (stop || next == count) return;
      const std::size_t index = next++;
      lock.unlock();
      Outcome outcome = work(index);
      lock.lock();
      done.emplace(index, std::move(outcome));
      changed.notify_all();
    }
  };
  std::vector<std::jthread> pool;
  for (std::size_t i = 0; i < threads; ++i) pool.emplace_back(worker);

  for (std::size_t index = 0; index < count; ++index) {
    std::unique_lock lock(mutex);
    // A signal handler cannot notify, so interrupts are looked for a few times a second.
    while (!changed.wait_for(lock, std::chrono::milliseconds(200),
                             [&] { return done.contains(index); })) {
      if (Interrupted()) break;
    }
    const auto found = done.find(index);
    if (found == done.end()) {
      stop = true;
      changed.notify_all();
      return;
    }
    const Outcome outcome = std::move(found->second);
    done.erase(found);
    ++taken;
    changed.notify_all();
    lock.unlock();
    if (!take(index, outcome) || Interrupted()) {
      lock.lock();
      stop = true;
      changed.notify_all();
      return;
    }
  }
}

}  // namespace euphone::cli
