#pragma once

#include <cstddef>
#include <span>

namespace euphone {

/// Whether somebody speaks, from the framewise posteriors: 12 ms a frame. Speech is told after a
/// few frames of it, silence at once, for what waits for silence counts its frames itself.
class VoiceActivity {
 public:
  /// `log_probs`: a row of the framewise output, column 0 silence.
  void Push(std::span<const float> log_probs);

  bool speaking() const { return run_ >= kFrames; }
  /// Frames since somebody spoke; all so far where nobody has.
  std::size_t quiet() const { return frames_ - last_speech_; }
  std::size_t frames() const { return frames_; }
  /// Frame behind the last one of speech.
  std::size_t last_speech() const { return last_speech_; }
  /// Frames of speech so far.
  std::size_t speech() const { return speech_; }

 private:
  static constexpr std::size_t kFrames = 5;

  std::size_t frames_ = 0, last_speech_ = 0, run_ = 0, speech_ = 0;
};

}  // namespace euphone
