#pragma once

#include <string_view>
#include <vector>

#include "align/alignment.h"
#include "base/result.h"
#include "lexicon/lexicon.h"
#include "lexicon/pronunciation.h"
#include "text/script.h"
#include "text/text_normalizer.h"

namespace euphone {

/// A text that is ready to be looked for in speech.
struct PreparedText {
  Script script;
  /// Of each script word; what an aligner cannot tell apart is there once.
  std::vector<std::vector<Pronunciation>> pronunciations;

  /// The words for an aligner; `required`: none of them may be left out.
  std::vector<AlignWord> Words(bool required) const;
};

/// Fails: what NormalizeText and Lexicon::Lookup fail with.
Result<PreparedText> PrepareText(const Lexicon& lexicon, std::string_view text,
                                 const TextOptions& options);

}  // namespace euphone
