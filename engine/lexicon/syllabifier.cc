#include "lexicon/syllabifier.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "lexicon/dictionary_text.h"

namespace euphone {
namespace {

std::vector<PhoneId> Ids(std::span<const Phone> phones) {
  std::vector<PhoneId> ids;
  for (const Phone phone : phones) ids.push_back(phone.id);
  return ids;
}

}  // namespace

Result<Syllabifier> Syllabifier::Parse(std::string_view onsets, const PhoneSet& phones) {
  Syllabifier syllabifier;
  for (std::size_t id = 0; id < phones.size(); ++id)
    syllabifier.vowel_.push_back(phones.info(static_cast<PhoneId>(id)).vowel);
  for (std::size_t number = 1; !onsets.empty(); ++number) {
    std::string_view line = onsets.substr(0, onsets.find('\n'));
    onsets.remove_prefix(std::min(line.size() + 1, onsets.size()));
    line = line.substr(0, line.find('#'));
    if (line.find_first_not_of(" \t\r") == line.npos) continue;
    const auto onset = ParsePhones(line, phones);
    if (!onset) return Prefixed("line " + std::to_string(number), onset.error());
    if (std::any_of(onset->begin(), onset->end(),
                    [&](Phone phone) { return syllabifier.IsVowel(phone); })) {
      return Error{Errc::kInvalidArgument,
                   "line " + std::to_string(number) + ": an onset has consonants only"};
    }
    syllabifier.onsets_.insert(Ids(*onset));
  }
  return syllabifier;
}

bool Syllabifier::IsOnset(std::span<const Phone> consonants) const {
  return consonants.empty() || onsets_.contains(Ids(consonants));
}

std::vector<Syllable> Syllabifier::Syllabify(std::span<const Phone> phones) const {
  std::vector<Syllable> syllables;
  for (std::size_t at = 0; at < phones.size(); ++at) {
    if (!IsVowel(phones[at])) continue;
    std::size_t first = 0;
    if (!syllables.empty()) {
      Syllable& before = syllables.back();
      first = before.nucleus + 1;
      while (!IsOnset(phones.subspan(first, at - first))) ++first;
      before.count = first - before.first;
    }
    syllables.push_back({first, phones.size() - first, at, phones[at].stress});
  }
  return syllables;
}

}  // namespace euphone
