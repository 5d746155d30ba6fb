#pragma once

#include <string>
#include <string_view>

namespace euphone {

/// The form in which a word is looked up, as the text normaliser writes it: ASCII, lower case,
/// without accents ("Café" → "cafe"), apostrophes straight. Text that is not UTF-8 comes back as it
/// is.
std::string WordKey(std::string_view word);

/// Whether a key is a word: letters, apostrophes, periods and hyphens, at least one letter, and a
/// letter or an apostrophe first. Symbols such as "!exclamation-point" are not.
bool IsWord(std::string_view key);

}  // namespace euphone
