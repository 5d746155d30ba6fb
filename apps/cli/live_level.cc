#include "live_level.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace euphone::cli {
namespace {

// Levels come twenty times a second.
constexpr std::size_t kRemembered = 200;
constexpr std::size_t kEnoughSpeech = 20;
constexpr std::size_t kLately = 30;
/// Of the levels so many are below that of the background.
constexpr double kBackgroundShare = 0.1;

double MeanPower(const std::vector<double>& levels) {
  double sum = 0.0;
  for (const double level : levels) sum += std::pow(10.0, level / 10.0);
  return 10.0 * std::log10(std::max(sum / static_cast<double>(levels.size()), 1e-12));
}

}  // namespace

void LevelView::Hear(const SoundLevel& level) {
  rms_ = level.rms_dbfs;
  seen_.push_back({level.rms_dbfs, level.peak_dbfs, level.speaking});
  if (seen_.size() > kRemembered) seen_.pop_front();
}

std::optional<double> LevelView::snr_db() const {
  std::vector<double> speech, all;
  for (const Seen& seen : seen_) {
    all.push_back(seen.rms);
    if (seen.speaking) speech.push_back(seen.rms);
  }
  if (speech.size() < kEnoughSpeech) return std::nullopt;
  const auto background =
      all.begin() + static_cast<std::ptrdiff_t>(kBackgroundShare * static_cast<double>(all.size()));
  std::nth_element(all.begin(), background, all.end());
  return std::max(0.0, MeanPower(speech) - *background);
}

LevelAdvice LevelView::advice() const {
  std::vector<double> speech;
  bool loud = false;
  for (std::size_t i = seen_.size() - std::min(seen_.size(), kLately); i < seen_.size(); ++i) {
    loud = loud || seen_[i].peak >= kLoudDbfs;
    if (seen_[i].speaking) speech.push_back(seen_[i].rms);
  }
  if (loud) return LevelAdvice::kTooLoud;
  if (speech.empty()) return LevelAdvice::kNone;
  if (speech.size() >= kEnoughSpeech && MeanPower(speech) < kQuietDbfs)
    return LevelAdvice::kTooQuiet;
  if (const auto snr = snr_db(); snr && *snr < kNoisyDb) return LevelAdvice::kNoisy;
  return LevelAdvice::kGood;
}

}  // namespace euphone::cli
