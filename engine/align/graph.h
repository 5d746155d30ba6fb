#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "align/alignment.h"
#include "base/result.h"

namespace euphone {

/// The words of a text as flat tables for the search. A chain is one pronunciation of one word; a
/// position is one phone of one chain. All positions of a word, and all chains, are neighbours.
/// Word word_count() is the end of the text: it has no chains.
struct AlignGraph {
  std::vector<std::uint16_t> classes;      ///< Position → column of the posteriors, ≥ 1.
  std::vector<std::uint32_t> chain_begin;  ///< Chain → its first position; one more at the end.
  std::vector<std::uint32_t> word_begin;   ///< Word → its first chain; two more at the end.
  std::vector<std::uint16_t> phone_count;  ///< Word → phones of its shortest chain; end: 0.
  std::vector<std::uint8_t> starts_sentence;  ///< Word → 1 if a sentence begins here; end: 0.
  std::vector<std::uint8_t> required;         ///< Word → 1 if it cannot be left out; end: 0.

  std::size_t word_count() const { return word_begin.size() - 2; }
  std::uint32_t position_begin(std::size_t word) const { return chain_begin[word_begin[word]]; }
};

/// `class_count`: columns of the posteriors, blank included. Fails: kInvalidArgument (no words, a
/// word without variants, an empty variant, a phone outside [0, class_count − 1)), kTooLarge (over
/// 200 variants or 10,000 phones in a word, over 100,000 words).
Result<AlignGraph> BuildGraph(std::span<const AlignWord> words, std::size_t class_count);

}  // namespace euphone
