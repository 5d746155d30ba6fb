#include "retrieve/embedder.h"

#include <utility>

namespace euphone {
namespace {

WordPieces PiecesOf(const SentenceEncoder& encoder) {
  const SentenceEncoderSpec& spec = encoder.spec();
  return {encoder.pieces(),
          {.begin = spec.begin_token, .end = spec.end_token, .unknown = spec.unknown_token}};
}

}  // namespace

Embedder::Embedder(std::shared_ptr<const SentenceEncoder> encoder)
    : encoder_(std::move(encoder)), pieces_(PiecesOf(*encoder_)) {}

Result<std::vector<float>> Embedder::Embed(std::string_view text) const {
  return encoder_->Run(pieces_.Encode(text, spec().max_tokens));
}

}  // namespace euphone
