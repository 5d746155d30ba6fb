#pragma once

#include <string_view>

#include "lexicon/phone_set.h"

namespace euphone {

/// How to talk about an English sound with a learner.
struct SoundGuide {
  std::string_view arpabet;   ///< "TH"; "AH0" for a vowel with a form of its own when unstressed.
  std::string_view letters;   ///< Its usual spelling: "th".
  std::string_view key_word;  ///< A common word with it: "think".
  std::string_view hint;      ///< How to make it, one short sentence.
};

/// The guide for a phone. A phone that the table lacks has its IPA as letters and no key word.
SoundGuide GuideTo(const PhoneSet& phones, Phone phone);

}  // namespace euphone
