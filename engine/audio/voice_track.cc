#include "audio/voice_track.h"

#include <algorithm>
#include <cmath>

#include "audio/pitch_path.h"
#include "audio/speech_statistics.h"
#include "audio/yin.h"

namespace euphone {
namespace {

constexpr Millis kHop{10.0};
constexpr Millis kLevelWindow{25.0};
constexpr float kSilentBelowLoudDb = 40.0F;
constexpr double kLoudShare = 0.95;  // The level that one frame in twenty exceeds is loud.

float LevelAt(PcmView pcm, std::int64_t centre, std::int64_t half) {
  const auto size = static_cast<std::int64_t>(pcm.size());
  const std::int64_t begin = std::max<std::int64_t>(0, centre - half);
  const std::int64_t end = std::min(size, centre + half);
  double power = 0.0;
  for (std::int64_t i = begin; i < end; ++i) {
    const double sample = static_cast<double>(pcm[static_cast<std::size_t>(i)]);
    power += sample * sample;
  }
  return static_cast<float>(ToDbfs(power / static_cast<double>(end - begin)));
}

float LoudLevel(std::vector<float> levels) {
  const auto rank =
      static_cast<std::ptrdiff_t>(kLoudShare * static_cast<double>(levels.size() - 1));
  std::nth_element(levels.begin(), levels.begin() + rank, levels.end());
  return levels[static_cast<std::size_t>(rank)];
}

}  // namespace

VoiceTrack TrackVoice(PcmView pcm, SampleRate rate) {
  VoiceTrack track{.hop = SamplesIn(kHop, rate), .pitch_hz = {}, .level_db = {}};
  const auto frames = static_cast<std::int64_t>(pcm.size()) / track.hop;
  if (frames == 0) return track;
  const auto centre = [&](std::int64_t frame) { return frame * track.hop + track.hop / 2; };
  const std::int64_t half = SamplesIn(kLevelWindow, rate) / 2;
  for (std::int64_t i = 0; i < frames; ++i) track.level_db.push_back(LevelAt(pcm, centre(i), half));
  const float silent = LoudLevel(track.level_db) - kSilentBelowLoudDb;
  Yin yin(pcm, rate);
  PitchPath path;
  for (std::int64_t i = 0; i < frames; ++i) {
    if (track.level_db[static_cast<std::size_t>(i)] < silent) {
      path.Push({});
    } else {
      path.Push(yin.At(centre(i)));
    }
  }
  track.pitch_hz = path.Best();
  return track;
}

}  // namespace euphone
