#include "coach/drill_chance.h"

#include <algorithm>
#include <cmath>

namespace euphone {
namespace {

constexpr double kUnknownSkill = 0.7, kUnknownTimes = 4.0;
constexpr double kEven = 0.5;
constexpr double kAlone = 0.6, kInPair = 0.2;
constexpr double kPerSyllable = 0.15, kUsualSyllables = 2.0;
/// Nobody is beyond all doubt.
constexpr double kLeast = 0.02;

double Logit(double p) { return std::log(p / (1.0 - p)); }
double Logistic(double x) { return 1.0 / (1.0 + std::exp(-x)); }

double Ease(DrillKind kind) {
  switch (kind) {
    case DrillKind::kWord:
      return kAlone;
    case DrillKind::kPair:
      return kInPair;
    case DrillKind::kSentence:
      return 0.0;
  }
  return 0.0;
}

double Ease(SoundPlace place) {
  switch (place) {
    case SoundPlace::kInitial:
      return 0.3;
    case SoundPlace::kMedial:
      return 0.1;
    case SoundPlace::kFinal:
      return -0.3;
    case SoundPlace::kCluster:
      return -0.5;
  }
  return 0.0;
}

}  // namespace

double SkillOf(const SoundSkill& skill) {
  const double q = (skill.times * skill.mean / 100.0 + kUnknownTimes * kUnknownSkill) /
                   (skill.times + kUnknownTimes);
  const double p = skill.recall * q + (1.0 - skill.recall) * std::min(q, kEven);
  return std::clamp(p, kLeast, 1.0 - kLeast);
}

double ChanceIn(double skill, DrillKind kind, bool vowel, SoundPlace place, std::size_t syllables) {
  return Logistic(Logit(skill) + Ease(kind) + (vowel ? 0.0 : Ease(place)) +
                  kPerSyllable * (kUsualSyllables - static_cast<double>(syllables)));
}

double ChanceOfWord(double chance, const SoundSkill::Said& said) {
  return (said.times * said.mean / 100.0 + kUnknownTimes * chance) / (said.times + kUnknownTimes);
}

}  // namespace euphone
