#include "align/frame_costs.h"

#include <algorithm>
#include <limits>

namespace euphone {
namespace {

/// Log-probabilities this far below the best count the same; softmax underflow gives −∞.
constexpr float kWorst = -30.0F;

}  // namespace

FrameCosts::FrameCosts(std::size_t class_count, const AlignCosts& costs)
    : substituted_(static_cast<float>(costs.substituted_phone)),
      deleted_(static_cast<float>(costs.deleted_phone)),
      extra_phone_(static_cast<float>(costs.extra_phone)),
      inserted_phone_(static_cast<float>(costs.inserted_phone)),
      stay_(class_count),
      enter_(class_count) {}

void FrameCosts::Next(std::span<const float> log_probs) {
  const auto best = std::max_element(log_probs.begin(), log_probs.end());
  const auto likeliest = static_cast<std::uint16_t>(best - log_probs.begin());
  const bool starts_run = likeliest != 0 && likeliest != likeliest_;
  likeliest_ = likeliest;
  const float floor = -(likeliest == 0 ? deleted_ : substituted_);
  // All classes −∞ (a broken model) would give NaN: then every class is as likely as the best.
  const float top = std::max(*best, std::numeric_limits<float>::lowest());
  for (std::size_t c = 0; c < log_probs.size(); ++c) {
    stay_[c] = std::max(log_probs[c] - top, kWorst);
    enter_[c] = std::max(stay_[c], floor);
  }
  // The first frame of a phone that was said pays for it; the rest of its run is free, whoever
  // takes it. However unsure the model is of that phone, it costs no less: else the cheap extra
  // phones of a hesitant reader would hide in the words around them.
  const bool goes_on = likeliest != 0 && !starts_run;
  const float silence = goes_on ? 0.0F : stay_[0];
  blank_ = starts_run ? -extra_phone_ : silence;
  gap_ = starts_run ? std::min(silence, -extra_phone_) : silence;
  extra_ = starts_run ? -inserted_phone_ : 0.0F;
}

void AppendRuns(std::span<const std::uint16_t> likeliest, std::size_t begin, std::size_t end,
                std::vector<PhoneSpan>& phones) {
  for (std::size_t t = begin; t < end; ++t) {
    if (likeliest[t] == 0) continue;
    if (t == 0 || likeliest[t] != likeliest[t - 1])
      phones.push_back({likeliest[t] - 1, t, t + 1});
    else if (!phones.empty() && phones.back().end == t)
      phones.back().end = t + 1;
  }
}

}  // namespace euphone
