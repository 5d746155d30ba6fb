#include "lexicon/ipa.h"

#include <string_view>
#include <vector>

namespace euphone {
namespace {

std::string_view Mark(const Syllable& syllable) {
  if (syllable.stress == Stress::kPrimary) return "ˈ";
  if (syllable.stress == Stress::kSecondary) return "ˌ";
  return syllable.first == 0 ? "" : ".";
}

}  // namespace

std::string Ipa(std::span<const Phone> phones, const PhoneSet& phone_set,
                const Syllabifier& syllabifier) {
  const std::vector<Syllable> syllables = syllabifier.Syllabify(phones);
  std::string ipa;
  std::size_t next = 0;  // Of the syllables.
  for (std::size_t at = 0; at < phones.size(); ++at) {
    if (next < syllables.size() && syllables[next].first == at) {
      if (syllables.size() > 1) ipa += Mark(syllables[next]);
      ++next;
    }
    ipa += phone_set.Ipa(phones[at]);
  }
  return ipa;
}

}  // namespace euphone
