#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "embed/byte_matrix.h"
#include "embed/layer_math.h"
#include "model/manifest.h"

namespace euphone {

/// One layer of an encoder (BERT; Devlin et al. 2019): attention over the sentence, then two
/// products; each is added to what came in and normalised after.
struct EncoderLayer {
  ByteMatrix query, key, value, out, up, down;
  Norm after_attention, after;
};

/// The weights of an embedding bundle. Those of one byte stay where the file lies; the others, 0.6
/// MB of 23, are copied.
struct EncoderWeights {
  const std::int8_t* words = nullptr;  ///< [tokens, width].
  std::vector<float> word_scales;      ///< [tokens].
  std::vector<float> places;           ///< [max_tokens, width].
  Norm first;
  std::vector<EncoderLayer> layers;

  /// Reads the file with the role model (docs/formats/bundle.md), which must outlive the result.
  /// `tokens`: how many the bundle lists. Fails: kCorrupt for a file of another size than they and
  /// the manifest make, and for numbers beyond ±10,000, which no weights are and with which sums
  /// might overflow.
  static Result<EncoderWeights> Read(std::span<const std::byte> file, const EmbeddingEntry& entry,
                                     std::size_t tokens);
};

}  // namespace euphone
