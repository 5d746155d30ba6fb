#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <thread>

namespace euphone::agent {

/// Keeps a download below so many kB a second: after each piece it waits until that piece, and all
/// before it, should have taken so long.
class Pace {
 public:
  /// 0: any.
  explicit Pace(double kb_per_second) : kb_per_second_(kb_per_second) {}

  /// `fetched`: bytes since the last call. Looks five times a second whether to `go_on`.
  void Wait(std::int64_t fetched, const std::function<bool()>& go_on) {
    kb_ += static_cast<double>(fetched) / 1e3;
    while (kb_per_second_ > 0 && go_on()) {
      const std::chrono::duration<double> gone = std::chrono::steady_clock::now() - started_;
      const double ahead = kb_ / kb_per_second_ - gone.count();
      if (ahead <= 0) return;
      std::this_thread::sleep_for(std::chrono::duration<double>(std::min(ahead, 0.2)));
    }
  }

 private:
  const double kb_per_second_;
  double kb_ = 0;
  const std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

}  // namespace euphone::agent
