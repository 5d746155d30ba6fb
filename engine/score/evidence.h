#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "align/alignment.h"
#include "lexicon/phone_set.h"
#include "model/acoustic_model.h"

namespace euphone {

/// What the model's posteriors say about one expected phone: the terms of goodness of pronunciation
/// (GOP, Witt and Young 2000; log phone posterior and posterior ratio after Hu et al. 2015), from
/// both outputs. Logs are natural and floored at −12.
enum class EvidenceTerm {
  kCtcPosterior,    ///< Highest log P(phone) of the CTC output in the segment.
  kCtcRatio,        ///< That minus the highest of any other phone.
  kFramePosterior,  ///< Mean log P(phone) of the framewise output over the segment.
  kFrameRatio,      ///< That minus the highest mean of any other phone.
  kFrameShare,      ///< Mean P(phone) over the segment, 0–1.
  kLogDuration,     ///< Natural log of the segment's length in seconds.
};
inline constexpr std::size_t kEvidenceTerms = 6;
inline constexpr std::array<std::string_view, kEvidenceTerms> kEvidenceNames = {
    "ctc_posterior", "ctc_ratio", "frame_posterior", "frame_ratio", "frame_share", "log_duration"};

/// One value for each EvidenceTerm, all finite.
using Evidence = std::array<double, kEvidenceTerms>;

inline double Term(const Evidence& evidence, EvidenceTerm term) {
  return evidence[static_cast<std::size_t>(term)];
}

/// REQUIRES: span lies inside the posteriors and is not empty.
Evidence MeasureEvidence(const Posteriors& posteriors, const FrameGrid& grid,
                         const PhoneSpan& span);

/// A phone that may have been said, with its share of what all phones have in the segment, 0–1.
struct HeardPhone {
  PhoneId phone = 0;
  double probability = 0.0;
};

/// What was heard in a segment.
struct Heard {
  std::vector<HeardPhone> phones;  ///< Best first, at most five, none under 1 %.
  double nothing = 0.0;  ///< How likely no phone at all was said here (it was dropped), 0–1.
};

/// From the CTC output. REQUIRES: as for MeasureEvidence.
Heard MeasureHeard(const Posteriors& posteriors, const PhoneSpan& span);

/// From natural-log probabilities of what was said in a segment: column 0 nothing, then the phones.
Heard HeardIn(std::span<const float> log_probabilities);

}  // namespace euphone
