#include "score/learned_scorer.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>

#include "score/prosody_terms.h"
#include "score/scoring_parts.h"

namespace euphone {
namespace {

constexpr double kPhoneScale = 50.0;  // From 0–2.
constexpr double kOtherScale = 10.0;  // From 0–10.

/// From a rater's scale to 0–100.
struct Scale {
  double factor = 1.0;
  const std::optional<Curve>& curve;

  double At(double value) const {
    const double score = std::clamp(factor * value, 0.0, 100.0);
    return curve ? std::clamp(curve->At(score), 0.0, 100.0) : score;
  }
};

struct Estimate {
  double score = 0.0;
  double spread = 0.0;
};

/// What the members, one in each row, say in a column.
Estimate Agreed(const Matrix& members, std::size_t column, const Scale& scale) {
  const auto count = static_cast<double>(members.rows);
  double sum = 0.0, scaled_sum = 0.0;
  for (std::size_t m = 0; m < members.rows; ++m) {
    const auto value = static_cast<double>(members.at(m, column));
    sum += value;
    scaled_sum += scale.At(value);
  }
  double squares = 0.0;
  for (std::size_t m = 0; m < members.rows; ++m) {
    const double off = scale.At(static_cast<double>(members.at(m, column))) - scaled_sum / count;
    squares += off * off;
  }
  return {scale.At(sum / count), members.rows > 1 ? std::sqrt(squares / (count - 1.0)) : 0.0};
}

/// Where a score stands among those that the model gives.
std::optional<std::size_t> Column(const std::vector<std::string>& names, std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names.begin());
}

Error Misfit(const ScoringSpec& spec) {
  return {Errc::kInternal, "the acoustic model gives no features of width " +
                               std::to_string(spec.feature_width) + ", which the scorer of " +
                               spec.name + " needs; choose the model of the same bundle"};
}

}  // namespace

Result<LearnedScorer> LearnedScorer::Create(std::shared_ptr<const ScoringModel> model,
                                            Calibration calibration) {
  if (!model) return Error{Errc::kInvalidArgument, "a learned scorer needs a model"};
  std::vector<std::size_t> terms;
  for (const std::string& name : model->spec().prosody_terms) {
    const auto known = std::ranges::find(kProsodyNames, name);
    if (known == kProsodyNames.end()) {
      return Error{
          Errc::kUnsupported,
          model->spec().name + ": its scorer asks for '" + name +
              "', which this program does not measure; update it, or take the plain scorer"};
    }
    terms.push_back(static_cast<std::size_t>(known - kProsodyNames.begin()));
  }
  return LearnedScorer(std::move(model), std::move(calibration), std::move(terms));
}

Matrix LearnedScorer::ProsodyOf(const SentenceEvidence& sentence) const {
  Matrix table{0, prosody_terms_.size(), {}};
  if (prosody_terms_.empty()) return table;
  for (const PhoneProsody& prosody : MeasureProsody(sentence)) {
    ++table.rows;
    for (const std::size_t term : prosody_terms_) {
      table.values.push_back(static_cast<float>(prosody[term]));
    }
  }
  return table;
}

void LearnedScorer::JudgeWord(const ScoringOutput& answer, std::size_t nth, std::size_t first_phone,
                              Judgement::Word& word) const {
  const ScoringSpec& spec = model_->spec();
  for (std::size_t i = 0; i < word.phones.size(); ++i) {
    const Estimate phone =
        Agreed(answer.phones, first_phone + i, {kPhoneScale, calibration_.learned.phone});
    word.phones[i] = phone.score;
    word.phone_spreads.push_back(phone.spread);
    if (spec.hears) word.heard.push_back(HeardIn(answer.heard.row(first_phone + i)));
  }
  const auto judged = [&](std::string_view name,
                          const std::optional<Curve>& curve) -> std::optional<Estimate> {
    const auto column = Column(spec.word_scores, name);
    if (!column) return std::nullopt;
    return Agreed(answer.words, nth * spec.word_scores.size() + *column, {kOtherScale, curve});
  };
  if (const auto accuracy = judged("accuracy", calibration_.learned.word)) {
    word.accuracy = accuracy->score;
    word.spread = accuracy->spread;
  }
  if (const auto stress = judged("stress", std::nullopt)) word.stress = stress->score;
  if (const auto total = judged("total", std::nullopt)) word.total = total->score;
}

void LearnedScorer::JudgeSentence(const ScoringOutput& answer, Judgement& judgement) const {
  const auto judged = [&](std::string_view name,
                          const std::optional<Curve>& curve) -> std::optional<Estimate> {
    const auto column = Column(model_->spec().sentence_scores, name);
    if (!column) return std::nullopt;
    return Agreed(answer.sentence, *column, {kOtherScale, curve});
  };
  if (const auto accuracy = judged("accuracy", calibration_.learned.sentence)) {
    judgement.accuracy = accuracy->score;
    judgement.spread = accuracy->spread;
  }
  if (const auto fluency = judged("fluency", calibration_.learned.fluency)) {
    judgement.fluency = fluency->score;
  }
  if (const auto prosody = judged("prosodic", calibration_.learned.prosody)) {
    judgement.prosody = prosody->score;
  }
  if (const auto total = judged("total", calibration_.learned.total)) {
    judgement.total = total->score;
    judgement.spread = total->spread;
  }
}

Result<Judgement> LearnedScorer::Judge(const SentenceEvidence& sentence,
                                       const Posteriors& posteriors) const {
  Judgement judgement;
  judgement.words.resize(sentence.words.size());
  const std::vector<ReadWord> words = WordsRead(sentence);
  if (words.empty()) return judgement;
  const ScoringSpec& spec = model_->spec();
  if (posteriors.features.columns != spec.feature_width || posteriors.ctc.columns != spec.classes) {
    return Misfit(spec);
  }
  const auto parts = CutIntoParts(words, spec.max_phones);
  if (!parts) return parts.error();
  Matrix prosody = ProsodyOf(sentence);
  std::vector<ScoringOutput> answers;
  for (const auto& part : *parts) {
    auto answer = model_->Run(InputOf(part, posteriors, prosody));
    if (!answer) return answer.error();
    answers.push_back(*std::move(answer));
  }
  const auto answer = Joined(std::move(answers));
  if (!answer) return answer.error();
  for (std::size_t nth = 0; nth < words.size(); ++nth) {
    Judgement::Word& word = judgement.words[words[nth].index];
    word.phones.resize(words[nth].evidence->phones.size());
    JudgeWord(*answer, nth, words[nth].first_phone, word);
  }
  JudgeSentence(*answer, judgement);
  const double read =
      static_cast<double>(words.size()) / static_cast<double>(sentence.words.size());
  judgement.accuracy *= read;
  if (judgement.total) *judgement.total *= read;
  if (!judgement.fluency) {
    const auto terms = TempoTerms(sentence.tempo, judgement.accuracy);
    judgement.fluency = calibration_.fluency_curve.At(calibration_.fluency.At(terms));
  }
  return judgement;
}

}  // namespace euphone
