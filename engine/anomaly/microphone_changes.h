#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "anomaly/microphone_history.h"
#include "audio/quality.h"

namespace euphone {

enum class MicrophoneTrouble {
  kDropouts,
  kClipping,
  kDull,
  kSharp,
  kQuieter,
  kLouder,
  kHum50,
  kHum60,
  kNoisier,
  kOffset
};

/// "dropouts", "dull", …
std::string_view NameOf(MicrophoneTrouble trouble);

/// What is no longer as it was in the first days.
struct MicrophoneChange {
  MicrophoneTrouble trouble;
  std::string since;    ///< Day.
  double change = 0.0;  ///< In `unit`, of the last days against the first.
  std::string unit;     ///< "dB", "%", "Hz"
  bool gradual = false;
  std::string message;  ///< "Your microphone has become dull since …", one sentence.
  std::string advice;
};

/// Changes that last, those that harm most first; see FindDrift(). None before the first days are
/// over (kFirstDays, kFirstTakes) and three more takes are there. `takes`: in order of their days.
/// The voice varies, too: another sentence or speaker is none, a different room may be one.
std::vector<MicrophoneChange> FindMicrophoneChanges(std::span<const MicrophoneTake> takes);

/// Adds the gravest change, if `take` comes after `history`, as a warning to the report on it: the
/// score stands, but may differ from earlier ones for no fault of the speaker's.
void AddMicrophoneFinding(std::span<const MicrophoneTake> history, const MicrophoneTake& take,
                          QualityReport& report);

}  // namespace euphone
