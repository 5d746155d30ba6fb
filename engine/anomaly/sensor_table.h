#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace euphone {

/// Which columns of a table hold what.
struct SensorColumns {
  std::vector<std::string> channels;  ///< Empty: all but the time.
  bool read_time = true;              ///< Else the time is left out, whatever it holds.
  std::string time;  ///< Empty: "time", "t", "timestamp", "seconds", "time_s", if there.
};

/// One line of a table of measurements.
struct SensorReading {
  std::optional<double> time_s;
  std::vector<float> values;  ///< One for each channel.
};

/// Reads comma, semicolon or tab separated lines, the first of which names the columns; numbers
/// with a decimal point, time in seconds. Quotation marks around a cell are taken off. Pure.
/// Errors are kCorrupt and name the line and the column.
class SensorTable {
 public:
  /// Fails where the line is no text or names nothing; with kInvalidArgument, for a column that is
  /// not there.
  static Result<SensorTable> Create(std::string_view header, const SensorColumns& columns);

  const std::vector<std::string>& channels() const { return channels_; }
  bool has_time() const { return time_.has_value(); }
  std::size_t line() const { return line_; }  ///< Number of the last line that was read.

  /// The next line; nothing for an empty one. Fails where a cell is missing, not a number or not
  /// finite, or there are more cells than columns.
  Result<std::optional<SensorReading>> Read(std::string_view line);

 private:
  std::vector<std::string> names_;
  std::vector<std::string> channels_;
  std::vector<std::size_t> places_;  ///< Column of each channel.
  std::optional<std::size_t> time_;  ///< Column.
  char separator_ = ',';
  std::size_t line_ = 1;
};

/// Readings per second, from the middle distance of times that follow each other. Fails: kCorrupt
/// for fewer than two, or where time does not go on.
Result<double> RateOf(std::span<const double> times_s);

}  // namespace euphone
