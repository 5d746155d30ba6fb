#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "lexicon/pronunciation.h"
#include "model/grapheme_model.h"

namespace euphone {

/// Guesses the pronunciation of a word from its letters, for words that no dictionary lists.
/// Decoding is greedy CTC, as the model was measured: the best class of each step (the lowest on a
/// tie), repeats merged, blanks left out; a result without a vowel gets the one that costs least.
/// Immutable; may be used from any thread.
class G2p {
 public:
  static constexpr std::size_t kMaxLetters = 64;  ///< The model's work grows with their square.

  /// Fails: kCorrupt if the model's letters or classes do not fit `phones`.
  static Result<G2p> Create(std::shared_ptr<const GraphemeModel> model, const PhoneSet& phones);

  /// `key`: a WordKey. The answer has Origin::kG2p and at least one phone, a vowel among them.
  /// Fails: kUnsupported for a letter that the model does not know, kTooLarge over kMaxLetters,
  /// kNotFound if the model hears nothing in it, or as the model does.
  Result<Pronunciation> Pronounce(std::string_view key) const;

 private:
  G2p() = default;
  std::vector<Phone> Decode(const Matrix& log_probabilities) const;

  std::shared_ptr<const GraphemeModel> model_;
  std::unordered_map<std::string, std::int64_t> letters_;
  std::vector<Phone> classes_;  // By class; [0] is the blank and not a phone.
};

}  // namespace euphone
