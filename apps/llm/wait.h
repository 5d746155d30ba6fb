#pragma once

#include <chrono>
#include <stop_token>

namespace euphone::llm {

/// How long somebody waits: until then, or until he is told to stop.
struct Wait {
  std::chrono::steady_clock::time_point until;
  std::stop_token stop;

  bool Over() const { return stop.stop_requested() || std::chrono::steady_clock::now() >= until; }
};

}  // namespace euphone::llm
