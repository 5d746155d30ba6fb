#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace euphone::server {

/// A few threads for what takes long, and a queue before them that has an end: who asks for more is
/// told so instead of waiting forever. Thread: any.
class WorkPool {
 public:
  /// `job(false)`: it is not to be done any more, because the pool closes.
  using Job = std::function<void(bool wanted)>;

  WorkPool(std::size_t threads, std::size_t longest_queue);
  WorkPool(const WorkPool&) = delete;
  WorkPool& operator=(const WorkPool&) = delete;
  ~WorkPool() { Close(); }

  /// False where the queue is full or the pool closed; the job is not called then.
  bool Submit(Job job);

  /// Finishes what is being done, calls the rest unwanted, and returns. Harmless twice.
  void Close();

  std::size_t queued() const;
  std::size_t running() const;

 private:
  void Work();

  const std::size_t longest_queue_;
  mutable std::mutex mutex_;  ///< Guards the next three.
  std::condition_variable changed_;
  std::deque<Job> jobs_;
  std::size_t running_ = 0;
  bool closed_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace euphone::server
