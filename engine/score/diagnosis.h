#pragma once

#include <array>

#include "score/analysis.h"
#include "score/calibration.h"

namespace euphone {

/// The terms that claims about a phone, or a word that was read, rest on.
std::array<double, kPhoneClaimTerms.size()> ClaimTerms(const PhoneScore& phone,
                                                       double word_accuracy);
std::array<double, kWordClaimTerms.size()> ClaimTerms(const WordScore& word);

/// How likely the phone was said as `said`, 0–1: its share of what is not nothing.
double ProbabilityOf(const Heard& heard, PhoneId said);

/// What may be claimed of a sound. Right and wrong where raters would agree with the rule's
/// probability; a wrong one is dropped where probably nothing was heard, substituted where one
/// other phone is likely enough and the sound long enough to tell, else distorted.
Diagnosis DiagnosisOf(const PhoneScore& phone, double word_accuracy, const DiagnosisRule& rule);

/// Writes into every word that was read what may be claimed of it and of its sounds; leaves
/// `analysis` alone where the calibration has no rule. Nothing is claimed of a guessed
/// pronunciation, of a reading whose fit is under `unsure_below`, of a recording noisier than the
/// rule allows or with a finding that may spoil the score.
void Diagnose(const Calibration& calibration, Analysis& analysis);

}  // namespace euphone
