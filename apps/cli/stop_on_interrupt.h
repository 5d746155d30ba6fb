#pragma once

#include <array>
#include <stop_token>
#include <thread>

namespace euphone::cli {

/// Asks to stop at Ctrl-C, while it lives.
class StopOnInterrupt {
 public:
  StopOnInterrupt();
  ~StopOnInterrupt();
  StopOnInterrupt(const StopOnInterrupt&) = delete;
  StopOnInterrupt& operator=(const StopOnInterrupt&) = delete;

  std::stop_token token() const { return stop_.get_token(); }

 private:
  void Watch();

  std::stop_source stop_;
  std::array<int, 2> end_{-1, -1};  ///< Closed at one end, it ends the watch at the other.
  std::thread thread_;
};

}  // namespace euphone::cli
