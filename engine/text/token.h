#pragma once

#include <cstdint>
#include <string_view>

#include "text/script.h"

namespace euphone {

enum class TokenKind : std::uint8_t {
  kWord,       ///< Letters with apostrophes between them.
  kDigits,     ///< Digits only.
  kSymbol,     ///< One character, or a run of the same mark (mark::kForeign …).
  kInline,     ///< {word|P R AH0 N}
  kParagraph,  ///< A blank line.
  kEnd,        ///< Past the text, on both sides.
};

/// A piece of folded text. The views point into the FoldedText it was made from.
struct Token {
  TokenKind kind = TokenKind::kEnd;
  bool spaced = true;              ///< White space, or the start of the text, is before it.
  std::string_view text;           ///< As written; of kInline the word.
  std::string_view lower;          ///< The same in lower case.
  std::string_view pronunciation;  ///< Of kInline, folded as all text; empty for IPA.
  TextSpan ipa;                    ///< Of kInline in IPA, which folding would spoil.
  TextSpan span;

  bool IsWord() const { return kind == TokenKind::kWord; }
  bool IsDigits() const { return kind == TokenKind::kDigits; }
  bool Is(char symbol) const { return kind == TokenKind::kSymbol && text.front() == symbol; }
  bool IsWord(std::string_view lower_word) const { return IsWord() && lower == lower_word; }
  bool EndsText() const { return kind == TokenKind::kEnd || kind == TokenKind::kParagraph; }
};

constexpr bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool IsLetter(char c) { return IsUpper(c) || IsLower(c); }
constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace euphone
