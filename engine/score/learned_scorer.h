#pragma once

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "model/scoring_model.h"
#include "score/calibration.h"
#include "score/scorer.h"

namespace euphone {

/// Lets a network that sees the whole sentence judge it, as in GOPT (Gong et al. 2022): phones,
/// words and sentence at once. Members of an ensemble are averaged on the raters' own scales, which
/// then become 0–100 (phones times 50, the others times 10, clamped) and go through the
/// calibration's learned curves. Words that were left out are not shown to it; they count as 0, so
/// that accuracy and total of the sentence are those of what was read times its share of the words.
/// Texts of more phones than it takes are judged in parts. Where it knows no fluency, the tempo's
/// is given.
class LearnedScorer final : public Scorer {
 public:
  /// Fails: kInvalidArgument without a model; kUnsupported for a model that asks for a prosody term
  /// which this program does not measure.
  static Result<LearnedScorer> Create(std::shared_ptr<const ScoringModel> model,
                                      Calibration calibration);

  /// Fails also as ScoringModel::Run, and with kInternal for posteriors without the features that
  /// the model needs.
  Result<Judgement> Judge(const SentenceEvidence& sentence,
                          const Posteriors& posteriors) const override;

 private:
  LearnedScorer(std::shared_ptr<const ScoringModel> model, Calibration calibration,
                std::vector<std::size_t> prosody_terms)
      : model_(std::move(model)),
        calibration_(std::move(calibration)),
        prosody_terms_(std::move(prosody_terms)) {}

  Matrix ProsodyOf(const SentenceEvidence& sentence) const;
  void JudgeWord(const ScoringOutput& answer, std::size_t nth, std::size_t first_phone,
                 Judgement::Word& word) const;
  void JudgeSentence(const ScoringOutput& answer, Judgement& judgement) const;

  std::shared_ptr<const ScoringModel> model_;
  Calibration calibration_;
  std::vector<std::size_t> prosody_terms_;  ///< Those of the model, as positions in PhoneProsody.
};

}  // namespace euphone
