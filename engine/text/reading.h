#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "text/script_builder.h"
#include "text/token.h"

namespace euphone {

/// A number of tokens as an offset.
inline std::ptrdiff_t Signed(std::size_t count) { return static_cast<std::ptrdiff_t>(count); }

/// Where the reading of a token list stands. The readers (readers.h) look ahead with at(), say
/// words over tokens and advance. Offsets are relative to the current token.
class Reading {
 public:
  /// REQUIRES: the last token is a kEnd; tokens and `out` outlive this object.
  Reading(std::span<const Token> tokens, ScriptBuilder& out);

  bool done() const { return position_ + 1 >= tokens_.size(); }
  /// A kEnd token on either side of the text.
  const Token& at(std::ptrdiff_t offset = 0) const;
  bool glued(std::ptrdiff_t offset) const { return !at(offset).spaced; }
  /// at(offset) is this symbol with no white space before it.
  bool glued_symbol(std::ptrdiff_t offset, char symbol) const {
    return glued(offset) && at(offset).Is(symbol);
  }
  bool glued_digits(std::ptrdiff_t offset) const { return glued(offset) && at(offset).IsDigits(); }

  /// The text is mostly in capitals, so that they say nothing.
  bool caseless() const { return caseless_; }
  bool capitalized(const Token& token) const { return token.IsWord() && IsUpper(token.text[0]); }
  /// Begins in lower case.
  bool lower_case(const Token& token) const { return token.IsWord() && IsLower(token.text[0]); }
  /// Of at least two letters, all in capitals.
  static bool AllCapitals(std::string_view text);
  bool quote_open() const { return quote_open_; }

  /// A token's bytes in the text as given.
  std::string_view original(const Token& token) const {
    return out_.original().substr(token.span.begin, token.span.end - token.span.begin);
  }
  /// What is between a token and the one before it: white space, or characters that are not read.
  std::string_view gap_before(std::ptrdiff_t offset) const;

  TextSpan span(std::ptrdiff_t offset, std::size_t count) const {
    return {at(offset).span.begin, at(offset + static_cast<std::ptrdiff_t>(count) - 1).span.end};
  }

  /// Adds words separated by spaces; all share the span of `count` tokens from `offset`.
  void Say(std::string_view words, std::ptrdiff_t offset = 0, std::size_t count = 1);
  /// Adds one word whose letters (before an "'s") are said one by one.
  void Spell(std::string_view letters, std::ptrdiff_t offset = 0, std::size_t count = 1);
  void Advance(std::size_t count = 1);
  void ToggleQuote() { quote_open_ = !quote_open_; }  ///< The last quote was an inch sign.

  ScriptBuilder& out() { return out_; }

 private:
  std::span<const Token> tokens_;
  ScriptBuilder& out_;
  std::size_t position_ = 0;
  bool caseless_ = false;
  bool quote_open_ = false;
};

/// Digits with separators and a decimal point, at a token and not beyond.
struct ScannedNumber {
  std::string whole;          ///< Digits without separators; empty for ".5".
  std::string_view fraction;  ///< Digits after the point.
  bool grouped = false;       ///< Had separators: "1,234", "1 234".
  std::size_t tokens = 0;

  /// The value of a whole number up to kLargestCardinal.
  std::optional<std::uint64_t> integer() const;
  bool IsOne() const { return whole == "1" && fraction.empty(); }
  /// As a quantity; very long numbers and those with a leading zero digit by digit.
  std::string Words() const;
};
std::optional<ScannedNumber> ScanNumber(const Reading& reading, std::ptrdiff_t offset = 0);

/// The value of a digits token of at most `max_length` digits.
std::optional<std::uint64_t> SmallNumber(const Token& token, std::size_t max_length);

}  // namespace euphone
