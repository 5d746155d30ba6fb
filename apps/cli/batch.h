#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "exit_code.h"

namespace euphone::cli {

/// What came of one recording.
struct Outcome {
  ExitCode code = ExitCode::kOk;
  std::vector<std::string>
      documents;          ///< One per requested format; empty if there is nothing to show.
  std::string complaint;  ///< One line for standard error; empty if all is well.
};

/// Runs `work(0) … work(count - 1)` on `threads` threads and hands each outcome to `take` in that
/// order, on the calling thread, as soon as it and all before it are there. Stops handing out work
/// once `take` returns false or an interrupt arrives.
void RunInOrder(std::size_t count, std::size_t threads,
                const std::function<Outcome(std::size_t)>& work,
                const std::function<bool(std::size_t, const Outcome&)>& take);

}  // namespace euphone::cli
