#include "embed/byte_encoder.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "embed/encoder_weights.h"
#include "model/token_list.h"

namespace euphone {
namespace {

using Numbers = std::vector<float>;

void Add(const Numbers& to_add, Numbers& numbers) {
  std::ranges::transform(numbers, to_add, numbers.begin(), std::plus());
}

class ByteEncoder final : public SentenceEncoder {
 public:
  ByteEncoder(const Bundle& bundle, EmbeddingEntry entry, TokenList tokens, EncoderWeights weights)
      : bundle_(bundle),
        entry_(std::move(entry)),
        tokens_(std::move(tokens)),
        weights_(std::move(weights)) {}

  const SentenceEncoderSpec& spec() const override { return entry_.spec; }
  const std::vector<std::string>& pieces() const override { return tokens_.pieces(); }

  Result<Numbers> Run(std::span<const std::int64_t> tokens) const override {
    if (tokens.empty() || tokens.size() > spec().max_tokens) {
      return Error{Errc::kInvalidArgument,
                   spec().name + " reads 1 to " + std::to_string(spec().max_tokens) + " tokens"};
    }
    const auto count = static_cast<std::int64_t>(tokens_.size());
    if (!std::ranges::all_of(tokens, [&](std::int64_t id) { return id >= 0 && id < count; }))
      return Error{Errc::kInvalidArgument, "a token that " + spec().name + " does not know"};
    Numbers rows = Look(tokens);
    for (const EncoderLayer& layer : weights_.layers) Pass(layer, rows);
    return MeanDirection(rows);
  }

 private:
  /// [tokens, width]: what each word is and where it stands.
  Numbers Look(std::span<const std::int64_t> tokens) const {
    const std::size_t width = spec().width;
    Numbers rows(tokens.size() * width);
    for (std::size_t place = 0; place < tokens.size(); ++place) {
      const auto token = static_cast<std::size_t>(tokens[place]);
      const std::int8_t* const word = weights_.words + token * width;
      for (std::size_t i = 0; i < width; ++i) {
        rows[place * width + i] = static_cast<float>(word[i]) * weights_.word_scales[token] +
                                  weights_.places[place * width + i];
      }
    }
    Normalise(weights_.first, rows);
    return rows;
  }

  void Pass(const EncoderLayer& layer, Numbers& rows) const {
    const std::size_t width = spec().width;
    Numbers query(rows.size()), key(rows.size()), value(rows.size());
    Numbers inner(rows.size() / width * entry_.inner);
    QuantisedRows quantised;
    quantised.Assign(rows, width);
    layer.query.Apply(quantised, query);
    layer.key.Apply(quantised, key);
    layer.value.Apply(quantised, value);
    Numbers attended(rows.size());
    Attention{.width = width, .heads = entry_.heads}.Apply(query, key, value, attended);
    quantised.Assign(attended, width);
    layer.out.Apply(quantised, query);
    Add(query, rows);
    Normalise(layer.after_attention, rows);
    quantised.Assign(rows, width);
    layer.up.Apply(quantised, inner);
    Gelu(inner);
    quantised.Assign(inner, entry_.inner);
    layer.down.Apply(quantised, query);
    Add(query, rows);
    Normalise(layer.after, rows);
  }

  /// Of the sum of all rows, with length 1.
  Numbers MeanDirection(const Numbers& rows) const {
    const std::size_t width = spec().width;
    Numbers sum(width);
    for (std::size_t i = 0; i < rows.size(); ++i) sum[i % width] += rows[i];
    double squares = 0.0;
    for (const float number : sum) squares += double{number} * number;
    const auto length =
        std::max(static_cast<float>(std::sqrt(squares)), std::numeric_limits<float>::min());
    for (float& number : sum) number /= length;
    return sum;
  }

  Bundle bundle_;  ///< Whose mapped files the weights point into.
  EmbeddingEntry entry_;
  TokenList tokens_;
  EncoderWeights weights_;
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

Result<std::unique_ptr<SentenceEncoder>> OpenSentenceEncoder(const Bundle& bundle) {
  const auto* entry = std::get_if<EmbeddingEntry>(&bundle.manifest().model);
  if (entry == nullptr)
    return Error{Errc::kInvalidArgument, bundle.name() + ": not an embedding bundle"};
  auto tokens = ReadTokens(bundle, entry->spec);
  if (!tokens) return tokens.error();
  const std::string path = bundle.manifest().Find(FileRole::kModel)->path;
  auto weights = EncoderWeights::Read(bundle.bytes(path), *entry, tokens->size());
  if (!weights) return Prefixed(bundle.name() + ": " + path, weights.error());
  return std::unique_ptr<SentenceEncoder>(
      std::make_unique<ByteEncoder>(bundle, *entry, *std::move(tokens), *std::move(weights)));
}

}  // namespace euphone
