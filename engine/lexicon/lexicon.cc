#include "lexicon/lexicon.h"

#include <algorithm>
#include <span>
#include <string>
#include <utility>

#include "lexicon/dictionary_text.h"
#include "lexicon/english_endings.h"
#include "lexicon/word_key.h"

namespace euphone {
namespace {

constexpr std::size_t kMaxJoined = 8;  // Variants of a hyphened word.

void AppendNew(std::vector<Pronunciation>& variants, const Pronunciation& candidate) {
  const bool known = std::any_of(variants.begin(), variants.end(), [&](const Pronunciation& p) {
    return p.phones == candidate.phones;
  });
  if (!known) variants.push_back(candidate);
}

bool SameSounds(const Pronunciation& a, const Pronunciation& b) {
  return std::equal(a.phones.begin(), a.phones.end(), b.phones.begin(), b.phones.end(),
                    [](Phone x, Phone y) { return x.id == y.id; });
}

/// Letter by letter, the last one carries the stress: "ˌbiːˌbiːˈsiː".
void DemoteStress(std::span<Phone> phones) {
  for (Phone& phone : phones) {
    if (phone.stress == Stress::kPrimary) phone.stress = Stress::kSecondary;
  }
}

void Append(std::vector<Phone>& phones, std::span<const Phone> more) {
  phones.insert(phones.end(), more.begin(), more.end());
}

/// Every first part with every second and so on, at most kMaxJoined.
std::vector<Pronunciation> Joined(const std::vector<std::vector<Pronunciation>>& parts) {
  std::vector<Pronunciation> joined(1);
  for (const auto& part : parts) {
    std::vector<Pronunciation> longer;
    for (const Pronunciation& start : joined) {
      for (const Pronunciation& end : part) {
        if (longer.size() == kMaxJoined) break;
        Pronunciation whole = start;
        Append(whole.phones, end.phones);
        whole.origin = std::max(start.origin, end.origin);
        AppendNew(longer, whole);
      }
    }
    joined = std::move(longer);
  }
  return joined;
}

}  // namespace

Result<Lexicon> Lexicon::Create(Parts parts) {
  Lexicon lexicon;
  if (parts.grapheme_model) {
    auto g2p = G2p::Create(std::move(parts.grapheme_model), parts.pack->phones);
    if (!g2p) return g2p.error();
    lexicon.g2p_ = std::move(*g2p);
  }
  lexicon.pack_ = std::move(parts.pack);
  lexicon.user_words_ = std::move(parts.user_words);
  return lexicon;
}

Result<std::vector<Pronunciation>> Lexicon::Lookup(const SpokenWord& word) const {
  if (!word.inline_pronunciation.empty()) {
    auto phones = ParsePhones(word.inline_pronunciation, pack_->phones);
    if (!phones) return Prefixed("the phones given for '" + word.text + "'", phones.error());
    return Variants{{std::move(*phones), Origin::kInline}};
  }
  const std::string key = WordKey(word.text);
  if (const auto own = user_words_.Find(key); !own.empty()) return Variants(own.begin(), own.end());
  if (word.spell_out) return Spell(key);
  auto variants = FindOrGuess(key);
  if (!variants) return variants;
  for (const Pronunciation& weak : pack_->weak_forms.Find(key)) AppendNew(*variants, weak);
  return variants;
}

Lexicon::Variants Lexicon::FindListed(std::string_view key) const {
  if (const auto own = user_words_.Find(key); !own.empty()) return {own.begin(), own.end()};
  return pack_->lexicon.Find(key);
}

Lexicon::Variants Lexicon::FindKnown(std::string_view key) const {
  if (auto listed = FindListed(key); !listed.empty()) return listed;
  return pack_->is_english() ? Derive(key) : Variants{};
}

Lexicon::Variants Lexicon::Derive(std::string_view key) const {
  for (const auto& [base, ending] : english::Derivations(key)) {
    Variants derived;
    for (Pronunciation& variant : FindListed(base)) {
      if (english::AppendEnding(ending, pack_->phones, variant.phones)) AppendNew(derived, variant);
    }
    if (!derived.empty()) return derived;
  }
  return {};
}

Result<Lexicon::Variants> Lexicon::Spell(std::string_view key) const {
  Pronunciation spelled{{}, Origin::kSpelled};
  const bool possessive = pack_->is_english() && key.ends_with("'s");
  for (const char letter : possessive ? key.substr(0, key.size() - 2) : key) {
    if (letter == '\'' || letter == '.' || letter == '-') continue;
    const Variants names = pack_->lexicon.Find(std::string{letter, '.'});
    if (names.empty()) {
      return Error{Errc::kUnsupported, "'" + std::string(key) +
                                           "' cannot be spelled: a letter in " +
                                           "it has no name; give its phones, as in {word|W ER D}"};
    }
    DemoteStress(spelled.phones);
    Append(spelled.phones, names.front().phones);
  }
  if (possessive) english::AppendEnding(english::Ending::kS, pack_->phones, spelled.phones);
  if (spelled.phones.empty())
    return Error{Errc::kNotFound, "'" + std::string(key) + "' has no letters to spell"};
  return Variants{std::move(spelled)};
}

Result<Lexicon::Variants> Lexicon::FindHyphened(std::string_view key) const {
  std::vector<Variants> parts;
  while (!key.empty()) {
    const std::string_view part = key.substr(0, key.find('-'));
    key.remove_prefix(std::min(part.size() + 1, key.size()));
    if (part.empty()) continue;
    auto variants = FindOrGuess(part);
    if (!variants) return variants;
    parts.push_back(std::move(*variants));
  }
  if (parts.empty()) return Error{Errc::kNotFound, "a hyphen alone is not a word"};
  return Joined(parts);
}

Result<Lexicon::Variants> Lexicon::FindOrGuess(std::string_view key) const {
  if (auto known = FindKnown(key); !known.empty()) return known;
  if (key.find('-') != key.npos) return FindHyphened(key);
  if (pack_->is_english() && english::IsAllConsonants(key)) return Spell(key);
  if (!g2p_) {
    return Error{Errc::kNotFound, "'" + std::string(key) +
                                      "' is in no dictionary; add it to your " +
                                      "words, or give its phones, as in {word|W ER D}"};
  }
  auto guess = g2p_->Pronounce(key);
  if (!guess) return guess.error();
  return Variants{std::move(*guess)};
}

std::vector<Pronunciation> WithoutStressTwins(std::vector<Pronunciation> variants) {
  std::vector<Pronunciation> kept;
  for (Pronunciation& variant : variants) {
    const bool twin = std::any_of(kept.begin(), kept.end(), [&](const Pronunciation& earlier) {
      return SameSounds(earlier, variant);
    });
    if (!twin) kept.push_back(std::move(variant));
  }
  return kept;
}

}  // namespace euphone
