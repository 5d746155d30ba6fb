#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <span>
#include <vector>

#include "align/align.h"
#include "align/align_invariants.h"

namespace {

/// Reads small numbers off the fuzzer's bytes; zeros when they are used up.
class Bytes {
 public:
  explicit Bytes(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  std::uint8_t Next() {
    if (bytes_.empty()) return 0;
    const std::uint8_t byte = bytes_.front();
    bytes_ = bytes_.subspan(1);
    return byte;
  }
  std::size_t Below(std::size_t limit) { return Next() % limit; }

 private:
  std::span<const std::uint8_t> bytes_;
};

euphone::Matrix LogProbs(Bytes& bytes, std::size_t rows, std::size_t classes) {
  euphone::Matrix matrix = euphone::Matrix::Filled(rows, classes, 0.0F);
  for (float& value : matrix.values) {
    const std::uint8_t byte = bytes.Next();
    value = -static_cast<float>(byte) / 8.0F;
    if (byte == 255) value = -std::numeric_limits<float>::infinity();
    if (byte == 254) value = std::numeric_limits<float>::quiet_NaN();
  }
  return matrix;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes({data, size});
  const std::size_t classes = 2 + bytes.Below(5);
  std::vector<euphone::AlignWord> words(bytes.Below(8));
  for (euphone::AlignWord& word : words) {
    word.sentence_start = bytes.Below(4) == 0;
    word.variants.resize(1 + bytes.Below(3));
    for (std::vector<int>& variant : word.variants) {
      variant.resize(1 + bytes.Below(4));
      for (int& phone : variant) phone = static_cast<int>(bytes.Below(classes - 1));
    }
  }
  if (bytes.Below(32) == 1 && !words.empty()) words[0].variants[0].assign(bytes.Below(2), -1);
  euphone::AlignConfig config;
  config.costs.omission = static_cast<double>(bytes.Below(8));
  config.costs.insertion = static_cast<double>(bytes.Below(8));
  config.costs.restart = static_cast<double>(bytes.Below(8));
  config.false_start_phones = bytes.Below(4);
  config.beam = static_cast<double>(bytes.Below(40));
  config.max_active_words = bytes.Below(8);
  config.boundaries.slack = bytes.Below(10);
  const std::size_t rows = bytes.Below(64);
  const euphone::Matrix ctc = LogProbs(bytes, rows, classes);
  const euphone::Matrix frames = LogProbs(bytes, rows, classes);
  const auto alignment = euphone::Align(ctc, frames, words, config);
  if (alignment && !euphone::FindViolation(*alignment, words, rows).empty()) std::abort();
  return 0;
}
