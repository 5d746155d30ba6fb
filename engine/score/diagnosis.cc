#include "score/diagnosis.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace euphone {
namespace {

constexpr double kMostOdds = 5.0;  // Natural log-odds beyond tell no more.

double LogOdds(double probability) {
  const double kept = std::clamp(probability, 1e-6, 1.0 - 1e-6);
  return std::clamp(std::log(kept / (1.0 - kept)), -kMostOdds, kMostOdds);
}

double Logistic(double value) { return 1.0 / (1.0 + std::exp(-value)); }

struct Claimed {
  Certainty certainty = Certainty::kNotSure;
  double probability = 0.0;
};

/// Where both could be claimed, neither is.
Claimed ClaimOf(const ClaimRule& rule, std::span<const double> terms) {
  const double right = Logistic(rule.right.At(terms)), wrong = Logistic(rule.wrong.At(terms));
  const bool is_right = right >= rule.right_from, is_wrong = wrong >= rule.wrong_from;
  if (is_right == is_wrong) return {};
  if (is_right) return {Certainty::kRight, right};
  return {Certainty::kWrong, wrong};
}

double SecondsOf(const PhoneScore& phone) {
  return std::exp(Term(phone.evidence, EvidenceTerm::kLogDuration));
}

/// Whether the recording is good enough to claim anything.
bool Evident(const QualityReport& quality, const DiagnosisRule& rule) {
  return quality.snr_db >= rule.least_snr_db &&
         std::ranges::none_of(quality.findings, [](const Finding& finding) {
           return finding.severity != Severity::kNote;
         });
}

}  // namespace

double ProbabilityOf(const Heard& heard, PhoneId said) {
  const auto found = std::ranges::find(heard.phones, said, &HeardPhone::phone);
  return found == heard.phones.end() ? 0.0 : found->probability * (1.0 - heard.nothing);
}

std::array<double, kPhoneClaimTerms.size()> ClaimTerms(const PhoneScore& phone,
                                                       double word_accuracy) {
  return {phone.score, LogOdds(ProbabilityOf(phone.heard, phone.phone.id)),
          phone.uncertainty.value_or(0.0), Term(phone.evidence, EvidenceTerm::kLogDuration),
          word_accuracy};
}

std::array<double, kWordClaimTerms.size()> ClaimTerms(const WordScore& word) {
  const auto lowest = std::ranges::min_element(word.phones, {}, &PhoneScore::score);
  return {word.accuracy.value_or(0.0), lowest == word.phones.end() ? 0.0 : lowest->score,
          word.uncertainty.value_or(0.0)};
}

Diagnosis DiagnosisOf(const PhoneScore& phone, double word_accuracy, const DiagnosisRule& rule) {
  const Claimed claimed = ClaimOf(rule.phone, ClaimTerms(phone, word_accuracy));
  Diagnosis diagnosis{
      .claim = Claim::kNotSure, .said = std::nullopt, .probability = claimed.probability};
  if (claimed.certainty == Certainty::kNotSure) return diagnosis;
  diagnosis.claim = Claim::kRight;
  if (claimed.certainty == Certainty::kRight) return diagnosis;
  diagnosis.claim = Claim::kDistorted;
  if (phone.heard.nothing >= rule.nothing_from) {
    diagnosis.claim = Claim::kDropped;
  } else if (!phone.heard.phones.empty() && SecondsOf(phone) >= rule.shortest_s) {
    const PhoneId best = phone.heard.phones.front().phone;
    if (best != phone.phone.id && ProbabilityOf(phone.heard, best) >= rule.name_from) {
      diagnosis.claim = Claim::kSubstituted;
      diagnosis.said = best;
    }
  }
  return diagnosis;
}

void Diagnose(const Calibration& calibration, Analysis& analysis) {
  if (!calibration.diagnosis) return;
  const DiagnosisRule& rule = *calibration.diagnosis;
  const double margin = calibration.TextMargin(analysis.fit, analysis.chance_fit);
  const bool evident = margin >= calibration.unsure_below && Evident(analysis.quality, rule);
  for (WordScore& word : analysis.words) {
    if (word.phones.empty()) continue;
    const bool claims = evident && word.origin != Origin::kG2p;
    for (PhoneScore& phone : word.phones)
      phone.diagnosis =
          claims ? DiagnosisOf(phone, word.accuracy.value_or(0.0), rule) : Diagnosis{};
    word.certainty = claims ? ClaimOf(rule.word, ClaimTerms(word)).certainty : Certainty::kNotSure;
  }
}

}  // namespace euphone
