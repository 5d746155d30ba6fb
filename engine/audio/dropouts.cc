#include "audio/dropouts.h"

#include <algorithm>
#include <cmath>

namespace euphone {
namespace {

constexpr Millis kShortestDropout{3.0};    ///< A low tone may be flat for half a millisecond.
constexpr Millis kLongestDropout{1000.0};  ///< Longer, somebody switched it off.
constexpr Millis kNear{12.0};              ///< A period of a low voice.
constexpr Millis kFar{36.0};               ///< Where a sound that fades was louder.
constexpr Millis kEdge{3.0};               ///< What a gate or a fade leaves behind is soft there.
constexpr double kFlat = 0.001;            ///< Of the loud blocks: 60 dB below them.
constexpr double kLoud = 0.1;              ///< Likewise, of the neighbours: 20 dB below.
constexpr double kSharp = 0.15;            ///< Likewise, of their edges beside the gap.
constexpr double kCut = 0.5;               ///< Of what was before: what fades is less by then.
constexpr double kClipped = 0.9;           ///< Of the swing: a flat top.

double RmsOf(PcmView pcm, double offset) {
  double sum = 0.0;
  for (const float sample : pcm) sum += (sample - offset) * (sample - offset);
  return pcm.empty() ? 0.0 : std::sqrt(sum / static_cast<double>(pcm.size()));
}

/// RMS that a twentieth of the blocks exceed.
double LoudRms(PcmView pcm, std::size_t block, double offset) {
  std::vector<double> levels;
  for (std::size_t i = 0; i + block <= pcm.size(); i += block)
    levels.push_back(RmsOf(pcm.subspan(i, block), offset));
  if (levels.empty()) return 0.0;
  const auto place = levels.begin() + static_cast<std::ptrdiff_t>(levels.size() * 95 / 100);
  std::nth_element(levels.begin(), place, levels.end());
  return *place;
}

}  // namespace

std::vector<Dropout> FindDropouts(PcmView pcm, SampleRate rate, double offset, double swing) {
  const auto shortest = static_cast<std::size_t>(SamplesIn(kShortestDropout, rate));
  const auto longest = static_cast<std::size_t>(SamplesIn(kLongestDropout, rate));
  const auto near = static_cast<std::size_t>(SamplesIn(kNear, rate));
  const auto far = static_cast<std::size_t>(SamplesIn(kFar, rate));
  const auto edge = static_cast<std::size_t>(SamplesIn(kEdge, rate));
  const double loud = LoudRms(pcm, near, offset);
  const auto flat = static_cast<float>(kFlat * loud);
  std::vector<Dropout> dropouts;
  if (loud <= 0.0) return dropouts;

  const auto is_cut = [&](std::size_t begin, std::size_t end) {
    if (begin < far || pcm.size() - end < far) return false;
    if (std::abs(pcm[begin] - offset) >= kClipped * swing) return false;
    const double edges = std::min(RmsOf(pcm.subspan(begin - edge, edge), offset),
                                  RmsOf(pcm.subspan(end, edge), offset));
    if (edges < kSharp * loud) return false;
    const double before = RmsOf(pcm.subspan(begin - near, near), offset);
    const double after = RmsOf(pcm.subspan(end, near), offset);
    const double earlier = RmsOf(pcm.subspan(begin - far, far - near), offset);
    return std::min(before, after) >= kLoud * loud && before >= kCut * earlier;
  };
  std::size_t begin = 0;
  for (std::size_t i = 1; i <= pcm.size(); ++i) {
    if (i < pcm.size() && std::abs(pcm[i] - pcm[i - 1]) <= flat) continue;
    const std::size_t length = i - begin;
    if (length >= shortest && length <= longest && is_cut(begin, i)) dropouts.push_back({begin, i});
    begin = i;
  }
  return dropouts;
}

double SecondsOf(const std::vector<Dropout>& dropouts, SampleRate rate) {
  std::size_t samples = 0;
  for (const Dropout& dropout : dropouts) samples += dropout.end - dropout.begin;
  return SecondsIn(static_cast<std::int64_t>(samples), rate);
}

}  // namespace euphone
