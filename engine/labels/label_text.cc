#include "labels/label_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <system_error>

#include "base/plain_text.h"

namespace euphone {
namespace {

void Encode(std::uint32_t point, std::string& utf8) {
  const auto put = [&](std::uint32_t byte) { utf8 += static_cast<char>(byte); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0 | (point >> 6));
    put(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    put(0xE0 | (point >> 12));
    put(0x80 | ((point >> 6) & 0x3F));
    put(0x80 | (point & 0x3F));
  } else {
    put(0xF0 | (point >> 18));
    put(0x80 | ((point >> 12) & 0x3F));
    put(0x80 | ((point >> 6) & 0x3F));
    put(0x80 | (point & 0x3F));
  }
}

Result<std::string> FromUtf16(std::string_view units, bool big) {
  const Error half{Errc::kCorrupt, "is UTF-16 that ends within a character"};
  if (units.size() % 2 != 0) return half;
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(units[at]);
    const auto second = static_cast<unsigned char>(units[at + 1]);
    return static_cast<std::uint32_t>(big ? first << 8 | second : second << 8 | first);
  };
  std::string utf8;
  for (std::size_t at = 0; at < units.size(); at += 2) {
    std::uint32_t point = unit(at);
    if (point >= 0xD800 && point < 0xE000) {
      at += 2;
      if (point >= 0xDC00 || at >= units.size()) return half;
      const std::uint32_t low = unit(at);
      if (low < 0xDC00 || low >= 0xE000) return half;
      point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
    }
    Encode(point, utf8);
  }
  return utf8;
}

}  // namespace

Result<std::string> AsUtf8(std::string_view content) {
  if (content.starts_with("\xFE\xFF")) return FromUtf16(content.substr(2), true);
  if (content.starts_with("\xFF\xFE")) return FromUtf16(content.substr(2), false);
  if (content.starts_with("\xEF\xBB\xBF")) content.remove_prefix(3);
  return std::string(content);
}

std::optional<double> NumberIn(std::string_view field) {
  if (field.starts_with('+')) field.remove_prefix(1);
  double number = 0.0;
  const auto [end, failed] = std::from_chars(field.data(), field.data() + field.size(), number);
  if (failed != std::errc() || end != field.data() + field.size() || !std::isfinite(number))
    return std::nullopt;
  return number;
}

std::string Digits(double seconds, int decimals) {
  std::string digits = FixedDigits(seconds, decimals);
  if (digits.find('.') != std::string::npos) {
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.ends_with('.')) digits.pop_back();
  }
  return digits == "-0" ? "0" : digits;
}

std::vector<std::string_view> LinesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
  }
  return lines;
}

void CoverLabels(Labels& labels) {
  for (const LabelTier& tier : labels.tiers) {
    for (const TimedLabel& label : tier.labels)
      labels.seconds = std::max(labels.seconds, label.end);
  }
}

}  // namespace euphone
