#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "telemetry/histogram.h"

namespace euphone {

enum class MetricKind { kCounter, kGauge, kHistogram };

struct MetricLabel {
  std::string_view name;
  std::string_view value;  ///< Any text; it is escaped.
};

/// Writes metrics as Prometheus reads them: its text format, version 0.0.4. One family after the
/// other, each with all its lines.
class Exposition {
 public:
  using Labels = std::initializer_list<MetricLabel>;

  /// `name`: letters, digits and '_'; counters end with _total. `help`: one sentence.
  void Begin(std::string_view name, MetricKind kind, std::string_view help);
  /// A line of the family.
  void Add(Labels labels, double value);
  void Add(Labels labels, std::uint64_t value);
  /// The lines of a histogram: its buckets, its sum, its count. Of a gauge, too: where a window is
  /// told, in which numbers fall as well.
  void Add(Labels labels, const Histogram& histogram);

  /// A family of one line without labels.
  template <class Value>
  void One(std::string_view name, MetricKind kind, std::string_view help, Value value) {
    Begin(name, kind, help);
    Add({}, value);
  }

  const std::string& text() const { return text_; }
  std::string Take() { return std::move(text_); }

 private:
  void Line(std::string_view suffix, Labels labels, std::string_view bound, std::string_view value);

  std::string name_;
  std::string text_;
};

/// A number without a needless tail, whatever the locale: 0.25, 100, +Inf.
std::string MetricNumber(double value);

}  // namespace euphone
