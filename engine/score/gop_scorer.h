#pragma once

#include <utility>

#include "score/calibration.h"
#include "score/scorer.h"

namespace euphone {

/// The plain scorer: calibrated goodness of pronunciation. Small, needs no second network.
class GopScorer final : public Scorer {
 public:
  explicit GopScorer(Calibration calibration) : calibration_(std::move(calibration)) {}

  Result<Judgement> Judge(const SentenceEvidence& sentence,
                          const Posteriors& posteriors) const override;

 private:
  Judgement::Word JudgeWord(const WordEvidence& word) const;

  Calibration calibration_;
};

}  // namespace euphone
