#include "model_ort/ort_scoring_model.h"

#include <cassert>
#include <utility>
#include <vector>

#include "model_ort/ort_session.h"

namespace euphone {
namespace {

std::int64_t Extent(std::size_t size) { return static_cast<std::int64_t>(size); }

InputTensor TableOf(const Matrix& table) {
  return {std::span<const float>(table.values), {Extent(table.rows), Extent(table.columns)}};
}

InputTensor ListOf(const std::vector<std::int64_t>& numbers) {
  return {std::span<const std::int64_t>(numbers), {Extent(numbers.size())}};
}

class OrtScoringModel final : public ScoringModel {
 public:
  OrtScoringModel(ScoringSpec spec, InferenceSession session)
      : spec_(std::move(spec)), session_(std::move(session)) {}

  const ScoringSpec& spec() const override { return spec_; }

  Result<ScoringOutput> Run(const ScoringInput& input) const override {
    const std::size_t phones = input.phones.size();
    assert(phones > 0 && phones <= spec_.max_phones && input.spans.size() == 2 * phones);
    std::vector<InputTensor> inputs = {TableOf(input.features), TableOf(input.ctc),
                                       TableOf(input.frames)};
    inputs.emplace_back(std::span<const std::int64_t>(input.spans), Shape{Extent(phones), 2});
    inputs.push_back(ListOf(input.phones));
    inputs.push_back(ListOf(input.words));
    if (!spec_.prosody_terms.empty()) inputs.push_back(TableOf(input.prosody));

    const std::size_t words = static_cast<std::size_t>(input.words.back()) + 1;
    const std::size_t word_scores = spec_.word_scores.size();
    const std::size_t sentence_scores = spec_.sentence_scores.size();
    std::vector<Shape> wishes = {{kAny, Extent(phones)},
                                 {kAny, Extent(words), Extent(word_scores)},
                                 {kAny, Extent(sentence_scores)}};
    if (spec_.hears) wishes.push_back({Extent(phones), Extent(spec_.classes)});
    auto tensors = session_.Run(inputs, wishes);
    if (!tensors) return tensors.error();
    std::vector<OutputTensor>& out = *tensors;
    ScoringOutput output{.phones = AsTable(std::move(out[0]), phones),
                         .words = AsTable(std::move(out[1]), words * word_scores),
                         .sentence = AsTable(std::move(out[2]), sentence_scores),
                         .heard = {}};
    if (spec_.hears) output.heard = AsTable(std::move(out[3]), spec_.classes);
    const std::size_t members = output.sentence.rows;
    if (output.phones.rows != members || output.words.rows != members) {
      return Error{Errc::kInternal, session_.context() + ": its outputs differ in members"};
    }
    return output;
  }

 private:
  ScoringSpec spec_;
  InferenceSession session_;
};

}  // namespace

Result<std::unique_ptr<ScoringModel>> OpenScoringModel(const Bundle& bundle,
                                                       const ModelOptions& options) {
  if (!bundle.manifest().scorer) {
    return Error{Errc::kInvalidArgument, bundle.name() + ": carries no scorer"};
  }
  const ScorerEntry& entry = *bundle.manifest().scorer;
  SessionSpec spec{.file = FileRole::kScorer,
                   .inputs = {{entry.features, ElementType::kFloat},
                              {entry.ctc, ElementType::kFloat},
                              {entry.frames, ElementType::kFloat},
                              {entry.spans, ElementType::kInt64},
                              {entry.phones, ElementType::kInt64},
                              {entry.words, ElementType::kInt64}},
                   .outputs = {entry.phone_scores, entry.word_scores, entry.sentence_scores}};
  if (!entry.prosody.empty()) spec.inputs.push_back({entry.prosody, ElementType::kFloat});
  if (!entry.heard.empty()) spec.outputs.push_back(entry.heard);
  // A scorer is many small steps: rewriting them takes longer than it ever saves a short program.
  auto session = InferenceSession::Open(bundle, std::move(spec),
                                        {.threads = options.threads, .optimise = false});
  if (!session) return session.error();
  return std::unique_ptr<ScoringModel>(
      std::make_unique<OrtScoringModel>(entry.spec, std::move(*session)));
}

}  // namespace euphone
