#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <span>
#include <string>

#include "text/script_invariants.h"
#include "text/text_normalizer.h"

namespace euphone {

struct ExpectedReading {
  const char* written;
  const char* spoken;  ///< Spelled words in capitals.
};

/// The words of a script, spelled ones in capitals, or the error.
inline std::string Spoken(std::string_view text) {
  const Result<Script> script = NormalizeText(text);
  if (!script) return "error: " + script.error().message;
  std::string words;
  for (const SpokenWord& word : script->words) {
    if (!words.empty()) words.push_back(' ');
    for (char c : word.text) {
      words.push_back(word.spell_out && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A')
                                                             : c);
    }
  }
  return words;
}

inline void ExpectReadings(std::span<const ExpectedReading> rows) {
  for (const ExpectedReading& row : rows) {
    EXPECT_EQ(Spoken(row.written), row.spoken) << row.written;
    const Result<Script> script = NormalizeText(row.written);
    EXPECT_EQ(script ? BrokenPromise(*script) : "", "") << row.written;
  }
}

}  // namespace euphone
