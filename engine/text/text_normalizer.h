#pragma once

#include <cstddef>
#include <string_view>

#include "base/result.h"
#include "text/script.h"

namespace euphone {

struct TextOptions {
  std::size_t max_bytes = 20'000;  ///< Longer texts are refused; time and memory grow linearly.
};

/// Turns a text to be read aloud (American English) into spoken words that know which bytes they
/// come from: numbers, dates, money, units, abbreviations and symbols are written out, accents are
/// folded, other scripts and emoji are left out with a note. docs/formats/text.md lists the rules
/// and the notation {word|P R AH0 N}, or {word|pɹən} in IPA, for a pronunciation of one's own; its
/// phones are checked for form only.
/// Normalising the words again (joined by spaces) gives the same words.
/// Thread: any. Fails: kTooLarge over `max_bytes`; kInvalidArgument on invalid UTF-8, a malformed
/// {…} (both name the byte) or a text without a readable word.
Result<Script> NormalizeText(std::string_view utf8, const TextOptions& options = {});

}  // namespace euphone
