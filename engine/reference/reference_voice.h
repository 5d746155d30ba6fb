#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "lexicon/phone_set.h"
#include "text/script.h"

namespace euphone {

enum class Pace {
  kNormal,
  kSlow,  ///< Longer sounds and pauses at the same pitch: about 1.6 times the time.
};

/// Where a word lies in the samples.
struct ReferenceWord {
  std::string text;  ///< As spoken: "five".
  TextSpan span;     ///< In the written text: "5".
  std::size_t begin = 0;
  std::size_t end = 0;  ///< Sample after the last; at least `begin`.
};

/// How a text should sound.
struct Reference {
  std::vector<float> samples;  ///< Mono in [-1, 1].
  SampleRate rate{};
  std::vector<ReferenceWord> words;  ///< In order, without overlap; empty where nobody knows.
};

/// Reads aloud what a learner is to read.
/// Thread: any; implementations guard what is not thread-safe, so that calls wait for each other.
class ReferenceVoice {
 public:
  virtual ~ReferenceVoice() = default;

  /// A whole text with its times. Fails: as NormalizeText() and Lexicon::Lookup(); kTooLarge;
  /// kInternal.
  virtual Result<Reference> Say(std::string_view text, Pace pace) = 0;

  /// One word, said alone with these phones; `words` holds it under the name `text`. Fails:
  /// kInvalidArgument (no phones), kInternal.
  virtual Result<Reference> SayPhones(std::string_view text, std::span<const Phone> phones,
                                      Pace pace) = 0;
};

/// The word at `index` cut out of the text that it was said in, where it sounds as it should: soft
/// edges, nothing of its neighbours beyond 20 ms. REQUIRES: index < words.size().
Reference CutWord(const Reference& whole, std::size_t index);

/// Where `word` stands among the words of `whole`, upper and lower case alike; words.size(): it
/// does not.
std::size_t FindWord(const Reference& whole, std::string_view word);

}  // namespace euphone
