#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"

namespace euphone::cli {

/// What a process of our own may take before it is ended.
struct ChildLimits {
  double seconds = 60;
  std::int64_t memory_mb = 0;  ///< Resident; 0: any.
  bool polite = false;         ///< Runs only when nobody else wants the processor.
  /// Asked every 20 ms or so, with the process and how long it has run; false: it is ended.
  std::function<bool(int process, double ms)> watch = nullptr;
};

/// How it ended. A failure is one line: "crashed (signal 11)", or the last that it said.
struct ChildEnd {
  std::string failure;  ///< Empty: it ended well.
  std::string output;   ///< Its standard output, at most 16 MiB of it.
  double wall_ms = 0;   ///< From its start to its end.
  double cpu_ms = 0;    ///< Of the processor: others' work is not in it.
  double peak_mb = 0;   ///< Resident, MiB; what came in its last 20 ms may be missing.
};

/// An open file that only this process and its children see, with `content` in it; no disk holds
/// it. The path is a child's. Thread: any.
class UnseenFile {
 public:
  static Result<UnseenFile> Holding(const std::string& content);
  UnseenFile(UnseenFile&& other) noexcept;
  UnseenFile& operator=(UnseenFile&&) = delete;
  ~UnseenFile();
  std::string path() const;  ///< "/proc/self/fd/7"; for children of RunSelf.

 private:
  explicit UnseenFile(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

/// Runs this very program with these arguments, waits for its end, and kills it where it goes over
/// a limit. Its standard input is empty; no update is looked for in it. Fails: kInternal where no
/// process can be made. Thread: any.
Result<ChildEnd> RunSelf(const std::vector<std::string>& arguments, const ChildLimits& limits);
/// The same with another program, a path. Fails too where it is not there.
Result<ChildEnd> RunProgram(const std::string& program, const std::vector<std::string>& arguments,
                            const ChildLimits& limits);

}  // namespace euphone::cli
