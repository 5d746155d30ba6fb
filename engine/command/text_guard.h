#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "align/alignment.h"
#include "command/phrase.h"

namespace euphone {

/// Where a text sounds like a phrase: there the phrase, said by itself, may be somebody who reads
/// one word at a time. Sounds decide, not letters, and words need not be whole: "against" has
/// "again" in it. Pure.
class TextGuard {
 public:
  TextGuard(std::span<const AlignWord> words, std::span<const Phrase> phrases);

  /// Whether the text has the sounds of a phrase anywhere, or something like them that ends in one
  /// of its words [first, last): up to a quarter of the sounds may be others, missing or added.
  bool Has(std::size_t phrase, std::size_t first, std::size_t last) const;

 private:
  struct Places {
    bool exact = false;                ///< Somewhere in the text.
    std::vector<std::size_t> similar;  ///< Words in which something similar ends, in order.
  };
  std::vector<Places> places_;  ///< Of each phrase.
};

}  // namespace euphone
