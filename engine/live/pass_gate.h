#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <utility>

namespace euphone {

/// Lets only so many full passes be made at a time, whichever sessions they are for, so that those
/// who listen keep what is left of the processor. Thread: any; it must outlive its turns.
class PassGate {
 public:
  /// REQUIRES: most > 0.
  explicit PassGate(std::size_t most) : free_(most) {}

  /// A pass may be made as long as this lives.
  class Turn {
   public:
    explicit Turn(PassGate& gate) : gate_(&gate) {}
    Turn(Turn&& other) noexcept : gate_(std::exchange(other.gate_, nullptr)) {}
    Turn& operator=(Turn&&) = delete;
    ~Turn() {
      if (gate_ != nullptr) gate_->Leave();
    }

   private:
    PassGate* gate_;
  };

  /// Waits for a turn.
  Turn Enter() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return free_ > 0; });
    --free_;
    return Turn(*this);
  }

  /// A turn if there is one now.
  std::optional<Turn> TryEnter() {
    const std::lock_guard lock(mutex_);
    if (free_ == 0) return std::nullopt;
    --free_;
    return std::optional<Turn>(std::in_place, *this);
  }

 private:
  void Leave() {
    {
      const std::lock_guard lock(mutex_);
      ++free_;
    }
    changed_.notify_one();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t free_;  ///< Guarded by the mutex.
};

}  // namespace euphone
