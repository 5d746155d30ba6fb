#pragma once

#include <chrono>
#include <string>

#include "exit_code.h"

namespace euphone::cli {

/// Says on standard error what is wrong for a while: the same once a minute, not every second.
/// Thread: one at a time.
class TroubleTeller {
 public:
  void operator()(const std::string& what) {
    const auto now = std::chrono::steady_clock::now();
    if (what == last_ && now - when_ < std::chrono::seconds(60)) return;
    last_ = what;
    when_ = now;
    ReportLine(what + "; trying on");
  }

 private:
  std::string last_;
  std::chrono::steady_clock::time_point when_;
};

}  // namespace euphone::cli
