#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <set>
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

/// For a part of work that must be done in order, whoever works on what. Every piece takes a Turn
/// first, those before it earlier. Thread: any.
class Turns {
 public:
  class Turn {
   public:
    Turn(Turns& turns, std::size_t index) : turns_(turns), index_(index) {}
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    /// Whether it was waited for or not, it is over.
    ~Turn() { turns_.End(index_); }

    /// Until all turns before this one are over.
    void Wait() const { turns_.Wait(index_); }

   private:
    Turns& turns_;
    std::size_t index_;
  };

 private:
  void Wait(std::size_t index);
  void End(std::size_t index);

  std::mutex mutex_;  ///< Guards the rest.
  std::condition_variable changed_;
  std::size_t next_ = 0;         ///< All before it are over,
  std::set<std::size_t> ended_;  ///< and these.
};

/// Runs `work(0) … work(count - 1)` on `threads` threads and hands each outcome to `take` in that
/// order, on the calling thread, as soon as it and all before it are there. Stops handing out work
/// once `take` returns false or an interrupt arrives.
void RunInOrder(std::size_t count, std::size_t threads,
                const std::function<Outcome(std::size_t)>& work,
                const std::function<bool(std::size_t, const Outcome&)>& take);

}  // namespace euphone::cli
