#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/sentence_encoder.h"
#include "text/word_pieces.h"

namespace euphone {

/// Sentences as vectors.
/// Thread: Embed() may be called from several threads at once.
class Embedder {
 public:
  explicit Embedder(std::shared_ptr<const SentenceEncoder> encoder);

  const SentenceEncoderSpec& spec() const { return encoder_->spec(); }

  /// A vector of length 1; what the encoder does not read of a long text is left out. Fails as
  /// SentenceEncoder::Run.
  Result<std::vector<float>> Embed(std::string_view text) const;

 private:
  std::shared_ptr<const SentenceEncoder> encoder_;
  WordPieces pieces_;
};

}  // namespace euphone
