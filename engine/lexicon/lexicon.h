#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "lexicon/g2p.h"
#include "lexicon/language_pack.h"
#include "text/script.h"

namespace euphone {

/// Knows how words are said: asks the user's own words, the language's dictionary, and at last a
/// model that guesses. Immutable; may be used from any thread.
class Lexicon {
 public:
  struct Parts {
    std::shared_ptr<const LanguagePack> pack;             ///< Never null.
    TextLexicon user_words;                               ///< Origin::kUser; may be empty.
    std::shared_ptr<const GraphemeModel> grapheme_model;  ///< Null: unknown words are an error.
  };

  /// Fails: kCorrupt if the model does not fit the pack.
  static Result<Lexicon> Create(Parts parts);

  /// All ways to say a word, best first, none twice. The first of these that applies decides:
  ///  1. its inline phones (ARPAbet; a vowel without a digit has primary stress);
  ///  2. the user's words;
  ///  3. its letters, if they are to be said one by one: Origin::kSpelled;
  ///  4. the dictionary, and the regular -s forms of its words (English);
  ///  5. the parts of a hyphened word, each by these rules;
  ///  6. its letters, if it has consonants only (English);
  ///  7. the grapheme model: Origin::kG2p.
  /// After 4 to 7 follow the word's weak forms, Origin::kWeakForm. Fails: kInvalidArgument (inline
  /// phones), kNotFound or kUnsupported (no rule applies), kTooLarge, kInternal.
  Result<std::vector<Pronunciation>> Lookup(const SpokenWord& word) const;

  const LanguagePack& pack() const { return *pack_; }

 private:
  using Variants = std::vector<Pronunciation>;

  Lexicon() = default;
  Variants FindListed(std::string_view key) const;
  Variants FindKnown(std::string_view key) const;
  Variants Derive(std::string_view key) const;
  Result<Variants> Spell(std::string_view key) const;
  Result<Variants> FindHyphened(std::string_view key) const;
  Result<Variants> FindOrGuess(std::string_view key) const;

  std::shared_ptr<const LanguagePack> pack_;
  TextLexicon user_words_;
  std::optional<G2p> g2p_;
};

/// Leaves out variants that differ from an earlier one in stress only: an aligner cannot tell them
/// apart.
std::vector<Pronunciation> WithoutStressTwins(std::vector<Pronunciation> variants);

}  // namespace euphone
