#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace euphone::fleet {

struct ChildCommand {
  std::string program = {};  ///< A path, or a name that is looked for in PATH.
  std::vector<std::string> arguments = {};
  /// "NAME=value", beside what this process has: for secrets, which arguments would show to all.
  std::vector<std::string> environment = {};
  std::filesystem::path output = {};  ///< Gets what it prints; empty: nobody does.
  bool inherit_errors = false;        ///< Its standard error is ours.
};

/// How a child ended.
struct ChildEnd {
  int code = 0;    ///< Its exit status, or
  int signal = 0;  ///< what killed it; 0: nothing.
};

/// A program that runs beside this one, in a process group of its own, so that Ctrl-C reaches this
/// program alone; it ends with it, even where this one is killed: more exactly with the thread that
/// started it, which has to be one that stays. The destructor stops it.
/// Thread: one.
class ChildProcess {
 public:
  /// Fails: kNotFound (no such program), kIo.
  static Result<ChildProcess> Start(const ChildCommand& command);
  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&& other) noexcept;
  ~ChildProcess();

  pid_t id() const { return id_; }
  /// Absent: it runs.
  std::optional<ChildEnd> Ended();
  /// Asks it to end (SIGTERM).
  void Ask();
  /// Asks, waits, and kills it where it does not.
  ChildEnd Stop(std::chrono::milliseconds patience);
  void Kill();

 private:
  explicit ChildProcess(pid_t id) : id_(id) {}

  pid_t id_ = -1;  ///< -1: none.
  std::optional<ChildEnd> end_;
};

}  // namespace euphone::fleet
