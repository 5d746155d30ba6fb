#include "telemetry/exposition.h"

#include <array>
#include <charconv>
#include <cmath>

namespace euphone {
namespace {

constexpr std::array<std::string_view, 3> kKinds = {"counter", "gauge", "histogram"};

void AddEscaped(std::string& text, std::string_view value, bool quotes) {
  for (const char c : value) {
    if (c == '\n') {
      text += "\\n";
      continue;
    }
    if (c == '\\' || (quotes && c == '"')) text += '\\';
    text += c;
  }
}

}  // namespace

std::string MetricNumber(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  constexpr double kWhole = 1e15;
  if (std::abs(value) < kWhole && value == std::floor(value))
    return std::to_string(static_cast<std::int64_t>(value));
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  return {digits.data(), end.ptr};
}

void Exposition::Begin(std::string_view name, MetricKind kind, std::string_view help) {
  name_ = name;
  text_ += "# HELP " + name_ + ' ';
  AddEscaped(text_, help, false);
  text_ += "\n# TYPE " + name_ + ' ';
  text_ += kKinds[static_cast<std::size_t>(kind)];
  text_ += '\n';
}

void Exposition::Line(std::string_view suffix, Labels labels, std::string_view bound,
                      std::string_view value) {
  text_ += name_;
  text_ += suffix;
  char before = '{';
  const auto label = [&](std::string_view name, std::string_view what) {
    text_ += before;
    text_ += name;
    text_ += "=\"";
    AddEscaped(text_, what, true);
    text_ += '"';
    before = ',';
  };
  for (const MetricLabel& one : labels) label(one.name, one.value);
  if (!bound.empty()) label("le", bound);
  if (before == ',') text_ += '}';
  text_ += ' ';
  text_ += value;
  text_ += '\n';
}

void Exposition::Add(Labels labels, double value) { Line("", labels, "", MetricNumber(value)); }

void Exposition::Add(Labels labels, std::uint64_t value) {
  Line("", labels, "", std::to_string(value));
}

void Exposition::Add(Labels labels, const Histogram& histogram) {
  std::uint64_t below = 0;
  for (std::size_t i = 0; i < histogram.counts().size(); ++i) {
    below += histogram.counts()[i];
    const bool last = i == histogram.bounds().size();
    Line("_bucket", labels, last ? "+Inf" : MetricNumber(histogram.bounds()[i]),
         std::to_string(below));
  }
  Line("_sum", labels, "", MetricNumber(histogram.sum()));
  Line("_count", labels, "", std::to_string(below));
}

}  // namespace euphone
