#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/result.h"
#include "fleet/child_process.h"

namespace euphone::cli {

/// Workers on this machine: processes, so that one that crashes takes no other with it. One that
/// ends is started anew, unless it says that it never can work. Thread: one.
class ArchiveCrew {
 public:
  /// `arguments`: of the program, "worker" and its options; `environment`: with what is secret.
  ArchiveCrew(std::size_t count, std::vector<std::string> arguments,
              std::vector<std::string> environment);

  /// Starts those that are missing. Fails: where one has ended by itself because its options or the
  /// installation are wrong (it has said why), or cannot be started.
  Status Watch();
  /// Asks all to stop and waits; work in hand is finished.
  void Stop();

 private:
  struct Place {
    std::vector<fleet::ChildProcess> child;  ///< One or none.
    std::chrono::steady_clock::time_point not_before = {};
  };
  std::vector<Place> places_;
  std::vector<std::string> arguments_;
  std::vector<std::string> environment_;
};

}  // namespace euphone::cli
