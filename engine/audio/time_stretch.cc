#include "audio/time_stretch.h"

#include <SoundTouch.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <string>
#include <type_traits>

#include "audio/raw_format.h"

namespace euphone {
namespace {

static_assert(std::is_same_v<soundtouch::SAMPLETYPE, float>,
              "this SoundTouch was built for whole numbers");

// For a voice alone, which has no chords to keep: pieces of a few periods, found within one.
constexpr int kSequenceMs = 40;
constexpr int kSeekMs = 15;
constexpr int kOverlapMs = 8;
constexpr Millis kTail{150};
/// What SoundTouch is given at once: its buffers grow by a page, and are copied each time.
constexpr std::size_t kStretchBlock = 4096;

/// Appends what is ready.
void Drain(soundtouch::SoundTouch& stretch, std::vector<float>& out) {
  const std::size_t before = out.size();
  out.resize(before + stretch.numSamples());
  const unsigned got =
      stretch.receiveSamples(out.data() + before, static_cast<unsigned>(out.size() - before));
  out.resize(before + got);
}

}  // namespace

Result<std::vector<float>> StretchTime(PcmView pcm, SampleRate rate, double speed) try {
  if (auto status = CheckLimits(rate, 1); !status)
    return Error{Errc::kInvalidArgument, status.error().message};
  if (!(speed >= kSlowest && speed <= kFastest))
    return Error{Errc::kInvalidArgument, "a speed is 0.25 to 4"};
  if (speed == 1.0) return std::vector<float>(pcm.begin(), pcm.end());
  const auto wanted =
      static_cast<std::size_t>(std::lround(static_cast<double>(pcm.size()) / speed));

  soundtouch::SoundTouch stretch;
  stretch.setSampleRate(static_cast<unsigned>(rate.hz));
  stretch.setChannels(1);
  stretch.setTempo(speed);
  stretch.setSetting(SETTING_SEQUENCE_MS, kSequenceMs);
  stretch.setSetting(SETTING_SEEKWINDOW_MS, kSeekMs);
  stretch.setSetting(SETTING_OVERLAP_MS, kOverlapMs);
  std::vector<float> out;
  out.reserve(wanted + kStretchBlock);
  const auto push = [&](PcmView samples) {
    for (; !samples.empty(); samples = samples.subspan(std::min(kStretchBlock, samples.size()))) {
      stretch.putSamples(samples.data(),
                         static_cast<unsigned>(std::min(kStretchBlock, samples.size())));
      Drain(stretch, out);
    }
  };
  push(pcm);
  // Pieces that reach over the end would repeat it as a stutter; its mirror image goes on instead.
  const auto tail = static_cast<std::size_t>(SamplesIn(kTail, rate));
  const PcmView end = pcm.last(std::min(tail, pcm.size()));
  push(std::vector<float>(end.rbegin(), end.rend()));
  stretch.flush();
  Drain(stretch, out);
  out.resize(wanted, 0.0f);
  return out;
} catch (const std::exception& e) {
  return Error{Errc::kInternal, std::string("the speed cannot be changed: ") + e.what()};
}

}  // namespace euphone
