#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "live/event.h"

namespace euphone::cli {

/// What a level meter says of a microphone.
enum class LevelAdvice {
  kNone,      ///< Too early to tell, or nobody speaks.
  kGood,      ///< Somebody speaks, and is heard well.
  kTooQuiet,  ///< Speech is weaker than kQuietDbfs.
  kTooLoud,   ///< Samples reach full scale.
  kNoisy,     ///< Less than kNoisyDb between speech and what is there without it.
};

/// Follows the levels of a session: what is shown beside the bar. Pure.
class LevelView {
 public:
  static constexpr double kQuietDbfs = -45.0;
  static constexpr double kLoudDbfs = -0.5;
  static constexpr double kNoisyDb = 12.0;

  void Hear(const SoundLevel& level);

  double rms_dbfs() const { return rms_; }
  /// Speech over background, of the last ten seconds; absent before a second of speech.
  std::optional<double> snr_db() const;
  LevelAdvice advice() const;

 private:
  struct Seen {
    double rms;
    double peak;
    bool speaking;
  };
  std::deque<Seen> seen_;
  double rms_ = -120.0;
};

}  // namespace euphone::cli
