#include "curves/number.h"

#include <fmt/format.h>

#include <cmath>

namespace euphone {

std::string Figure(double value, int decimals) {
  if (!std::isfinite(value)) return "–";
  if (value != 0.0 && (std::abs(value) >= 1e7 || std::abs(value) < std::pow(10.0, -decimals) / 2.0))
    return fmt::format("{:.3g}", value);
  std::string text = fmt::format("{:.{}f}", value, decimals);
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return text == "-0" ? "0" : text;
}

double RoundedTo(double value, int decimals) {
  const double unit = std::pow(10.0, decimals);
  if (!std::isfinite(value) || std::abs(value) > 1e15 / unit) return value;
  return std::round(value * unit) / unit + 0.0;
}

std::string CountOf(double count, const std::string& one) {
  if (!std::isfinite(count)) return "never";
  const double whole = std::round(count);
  return Figure(whole, 0) + " " + one + (whole == 1.0 ? "" : "s");
}

}  // namespace euphone
