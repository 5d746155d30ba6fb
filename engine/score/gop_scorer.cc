#include "score/gop_scorer.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace euphone {
namespace {

double Mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

Judgement::Word GopScorer::JudgeWord(const WordEvidence& word) const {
  Judgement::Word judged;
  if (word.phones.empty()) return judged;
  judged.phones.reserve(word.phones.size());
  for (std::size_t i = 0; i < word.phones.size(); ++i) {
    const LinearModel& model = calibration_.phones[static_cast<std::size_t>(word.phones[i].id)];
    judged.phones.push_back(calibration_.phone_curve.At(model.At(word.evidence[i])));
  }
  const std::array terms = {Mean(judged.phones),
                            *std::min_element(judged.phones.begin(), judged.phones.end())};
  judged.accuracy = calibration_.word_curve.At(calibration_.word.At(terms));
  return judged;
}

Result<Judgement> GopScorer::Judge(const SentenceEvidence& sentence, const Posteriors&) const {
  Judgement judgement;
  if (sentence.words.empty()) return judgement;
  double sum = 0.0, poor = 0.0;
  for (const WordEvidence& word : sentence.words) {
    judgement.words.push_back(JudgeWord(word));
    const double accuracy = judgement.words.back().accuracy;
    sum += accuracy;
    if (accuracy < calibration_.mispronounced_below) poor += 1.0;
  }
  const auto count = static_cast<double>(sentence.words.size());
  const std::array terms = {sum / count, poor / count};
  judgement.accuracy = calibration_.sentence_curve.At(calibration_.sentence.At(terms));
  const auto tempo = TempoTerms(sentence.tempo, judgement.accuracy);
  judgement.fluency = calibration_.fluency_curve.At(calibration_.fluency.At(tempo));
  return judgement;
}

}  // namespace euphone
