#include "model_ort/ort_sentence_encoder.h"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "model/token_list.h"
#include "model_ort/ort_session.h"

namespace euphone {
namespace {

class OrtSentenceEncoder final : public SentenceEncoder {
 public:
  OrtSentenceEncoder(SentenceEncoderSpec spec, TokenList tokens, InferenceSession session)
      : spec_(std::move(spec)), tokens_(std::move(tokens)), session_(std::move(session)) {}

  const SentenceEncoderSpec& spec() const override { return spec_; }
  const std::vector<std::string>& pieces() const override { return tokens_.pieces(); }

  Result<std::vector<float>> Run(std::span<const std::int64_t> tokens) const override {
    if (tokens.empty() || tokens.size() > spec_.max_tokens) {
      return Error{Errc::kInvalidArgument,
                   spec_.name + " reads 1 to " + std::to_string(spec_.max_tokens) + " tokens"};
    }
    const auto count = static_cast<std::int64_t>(tokens_.size());
    if (!std::ranges::all_of(tokens, [&](std::int64_t id) { return id >= 0 && id < count; }))
      return Error{Errc::kInvalidArgument, "a token that " + spec_.name + " does not know"};
    const InputTensor input(tokens, {1, static_cast<std::int64_t>(tokens.size())});
    const Shape wish = {1, static_cast<std::int64_t>(spec_.width)};
    auto tensors = session_.Run({&input, 1}, {&wish, 1});
    if (!tensors) return tensors.error();
    return std::move((*tensors)[0].numbers);
  }

 private:
  SentenceEncoderSpec spec_;
  TokenList tokens_;
  InferenceSession session_;
};

Result<TokenList> ReadTokens(const Bundle& bundle, const SentenceEncoderSpec& spec) {
  const std::string path = bundle.manifest().Find(FileRole::kTokens)->path;
  if (auto intact = bundle.Verify(path); !intact) return intact.error();
  const std::string context = bundle.name() + ": " + path;
  auto tokens = TokenList::Parse(bundle.bytes(path));
  if (!tokens) return Prefixed(context, tokens.error());
  if (std::max({spec.begin_token, spec.end_token, spec.unknown_token}) >=
      static_cast<std::int64_t>(tokens->size())) {
    return Error{Errc::kCorrupt, context + ": lacks a token that the manifest names"};
  }
  return tokens;
}

}  // namespace

Result<std::unique_ptr<SentenceEncoder>> OpenSentenceEncoder(const Bundle& bundle,
                                                             const ModelOptions& options) {
  const auto* entry = std::get_if<EmbeddingEntry>(&bundle.manifest().model);
  if (entry == nullptr)
    return Error{Errc::kInvalidArgument, bundle.name() + ": not an embedding bundle"};
  auto tokens = ReadTokens(bundle, entry->spec);
  if (!tokens) return tokens.error();
  auto session = InferenceSession::Open(bundle,
                                        {.file = FileRole::kModel,
                                         .inputs = {{entry->input, ElementType::kInt64}},
                                         .outputs = {entry->output}},
                                        options);
  if (!session) return session.error();
  return std::unique_ptr<SentenceEncoder>(
      std::make_unique<OrtSentenceEncoder>(entry->spec, *std::move(tokens), std::move(*session)));
}

}  // namespace euphone
