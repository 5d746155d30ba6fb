#pragma once

#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace euphone::cli {

/// A one-line progress bar on standard error, or on another terminal: what, how many of how many,
/// how long still. Draws only on a terminal, at most ten times a second, and removes itself.
/// Thread: one.
class Progress {
 public:
  Progress(std::string what, std::size_t total, int descriptor = STDERR_FILENO);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();

  /// `note`: what is told instead of the time left.
  void Update(std::size_t done, const std::string& note = {});
  /// Takes the bar off the screen so that a line can be printed; the next Update() draws it again.
  void Clear();

 private:
  void Draw(const std::string& line) const;

  std::string what_;
  std::size_t total_;
  int descriptor_;
  bool enabled_;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point started_;
  std::chrono::steady_clock::time_point last_drawn_;
};

/// A bar on the terminal for work that tells how far it is; ends it at Ctrl-C.
std::function<bool(std::int64_t, std::int64_t)> BarFor(std::string what);

}  // namespace euphone::cli
