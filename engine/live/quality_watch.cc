#include "live/quality_watch.h"

#include <algorithm>

#include "audio/audio_reader.h"
#include "audio/quality_gate.h"

namespace euphone {
namespace {

constexpr double kEnoughSpeech = 1.5;             ///< Seconds that say something of a voice.
constexpr double kDeadDbfs = -85.0;               ///< No microphone in a room is so quiet.
constexpr std::int64_t kAgainAfter = 30 * 16000;  ///< Samples.

/// In a pause there is no speech to find fault with; that nothing at all comes is told always.
bool Tells(const Finding& finding, double speech_seconds) {
  switch (finding.kind) {
    case FindingKind::kSilent:
      return speech_seconds == 0.0 && finding.value < kDeadDbfs;
    case FindingKind::kTooQuiet:
    case FindingKind::kClipped:
    case FindingKind::kNoisy:
    case FindingKind::kBandLimited:
    case FindingKind::kDropouts:
      return speech_seconds >= kEnoughSpeech;
    case FindingKind::kEmpty:
    case FindingKind::kTooShort:
    case FindingKind::kDcOffset:
    case FindingKind::kTruncated:
    case FindingKind::kNotSpeech:
    case FindingKind::kMicrophoneChanged:
      break;
  }
  return false;
}

}  // namespace

std::vector<Finding> QualityWatch::Look(PcmView pcm, std::int64_t now, double speech_seconds) {
  std::vector<Finding> fresh;
  if (std::ssize(pcm) < kWindow) return fresh;
  for (Finding& finding : AssessQuality(pcm, kRecordingRate).findings) {
    if (!Tells(finding, speech_seconds)) continue;
    const auto told = std::find_if(told_.begin(), told_.end(),
                                   [&](const Told& t) { return t.kind == finding.kind; });
    const bool known = told != told_.end() && now - told->at < kAgainAfter;
    if (told == told_.end())
      told_.push_back({finding.kind, now});
    else
      told->at = now;
    if (!known) fresh.push_back(std::move(finding));
  }
  return fresh;
}

}  // namespace euphone
