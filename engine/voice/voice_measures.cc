#include "voice/voice_measures.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <string>

#include "base/plain_text.h"
#include "voice/harmonicity.h"
#include "voice/held_vowels.h"
#include "voice/pulses.h"

namespace euphone {
namespace {

constexpr double kSilentPeak = 0.001;  // −60 dB of full scale.
// Above, a period has too few samples to be placed.
constexpr double kMostCeilingShare = 0.25;
constexpr double kSlack = 1e-6;  // Ends that were printed rounded are still ends.

std::string Seconds(double seconds) { return FixedDigits(std::min(seconds, 1e9), 2) + " s"; }

double StandardDeviation(const std::vector<double>& values, double mean) {
  double sum = 0.0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return std::sqrt(sum / static_cast<double>(values.size() - 1));
}

double MeanOf(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// `hz`: of the frames in the range. Their mean is one over time.
std::optional<PitchStatistics> StatisticsOf(std::vector<double> hz, const PitchContour& contour,
                                            TimeRange range) {
  if (hz.empty()) return std::nullopt;
  std::ranges::sort(hz);
  const std::size_t half = hz.size() / 2;
  PitchStatistics statistics{
      .mean_hz = contour.MeanIn(range).value_or(MeanOf(hz)),
      .median_hz = hz.size() % 2 == 1 ? hz[half] : 0.5 * (hz[half - 1] + hz[half]),
      .least_hz = hz.front(),
      .most_hz = hz.back(),
      .sd_hz = {},
      .sd_semitones = {}};
  if (hz.size() < 2) return statistics;
  statistics.sd_hz = StandardDeviation(hz, MeanOf(hz));
  std::vector<double> semitones;
  for (const double pitch : hz) semitones.push_back(12.0 * std::log2(pitch));
  statistics.sd_semitones = StandardDeviation(semitones, MeanOf(semitones));
  return statistics;
}

Status CheckRange(const PitchRange& range, SampleRate rate) {
  if (!(range.floor_hz > 0.0) || range.ceiling_hz < 1.5 * range.floor_hz) {
    return Error{Errc::kInvalidArgument,
                 "the pitch ceiling must be at least one and a half times the floor"};
  }
  if (range.ceiling_hz > kMostCeilingShare * rate.hz) {
    return Error{Errc::kInvalidArgument, "the pitch ceiling is too high for a recording of " +
                                             std::to_string(rate.hz) + " Hz; take a lower one"};
  }
  return {};
}

/// The stretch that was asked for, held against the recording.
Result<TimeRange> Asked(const VoiceOptions& options, double duration) {
  const TimeRange range{options.from_s.value_or(0.0), options.to_s.value_or(duration)};
  const std::string length = "; the recording has " + Seconds(duration);
  if (range.from_s < 0.0 || range.from_s >= duration) {
    return Error{Errc::kInvalidArgument,
                 "nothing is there from " + Seconds(range.from_s) + " on" + length};
  }
  if (range.to_s > duration + kSlack) {
    return Error{Errc::kInvalidArgument, "nothing is there up to " + Seconds(range.to_s) + length};
  }
  if (range.seconds() < kShortestStretchSeconds - kSlack) {
    return Error{Errc::kInvalidArgument, "from " + Seconds(range.from_s) + " to " +
                                             Seconds(range.to_s) +
                                             " is too short to be measured; take " +
                                             Seconds(kShortestStretchSeconds) + " or more"};
  }
  return range;
}

/// All that is found in the whole recording.
struct Findings {
  PitchContour pitch;
  std::vector<double> pulses;
  Harmonicity harmonicity;
  Loudness loudness;
};

VoiceMeasures Measure(PcmView pcm, SampleRate rate, const Findings& findings, TimeRange range,
                      const VoiceOptions& options) {
  std::vector<double> voiced;
  const auto frames = findings.pitch.In(range);
  std::ranges::copy_if(frames, std::back_inserter(voiced), [](double hz) { return hz > 0.0; });
  const auto first = std::ranges::lower_bound(findings.pulses, range.from_s);
  const auto last = std::ranges::upper_bound(findings.pulses, range.to_s);
  VoiceMeasures measures{
      .range = range,
      .pitch = StatisticsOf(voiced, findings.pitch, range),
      .unvoiced_share = 0.0,
      .pulses = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, last - first)),
      .breaks = FindVoiceBreaks(findings.pulses, range, options.pitch.floor_hz),
      .jitter = MeasureJitter(findings.pulses, range, options.periods),
      .shimmer = MeasureShimmer(pcm, rate, findings.pulses, range, options.periods),
      .hnr_db = findings.harmonicity.MeanIn(range),
      .loudness = findings.loudness.In(range)};
  if (!frames.empty()) {
    measures.unvoiced_share =
        1.0 - static_cast<double>(voiced.size()) / static_cast<double>(frames.size());
  }
  return measures;
}

bool HasVoice(std::span<const double> hz) {
  return std::ranges::any_of(hz, [](double pitch) { return pitch > 0.0; });
}

Error NoVoice() {
  return {Errc::kUnsupported,
          "no voice in it, only noise or silence; record a held vowel, such as 'aah', close to the "
          "microphone"};
}

}  // namespace

Result<std::vector<VoiceMeasures>> MeasureVoice(PcmView pcm, SampleRate rate,
                                                const VoiceOptions& options) {
  if (auto status = CheckRange(options.pitch, rate); !status) return status.error();
  const double duration = SecondsIn(std::ssize(pcm), rate);
  if (duration < kShortestStretchSeconds) {
    return Error{Errc::kInvalidArgument, "too short to be measured (" + Seconds(duration) +
                                             "); hold a vowel for a second or more"};
  }
  const auto asked = Asked(options, duration);
  if (!asked) return asked.error();
  const float peak = std::ranges::max(pcm, {}, [](float sample) { return std::abs(sample); });
  if (static_cast<double>(std::abs(peak)) < kSilentPeak) {
    return Error{Errc::kUnsupported, "silent; check that the right microphone is on"};
  }

  const bool given = options.from_s || options.to_s;
  Findings findings{.pitch = FindPitch(pcm, rate, options.pitch),
                    .pulses = {},
                    .harmonicity = {},
                    .loudness = {}};
  if (!HasVoice(given ? findings.pitch.In(*asked) : findings.pitch.hz)) return NoVoice();
  std::vector<TimeRange> ranges{*asked};
  if (!given) ranges = FindHeldVowels(pcm, rate, findings.pitch);
  if (ranges.empty()) {
    return Error{Errc::kUnsupported,
                 "no vowel is held for half a second; hold one longer on one note, or choose the "
                 "stretch yourself (--from, --to)"};
  }
  findings.pulses = FindPulses(pcm, rate, findings.pitch);
  findings.harmonicity = FindHarmonicity(pcm, rate, options.pitch);
  findings.loudness = FindLoudness(pcm, rate, options.pitch);
  std::vector<VoiceMeasures> measures;
  for (const TimeRange& range : ranges)
    measures.push_back(Measure(pcm, rate, findings, range, options));
  return measures;
}

}  // namespace euphone
