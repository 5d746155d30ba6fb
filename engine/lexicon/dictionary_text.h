#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "lexicon/phone_set.h"

namespace euphone {

/// One line of a dictionary in the syntax of CMUdict.
struct DictionaryEntry {
  std::string word;  ///< A WordKey; the mark of a variant, "(2)", is taken off.
  std::vector<Phone> phones;
  std::size_t line = 0;  ///< From 1.
};

/// Reads `word PHONES` lines, the parts separated by spaces or tabs; "#" starts a comment. Lines
/// of one word are its variants, in order. Syntax: docs/formats/lexicon.md. Fails:
/// kInvalidArgument, "line 7: …".
Result<std::vector<DictionaryEntry>> ParseDictionary(std::string_view text, const PhoneSet& phones);

/// Reads ARPAbet phones separated by blanks, "HH AH0 L OW1", or IPA, "həˈloʊ" (ParseIpa). Fails:
/// kInvalidArgument, also if there are none.
Result<std::vector<Phone>> ParsePhones(std::string_view symbols, const PhoneSet& phones);

}  // namespace euphone
