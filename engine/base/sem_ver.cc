#include "base/sem_ver.h"

#include <algorithm>
#include <charconv>

namespace euphone {
namespace {

bool IsNumeric(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool IsIdentifier(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  });
}

bool LeadsWithZero(std::string_view text) { return text.size() > 1 && text.front() == '0'; }

std::vector<std::string_view> PiecesOf(std::string_view text) {
  std::vector<std::string_view> pieces;
  for (;;) {
    const std::size_t dot = text.find('.');
    pieces.push_back(text.substr(0, dot));
    if (dot == std::string_view::npos) return pieces;
    text.remove_prefix(dot + 1);
  }
}

bool ReadNumber(std::string_view text, std::uint64_t& number) {
  if (!IsNumeric(text) || LeadsWithZero(text)) return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

/// By length, then by digits: there is no limit to these numbers.
std::strong_ordering CompareNumeric(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return a.size() <=> b.size();
  return a.compare(b) <=> 0;
}

std::strong_ordering CompareIdentifiers(const std::string& a, const std::string& b) {
  const bool a_numeric = IsNumeric(a), b_numeric = IsNumeric(b);
  if (a_numeric != b_numeric)
    return a_numeric ? std::strong_ordering::less : std::strong_ordering::greater;
  return a_numeric ? CompareNumeric(a, b) : a.compare(b) <=> 0;
}

}  // namespace

std::string SemVer::Text() const {
  std::string text =
      std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(patch);
  for (std::size_t i = 0; i < before.size(); ++i) text += (i == 0 ? "-" : ".") + before[i];
  return text;
}

std::optional<SemVer> ReadSemVer(std::string_view text) {
  if (text.size() > 128) return std::nullopt;
  if (const std::size_t plus = text.find('+'); plus != std::string_view::npos) {
    for (const std::string_view piece : PiecesOf(text.substr(plus + 1)))
      if (!IsIdentifier(piece)) return std::nullopt;
    text = text.substr(0, plus);
  }
  SemVer version;
  if (const std::size_t dash = text.find('-'); dash != std::string_view::npos) {
    for (const std::string_view piece : PiecesOf(text.substr(dash + 1))) {
      if (!IsIdentifier(piece) || (IsNumeric(piece) && LeadsWithZero(piece))) return std::nullopt;
      version.before.emplace_back(piece);
    }
    text = text.substr(0, dash);
  }
  const auto numbers = PiecesOf(text);
  if (numbers.size() != 3 || !ReadNumber(numbers[0], version.major) ||
      !ReadNumber(numbers[1], version.minor) || !ReadNumber(numbers[2], version.patch))
    return std::nullopt;
  return version;
}

std::strong_ordering operator<=>(const SemVer& a, const SemVer& b) {
  if (const auto order = a.major <=> b.major; order != 0) return order;
  if (const auto order = a.minor <=> b.minor; order != 0) return order;
  if (const auto order = a.patch <=> b.patch; order != 0) return order;
  if (a.before.empty() != b.before.empty())
    return a.before.empty() ? std::strong_ordering::greater : std::strong_ordering::less;
  for (std::size_t i = 0; i < std::min(a.before.size(), b.before.size()); ++i)
    if (const auto order = CompareIdentifiers(a.before[i], b.before[i]); order != 0) return order;
  return a.before.size() <=> b.before.size();
}

}  // namespace euphone
