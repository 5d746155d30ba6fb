#include "model_kernels/kernels_scoring_model.h"

#include <algorithm>
#include <cassert>
#include <string>
#include <utility>
#include <vector>

#include "model_kernels/attention_ring.h"
#include "model_kernels/bundle_weights.h"
#include "model_kernels/network_math.h"
#include "model_kernels/scorer_reading.h"
#include "model_kernels/scorer_weights.h"

namespace euphone {
namespace {

constexpr float kWordScale = 5.0F, kMostPhone = 2.0F, kMostScore = 10.0F;
constexpr float kLeastOfWord = -50.0F;

/// One member's judgement of one sentence.
class Judgement {
 public:
  Judgement(const ScorerMember& member, std::size_t width, const kernels::Kernels& functions,
            std::size_t phones)
      : m_(member),
        k_(functions),
        width_(width),
        tokens_(member.tokens.size() / width),
        rows_(tokens_ + phones),
        ring_({.layers = 1,
               .heads = ScorerWeights::kHeads,
               .head_width = width / ScorerWeights::kHeads},
              functions) {
    kernels::Arena size;
    Take(size);
    work_ = Block(size.most());
    std::fill_n(work_.get(), work_.bytes(), std::byte{});
    kernels::Arena work(work_.get());
    Take(work);
  }

  /// `standard`: [phones, inputs] of what is described, standardised.
  void Read(const Matrix& standard, const ScoringInput& input) {
    std::copy(m_.tokens.begin(), m_.tokens.end(), x_);
    float* row = x_ + tokens_ * width_;
    math().Words(m_.reduce, {standard.values.data(), standard.columns, standard.rows}, row);
    const WordPlaces places = FindWordPlaces(input.words, m_.front.size() / width_ - 1);
    const std::size_t last = m_.places.size() / width_ - 1;
    for (std::size_t i = 0; i < standard.rows; ++i, row += width_) {
      k_.add(RowOf(m_.phones, static_cast<std::size_t>(input.phones[i])), width_, row);
      k_.add(RowOf(m_.front, places.front[i]), width_, row);
      k_.add(RowOf(m_.back, places.back[i]), width_, row);
      k_.add(RowOf(m_.places, std::min(i, last)), width_, row);
    }
    for (const ScorerBlock& block : m_.blocks) Pass(block);
    Norm(m_.norm);
  }

  void Phones(std::span<float> scores) const {
    math().Words(m_.phone_head, {Phone(0), width_, scores.size()}, scores.data());
    for (float& score : scores) score = std::clamp(score, 0.0F, kMostPhone);
  }

  void Sentence(std::span<float> scores) const {
    math().Words(m_.sentence_head, {normed_, tokens_ * width_, 1}, scores.data());
    for (float& score : scores) score = std::clamp(score * kWordScale, 0.0F, kMostScore);
  }

  /// From the mean and the largest of each number of a word's phones.
  void Words(const std::vector<std::int64_t>& words, std::span<float> scores) const {
    const std::size_t each = m_.word_head.outputs();
    for (std::size_t begin = 0; begin < words.size(); scores = scores.subspan(each)) {
      std::size_t end = begin;
      std::fill_n(wide_, width_, 0.0F);
      std::fill_n(wide_ + width_, width_, kLeastOfWord);
      for (; end < words.size() && words[end] == words[begin]; ++end) {
        k_.add(Phone(end), width_, wide_);
        for (std::size_t i = 0; i < width_; ++i)
          wide_[width_ + i] = std::max(wide_[width_ + i], Phone(end)[i]);
      }
      for (std::size_t i = 0; i < width_; ++i) wide_[i] /= static_cast<float>(end - begin);
      math().Words(m_.word_head, {wide_, 2 * width_, 1}, scores.data());
      for (float& score : scores.first(each))
        score = std::clamp(score * kWordScale, 0.0F, kMostScore);
      begin = end;
    }
  }

 private:
  NetworkMath math() const { return {k_, nullptr, words_}; }
  const float* RowOf(const std::vector<float>& table, std::size_t row) const {
    return table.data() + row * width_;
  }
  const float* Phone(std::size_t i) const { return normed_ + (tokens_ + i) * width_; }

  void Take(kernels::Arena& arena) {
    x_ = arena.Take<float>(rows_ * width_);
    normed_ = arena.Take<float>(rows_ * width_);
    wide_ = arena.Take<float>(rows_ * 3 * width_);
    words_ = arena.Take<std::int16_t>(NetworkMath::kWordRows *
                                      std::max(m_.reduce.inputs(), m_.sentence_head.inputs()));
    ring_.Take(rows_, arena, arena);
  }

  void Norm(const NormWeights& norm) {
    for (std::size_t i = 0; i < rows_; ++i) {
      k_.normalise(x_ + i * width_, width_, norm.gain.data(), norm.offset.data(), kNormEpsilon,
                   normed_ + i * width_);
    }
  }

  void Pass(const ScorerBlock& block) {
    const kernels::FloatRows normed = {normed_, width_, rows_};
    float* const queries = wide_;
    float* const keys_and_values = wide_ + rows_ * width_;
    Norm(block.attention_norm);
    math().Words(block.qkv.view(0, width_), normed, queries);
    math().Words(block.qkv.view(width_, 2 * width_), normed, keys_and_values);
    ring_.Begin(rows_);
    ring_.Keep(0, keys_and_values);
    ring_.Attend(0, queries, normed_);
    math().Words(block.out, normed, wide_);
    k_.add(wide_, rows_ * width_, x_);
    Norm(block.mlp_norm);
    math().Words(block.up, normed, wide_);
    k_.gelu(wide_, rows_ * 2 * width_);
    math().Words(block.down, {wide_, 2 * width_, rows_}, normed_);
    k_.add(normed_, rows_ * width_, x_);
  }

  const ScorerMember& m_;
  const kernels::Kernels& k_;
  std::size_t width_, tokens_, rows_;
  AttentionRing ring_;
  Block work_;
  float* x_ = nullptr;       ///< [rows, width], the sentence's tokens first.
  float* normed_ = nullptr;  ///< The same.
  float* wide_ = nullptr;    ///< [rows, 3 width]
  std::int16_t* words_ = nullptr;
};

class KernelsScoringModel final : public ScoringModel {
 public:
  KernelsScoringModel(ScoringSpec spec, ScorerWeights weights, const kernels::Kernels& functions,
                      std::string context)
      : spec_(std::move(spec)),
        weights_(std::move(weights)),
        functions_(functions),
        context_(std::move(context)) {}

  const ScoringSpec& spec() const override { return spec_; }

  Result<ScoringOutput> Run(const ScoringInput& input) const override {
    auto described = DescribePhones(input);
    if (!described) return Prefixed(context_, described.error());
    if (described->columns != weights_.mean.size())
      return Error{Errc::kInternal, context_ + ": tables to be judged have other widths"};
    for (std::size_t row = 0; row < described->rows; ++row) {
      const auto numbers = described->row(row);
      for (std::size_t i = 0; i < numbers.size(); ++i)
        numbers[i] = (numbers[i] - weights_.mean[i]) / weights_.scale[i];
    }
    const std::size_t phones = input.phones.size(), members = weights_.members.size();
    const std::size_t words = static_cast<std::size_t>(input.words.back()) + 1;
    ScoringOutput output{.phones = Matrix::Filled(members, phones, 0.0F),
                         .words = Matrix::Filled(members, words * spec_.word_scores.size(), 0.0F),
                         .sentence = Matrix::Filled(members, spec_.sentence_scores.size(), 0.0F),
                         .heard = {}};
    for (std::size_t i = 0; i < members; ++i) {
      Judgement judgement(weights_.members[i], weights_.width, functions_, phones);
      judgement.Read(*described, input);
      judgement.Phones(output.phones.row(i));
      judgement.Words(input.words, output.words.row(i));
      judgement.Sentence(output.sentence.row(i));
    }
    for (const Matrix* const table : {&output.phones, &output.words, &output.sentence}) {
      if (auto finite = CheckOutput(table->values, context_); !finite) return finite.error();
    }
    return output;
  }

 private:
  ScoringSpec spec_;
  ScorerWeights weights_;
  const kernels::Kernels& functions_;
  std::string context_;  ///< "bundle: file", for messages.
};

}  // namespace

Result<std::unique_ptr<ScoringModel>> OpenKernelsScoringModel(const Bundle& bundle,
                                                              const kernels::Kernels& functions) {
  if (!bundle.manifest().scorer)
    return Error{Errc::kInvalidArgument, bundle.name() + ": carries no scorer"};
  const ScorerEntry& entry = *bundle.manifest().scorer;
  auto weights = ReadWeights<ScorerWeights>(bundle, FileRole::kScorer, entry);
  if (!weights) return weights.error();
  return std::unique_ptr<ScoringModel>(std::make_unique<KernelsScoringModel>(
      entry.spec, *std::move(weights), functions, ContextOf(bundle, FileRole::kScorer)));
}

}  // namespace euphone
