#include "model/text_rules.h"

#include <algorithm>

namespace euphone {
namespace {

bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsAlphanumeric(char c) { return IsLower(c) || IsUpper(c) || IsDigit(c); }

/// True if each of the `separator`-divided parts of `text` is accepted; false for more than `most`.
template <class Accepts>
bool EachPart(std::string_view text, char separator, std::size_t most, Accepts accepts) {
  for (std::size_t parts = 1; parts <= most; ++parts) {
    const std::size_t end = text.find(separator);
    if (!accepts(text.substr(0, end))) return false;
    if (end == std::string_view::npos) return true;
    text.remove_prefix(end + 1);
  }
  return false;
}

/// Bytes that are not the continuation of a UTF-8 character.
std::ptrdiff_t CharactersIn(std::string_view text) {
  return std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; });
}

}  // namespace

bool IsLine(std::string_view text) {
  return !text.empty() && CharactersIn(text) <= 300 &&
         std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x20; });
}

bool IsUnit(std::string_view text) {
  return text.empty() || (CharactersIn(text) <= 16 && IsLine(text));
}

bool IsName(std::string_view text) {
  return text.size() <= 64 && EachPart(text, '-', 64, [](std::string_view part) {
           return !part.empty() &&
                  std::ranges::all_of(part, [](char c) { return IsLower(c) || IsDigit(c); });
         });
}

bool IsVersion(std::string_view text) {
  return std::ranges::count(text, '.') == 2 && EachPart(text, '.', 3, [](std::string_view part) {
           return !part.empty() && part.size() <= 6 && (part == "0" || part[0] != '0') &&
                  std::ranges::all_of(part, IsDigit);
         });
}

bool IsLanguage(std::string_view text) {
  const std::size_t dash = std::min(text.find('-'), text.size());
  const std::string_view region = text.substr(dash);
  return (dash == 2 || dash == 3) && std::ranges::all_of(text.substr(0, dash), IsLower) &&
         (region.empty() || (region.size() == 3 && IsUpper(region[1]) && IsUpper(region[2])));
}

bool IsPath(std::string_view text) {
  return text.size() <= 100 && EachPart(text, '/', 4, [](std::string_view part) {
           return !part.empty() && IsAlphanumeric(part[0]) && std::ranges::all_of(part, [](char c) {
             return IsAlphanumeric(c) || c == '.' || c == '_' || c == '-';
           });
         });
}

bool IsSha256(std::string_view text) {
  return text.size() == 64 &&
         std::ranges::all_of(text, [](char c) { return IsDigit(c) || (c >= 'a' && c <= 'f'); });
}

bool IsTensor(std::string_view text) {
  return !text.empty() && text.size() <= 64 && !IsDigit(text[0]) && text[0] != '.' &&
         std::ranges::all_of(text,
                             [](char c) { return IsAlphanumeric(c) || c == '_' || c == '.'; });
}

bool IsClass(std::string_view text) {
  if (text == "<blank>") return true;
  if (!text.empty() && text.back() >= '0' && text.back() <= '2') text.remove_suffix(1);
  return !text.empty() && text.size() <= 4 && std::ranges::all_of(text, IsUpper);
}

bool IsLetter(std::string_view text) { return !text.empty() && CharactersIn(text) <= 16; }

bool IsSpdx(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
    return IsAlphanumeric(c) || c == '.' || c == '+' || c == '-';
  });
}

bool IsDate(std::string_view text) {
  return text.size() == 10 && text[4] == '-' && text[7] == '-' &&
         std::ranges::count_if(text, IsDigit) == 8;
}

bool IsTerm(std::string_view text) {
  return text.size() <= 32 && EachPart(text, '_', 8, [](std::string_view part) {
           return !part.empty() &&
                  std::ranges::all_of(part, [](char c) { return IsLower(c) || IsDigit(c); });
         });
}

}  // namespace euphone
