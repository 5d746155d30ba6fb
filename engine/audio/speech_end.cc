#include "audio/speech_end.h"

#include <algorithm>
#include <cmath>

namespace euphone {
namespace {

constexpr Millis kFrame{20};
constexpr std::size_t kRemembered = 400;  ///< Frames: 8 s.
constexpr std::size_t kFewest = 10;       ///< Frames before anything is said.
constexpr std::size_t kBeginning = 10;    ///< Frames of speech: a fifth of a second.
constexpr std::size_t kMostCredit = 15;
constexpr std::size_t kWord = 3;  ///< Frames; less is a click.
constexpr double kAboveNoiseDb = 10.0;
constexpr double kQuietestSpeechDbfs = -55.0;
constexpr float kDigitalSilenceDbfs = -90.0f;  ///< A device that has not begun: not its noise.

}  // namespace

SpeechEnd::SpeechEnd(SampleRate rate, Millis pause)
    : frame_samples_(std::max<std::size_t>(1, static_cast<std::size_t>(SamplesIn(kFrame, rate)))),
      pause_frames_(static_cast<std::size_t>(pause.value / kFrame.value + 0.5)) {
  levels_.reserve(kRemembered);
  sorted_.reserve(kRemembered);
}

bool SpeechEnd::Push(PcmView samples) {
  for (const float sample : samples) {
    sum_ += static_cast<double>(sample) * sample;
    if (++filled_ == frame_samples_) EndFrame();
  }
  return ended_;
}

double SpeechEnd::Threshold() {
  sorted_.clear();
  std::ranges::copy_if(levels_, std::back_inserter(sorted_),
                       [](float level) { return level > kDigitalSilenceDbfs; });
  if (sorted_.empty()) return kQuietestSpeechDbfs;
  const auto tenth = sorted_.begin() + static_cast<std::ptrdiff_t>(sorted_.size() / 10);
  std::ranges::nth_element(sorted_, tenth);
  return std::max(kQuietestSpeechDbfs, *tenth + kAboveNoiseDb);
}

void SpeechEnd::EndFrame() {
  const double mean = sum_ / static_cast<double>(frame_samples_);
  sum_ = 0.0;
  filled_ = 0;
  const auto level = static_cast<float>(10.0 * std::log10(std::max(mean, 1e-12)));
  if (levels_.size() < kRemembered) {
    levels_.push_back(level);
  } else {
    levels_[frames_ % kRemembered] = level;
  }
  ++frames_;
  if (frames_ < kFewest) return;
  if (level > Threshold()) {
    speech_run_ = std::min(speech_run_ + 1, kMostCredit);
    if (speech_run_ >= kWord) silent_run_ = 0;
  } else {
    if (speech_run_ > 0) --speech_run_;
    ++silent_run_;
  }
  if (speech_run_ >= kBeginning) heard_ = true;
  if (heard_ && silent_run_ >= pause_frames_) ended_ = true;
}

}  // namespace euphone
