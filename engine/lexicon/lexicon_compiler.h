#pragma once

#include <span>
#include <string>

#include "lexicon/dictionary_text.h"

namespace euphone {

/// Packs a dictionary into the bytes of a compiled lexicon (docs/formats/lexicon.md). Equal
/// entries give equal bytes. Heads that are not words (IsWord) and repeated variants are left out.
/// Fails: kTooLarge if a word, its variants or its phones do not fit the format;
/// kInvalidArgument if no word is left.
Result<std::string> CompileLexicon(std::span<const DictionaryEntry> entries,
                                   const PhoneSet& phones);

/// Writes the checksum that fits the bytes. REQUIRES: a whole header.
void SealLexicon(std::string& bytes);

}  // namespace euphone
