#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/units.h"

namespace euphone {

/// The lowest and highest pitch that is looked for, Hz: from a low creak to a child's cry.
inline constexpr double kLowestPitchHz = 60.0;
inline constexpr double kHighestPitchHz = 500.0;

/// A pitch that a stretch of sound may have.
struct PitchCandidate {
  float hz = 0.0F;
  float probability = 0.0F;  ///< Of all candidates of a stretch at most 1 together.
};

/// The first half of pYIN (Mauch and Dixon 2014): the pitches that YIN (de Cheveigné and Kawahara
/// 2002) finds under any of its thresholds, each as probable as the thresholds that find it, under
/// a Beta(2, 18) prior. On the recording low-passed at 1.5 kHz and thinned to about 8 kHz: the
/// harmonics of a voice that matter lie below. Windows of 25 ms, placed symmetrically about their
/// centre for each period, as a gliding voice needs. Internal to this module. Thread: one at a
/// time.
class Yin {
 public:
  /// Rate: kMinRate to kMaxRate of raw_format.h.
  Yin(PcmView pcm, SampleRate rate);

  /// By rising period; empty where nothing repeats, as in silence. Valid until the next call.
  /// `centre`: a sample of the recording.
  std::span<const PitchCandidate> At(std::int64_t centre);

 private:
  void FillDips(const float* centre);

  std::size_t factor_;    ///< Samples of the recording for one of `thinned_`.
  double rate_;           ///< Of `thinned_`, Hz.
  std::size_t window_;    ///< In samples of `thinned_`, as the next two.
  std::size_t shortest_;  ///< Period.
  std::size_t longest_;
  std::size_t margin_;  ///< Zeros before and after the recording.
  std::vector<float> thinned_;
  std::vector<float> dips_;  ///< YIN's d'(period): 0 where the sound repeats itself, about 1 else.
  std::vector<PitchCandidate> candidates_;
};

}  // namespace euphone
