#pragma once

#include <chrono>
#include <stop_token>

namespace euphone::http {

/// How long somebody waits: until then, or until he is told to stop.
struct Wait {
  std::chrono::steady_clock::time_point until;
  std::stop_token stop;

  bool Over() const { return stop.stop_requested() || std::chrono::steady_clock::now() >= until; }
};

/// Does nothing for that long, unless told to stop; whether it may go on.
bool Pause(std::chrono::milliseconds time, const std::stop_token& stop);

}  // namespace euphone::http
