#include "lexicon/english_endings.h"

namespace euphone::english {
namespace {

constexpr std::size_t kShortestBase = 3;  // "gas" is no plural.

bool IsSibilant(const PhoneInfo& phone) {
  return phone.manner == "affricate" ||
         (phone.manner == "fricative" &&
          (phone.place == "alveolar" || phone.place == "postalveolar"));
}

}  // namespace

std::vector<Derivation> Derivations(std::string_view key) {
  const auto without = [key](std::size_t letters) {
    return std::string(key.substr(0, key.size() - letters));
  };
  if (key.size() > 2 && key.ends_with("'s")) return {{without(2), Ending::kS}};
  if (key.size() > 2 && key.ends_with("s'")) return {{without(1), Ending::kNone}};
  if (key.size() <= kShortestBase || !key.ends_with('s') || key.ends_with("ss")) return {};
  std::vector<Derivation> found = {{without(1), Ending::kS}};
  if (key.size() > kShortestBase + 1 && key.ends_with("es"))
    found.push_back({without(2), Ending::kEs});
  if (key.size() > kShortestBase + 1 && key.ends_with("ies"))
    found.push_back({without(3) + "y", Ending::kS});
  return found;
}

bool AppendEnding(Ending ending, const PhoneSet& phone_set, std::vector<Phone>& phones) {
  if (phones.empty()) return false;
  if (ending == Ending::kNone) return true;
  const PhoneInfo& last = phone_set.info(phones.back().id);
  const bool sibilant = IsSibilant(last);
  const auto vowel = phone_set.Find("IH");
  const auto consonant = phone_set.Find(sibilant || last.voiced ? "Z" : "S");
  if (!vowel || !consonant || (ending == Ending::kEs && !sibilant)) return false;
  if (sibilant) phones.push_back({*vowel, Stress::kUnstressed});
  phones.push_back({*consonant, Stress::kNone});
  return true;
}

bool IsAllConsonants(std::string_view key) { return key.find_first_of("aeiouy") == key.npos; }

}  // namespace euphone::english
