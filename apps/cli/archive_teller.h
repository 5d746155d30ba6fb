#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <string>
#include <utility>

#include "progress.h"
#include "score_archive.h"

namespace euphone::cli {

/// Tells how far the scoring of an archive is: a bar on a terminal, lines elsewhere, JSON where
/// asked for. Thread: one.
class ArchiveTeller {
 public:
  using Clock = std::chrono::steady_clock;

  ArchiveTeller(std::string run, std::int64_t total, bool as_json, double finish_in_s);

  /// What is done by now.
  void Take(const fleet::ArchiveTally& tally);
  void Show(bool at_the_end);
  /// A line beside; the same is not said twice.
  void Say(const std::string& what);
  void Clear() { bar_.Clear(); }

  bool broken() const { return broken_; }  ///< Nobody reads what is told.
  const ArchivePace& pace() const { return pace_; }

 private:
  std::string Note() const;
  std::string Line() const;

  std::string run_;
  bool as_json_;
  double finish_in_s_;
  Progress bar_;
  ArchivePace pace_;
  std::deque<std::pair<Clock::time_point, std::int64_t>> past_;  ///< When so many were done.
  Clock::time_point last_line_ = {};
  std::string said_;
  bool broken_ = false;
};

}  // namespace euphone::cli
