#include "report/format.h"

#include <fmt/format.h>

#include <cmath>

namespace euphone {

double Rounded(double value, int decimals) {
  const double scale = std::pow(10.0, decimals);
  const double rounded = std::round(value * scale) / scale;
  return rounded == 0.0 ? 0.0 : rounded;
}

std::string Decimal(double value, int decimals) {
  if (!std::isfinite(value)) return "";
  std::string text = fmt::format("{:.{}f}", Rounded(value, decimals), decimals);
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return text;
}

std::vector<bool> MarkupBytes(std::string_view original) {
  std::vector<bool> hidden(original.size(), false);
  for (std::size_t i = 0; i < original.size(); ++i) {
    if (original[i] == '\\' && i + 1 < original.size() &&
        (original[i + 1] == '{' || original[i + 1] == '}')) {
      hidden[i++] = true;
      continue;
    }
    const std::size_t bar = original[i] == '{' ? original.find('|', i) : original.npos;
    const std::size_t close = bar != original.npos ? original.find('}', i) : original.npos;
    if (close == original.npos || bar > close) continue;
    hidden[i] = true;
    for (std::size_t j = bar; j <= close; ++j) hidden[j] = true;
    i = close;
  }
  return hidden;
}

std::string WrittenText(std::string_view original, TextSpan span) {
  const std::string_view part = original.substr(span.begin, span.end - span.begin);
  const std::vector<bool> hidden = MarkupBytes(part);
  std::string shown;
  for (std::size_t i = 0; i < part.size(); ++i) {
    if (!hidden[i]) shown += part[i];
  }
  return OneLine(shown);
}

Utf16Offsets::Utf16Offsets(std::string_view utf8) {
  units_.reserve(utf8.size() + 1);
  std::size_t units = 0;
  for (const char c : utf8) {
    units_.push_back(units);
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0xf0) {
      units += 2;  // Beyond the basic plane: a surrogate pair.
    } else if ((byte & 0xc0) != 0x80) {
      units += 1;
    }
  }
  units_.push_back(units);
}

}  // namespace euphone
