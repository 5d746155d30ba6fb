#include "retrieve/graphemes.h"

#include <algorithm>
#include <array>

namespace euphone {
namespace {

// Letters as English schools name them; signs as the IPA and dictionaries have them.
constexpr auto kGraphemes = std::to_array<Grapheme>({
    {"a", "AE"},  {"a", "EY"},  {"ai", "EY"}, {"au", "AO"}, {"aw", "AO"}, {"ay", "EY"},
    {"b", "B"},   {"ch", "CH"}, {"ck", "K"},  {"d", "D"},   {"dh", "DH"}, {"dj", "JH"},
    {"e", "EH"},  {"e", "IY"},  {"ea", "IY"}, {"ee", "IY"}, {"er", "ER"}, {"f", "F"},
    {"ff", "F"},  {"g", "G"},   {"h", "HH"},  {"i", "IH"},  {"i", "AY"},  {"igh", "AY"},
    {"ir", "ER"}, {"j", "JH"},  {"k", "K"},   {"l", "L"},   {"ll", "L"},  {"m", "M"},
    {"n", "N"},   {"ng", "NG"}, {"o", "AA"},  {"o", "OW"},  {"oa", "OW"}, {"oi", "OY"},
    {"oo", "UW"}, {"oo", "UH"}, {"ou", "AW"}, {"ow", "AW"}, {"ow", "OW"}, {"oy", "OY"},
    {"p", "P"},   {"ph", "F"},  {"r", "R"},   {"rr", "R"},  {"s", "S"},   {"schwa", "AH"},
    {"sh", "SH"}, {"sss", "S"}, {"ss", "S"},  {"t", "T"},   {"th", "TH"}, {"th", "DH"},
    {"u", "AH"},  {"u", "UW"},  {"ur", "ER"}, {"v", "V"},   {"w", "W"},   {"wh", "W"},
    {"y", "Y"},   {"z", "Z"},   {"zh", "ZH"}, {"zzz", "Z"}, {"æ", "AE"},  {"ð", "DH"},
    {"ŋ", "NG"},  {"ɑ", "AA"},  {"ɑː", "AA"}, {"ɔ", "AO"},  {"ɔː", "AO"}, {"ɔɪ", "OY"},
    {"ə", "AH"},  {"əʊ", "OW"}, {"ɚ", "ER"},  {"ɛ", "EH"},  {"ɜ", "ER"},  {"ɜː", "ER"},
    {"ɝ", "ER"},  {"ɡ", "G"},   {"ɪ", "IH"},  {"ɹ", "R"},   {"ʃ", "SH"},  {"ʊ", "UH"},
    {"ʌ", "AH"},  {"ʒ", "ZH"},  {"aɪ", "AY"}, {"aʊ", "AW"}, {"dʒ", "JH"}, {"eɪ", "EY"},
    {"iː", "IY"}, {"oʊ", "OW"}, {"tʃ", "CH"}, {"uː", "UW"}, {"θ", "TH"},
});

constexpr auto kImitated = std::to_array<Grapheme>({
    {"b", "B"}, {"ch", "CH"}, {"d", "D"},   {"f", "F"}, {"h", "HH"}, {"j", "JH"}, {"k", "K"},
    {"l", "L"}, {"m", "M"},   {"n", "N"},   {"p", "P"}, {"r", "R"},  {"s", "S"},  {"sh", "SH"},
    {"t", "T"}, {"th", "TH"}, {"th", "DH"}, {"v", "V"}, {"w", "W"},  {"y", "Y"},  {"z", "Z"},
});

}  // namespace

std::vector<PhoneId> SoundsOf(std::string_view written, const PhoneSet& phones) {
  std::vector<PhoneId> sounds;
  for (const Grapheme& grapheme : kGraphemes) {
    if (grapheme.letters != written) continue;
    if (const auto phone = phones.Find(grapheme.arpabet)) sounds.push_back(*phone);
  }
  return sounds;
}

std::span<const Grapheme> ImitatedConsonants() { return kImitated; }

}  // namespace euphone
