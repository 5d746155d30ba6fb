#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "audio/yin.h"

namespace euphone {

/// The second half of pYIN: the likeliest course of a voice through the candidates of frame after
/// frame, 10 ms apart, by Viterbi search in a hidden Markov model. Its states are pitches a quarter
/// of a semitone apart, each voiced or not; an unvoiced state remembers the pitch at which the
/// voice stopped, so that it goes on in the same octave. Internal to this module. Memory: about 50
/// bytes a frame. Thread: one at a time.
class PitchPath {
 public:
  PitchPath();

  void Push(std::span<const PitchCandidate> candidates);

  /// For each frame that was pushed its pitch in Hz, as the candidate says it; 0 where unvoiced.
  std::vector<float> Best() const;

  /// States of one kind: 36.7 semitones from kLowestPitchHz to kHighestPitchHz, in quarters.
  static constexpr std::size_t kBins = 148;

 private:
  /// A voiced state that is reached, and from where.
  struct Voiced {
    float hz = 0.0F;
    float score = 0.0F;
    std::uint8_t bin = 0;
    std::uint8_t from = 0;    ///< Bin of the frame before.
    bool was_voiced = false;  ///< Kind of that bin.
  };
  Voiced Reached(const PitchCandidate& candidate) const;

  std::vector<Voiced> voiced_;               ///< Of all frames, one after the other.
  std::vector<std::size_t> first_;           ///< In `voiced_`, for each frame; and the end.
  std::vector<std::bitset<kBins>> stopped_;  ///< Unvoiced bins of a frame that were voiced before.
  std::array<float, kBins> unvoiced_;        ///< Log likelihood of the last frame's unvoiced bins.
};

}  // namespace euphone
