#pragma once

#include <cstdint>
#include <vector>

#include "audio/quality.h"
#include "base/units.h"

namespace euphone {

/// Tells while somebody speaks what the quality gate would find fault with afterwards, each thing
/// once, and again only after half a minute.
class QualityWatch {
 public:
  static constexpr std::int64_t kWindow = 4 * 16000;  ///< Samples that are looked at.
  static constexpr std::int64_t kStep = 2 * 16000;    ///< From one look to the next.

  /// `pcm`: the last kWindow samples or, at the beginning, all; `now`: samples heard so far;
  /// `speech_seconds`: how long somebody spoke in the window.
  std::vector<Finding> Look(PcmView pcm, std::int64_t now, double speech_seconds);

 private:
  struct Told {
    FindingKind kind;
    std::int64_t at;
  };
  std::vector<Told> told_;
};

}  // namespace euphone
