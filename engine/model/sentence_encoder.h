#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace euphone {

/// What a sentence encoder reads and gives; from its bundle.
struct SentenceEncoderSpec {
  std::string name;
  std::string version;
  std::string label() const { return name + " " + version; }
  std::size_t width = 0;       ///< Numbers of a vector.
  std::size_t max_tokens = 0;  ///< Most of one run, those of begin and end among them; at least 3.
  /// Tokens that stand before and after every sentence, and for a word that no pieces spell.
  std::int64_t begin_token = 0, end_token = 0, unknown_token = 0;
};

/// Turns the tokens of a sentence into one vector of length 1, so that sentences of like meaning
/// have vectors of a large dot product (at most 1).
/// Thread: Run() may be called from several threads at once.
class SentenceEncoder {
 public:
  virtual ~SentenceEncoder() = default;
  virtual const SentenceEncoderSpec& spec() const = 0;
  /// What tokens stand for: text/word_pieces.h makes them.
  virtual const std::vector<std::string>& pieces() const = 0;

  /// `tokens`: positions in the bundle's list, 1 to spec().max_tokens of them, with those of begin
  /// and end. Fails: kInvalidArgument, kInternal.
  virtual Result<std::vector<float>> Run(std::span<const std::int64_t> tokens) const = 0;
};

}  // namespace euphone
