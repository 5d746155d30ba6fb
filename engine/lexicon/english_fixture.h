#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "lexicon/dictionary_text.h"
#include "lexicon/syllabifier.h"

/// What the tests of this folder share: the phones and onsets of the repository's English pack.
namespace euphone::fixture {

/// A text file of the repository; `path` starts at its root.
std::string SourceText(std::string_view path);

inline const PhoneSet& Phones() {
  static const PhoneSet phones = PhoneSet::Parse(SourceText("contract/phones.en-us.json")).value();
  return phones;
}

inline const Syllabifier& Syllables() {
  static const Syllabifier syllabifier =
      Syllabifier::Parse(SourceText("packs/en-us/onsets.txt"), Phones()).value();
  return syllabifier;
}

/// A word for a number, "bcd" for 123: words hold no digits.
inline std::string NumberedWord(int number) {
  std::string word = std::to_string(number);
  for (char& digit : word) digit = static_cast<char>(digit - '0' + 'a');
  return word;
}

inline std::vector<Phone> Arpabet(std::string_view symbols) {
  return ParsePhones(symbols, Phones()).value();
}

inline std::string Arpabet(std::span<const Phone> phones) {
  std::string text;
  for (const Phone phone : phones) text += (text.empty() ? "" : " ") + Phones().Arpabet(phone);
  return text;
}

/// "HH AH0 L OW1" for each variant.
inline std::vector<std::string> Arpabet(std::span<const Pronunciation> variants) {
  std::vector<std::string> texts;
  for (const Pronunciation& variant : variants) texts.push_back(Arpabet(variant.phones));
  return texts;
}

}  // namespace euphone::fixture
