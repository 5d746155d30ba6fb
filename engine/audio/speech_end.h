#pragma once

#include <cstddef>
#include <vector>

#include "base/units.h"

namespace euphone {

/// Hears while a recording runs whether somebody spoke and has stopped.
/// By level alone: frames of 20 ms count as speech where they are 10 dB above the quietest tenth of
/// the last 8 s and above -55 dBFS. A fan or a hum is part of the quietest tenth after a second.
/// Any chunking gives the same answer. Memory: 2 kB. Thread: one at a time.
class SpeechEnd {
 public:
  /// `pause`: so long a silence after speech is its end.
  explicit SpeechEnd(SampleRate rate, Millis pause = {1500});

  /// Takes the next samples; whether the speech has ended by now. It stays ended.
  bool Push(PcmView samples);

  /// A fifth of a second of speech was heard.
  bool heard() const { return heard_; }
  bool ended() const { return ended_; }

 private:
  void EndFrame();
  double Threshold();

  std::size_t frame_samples_;
  std::size_t pause_frames_;
  double sum_ = 0.0;           ///< Of squares, in the frame that is filled.
  std::size_t filled_ = 0;     ///< Samples of it.
  std::vector<float> levels_;  ///< dBFS of the last 8 s, in a ring.
  std::vector<float> sorted_;
  std::size_t frames_ = 0;
  std::size_t speech_run_ = 0;  ///< Grows with speech, shrinks without.
  std::size_t silent_run_ = 0;  ///< Frames since the last speech.
  bool heard_ = false;
  bool ended_ = false;
};

}  // namespace euphone
