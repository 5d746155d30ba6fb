#include "anomaly/sensor_table.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "anomaly/scaling.h"

namespace euphone {
namespace {

constexpr std::array<std::string_view, 5> kTimes{"time", "t", "timestamp", "seconds", "time_s"};
constexpr std::size_t kMostShown = 40;

std::string_view Trimmed(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\r' || c == '\t'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
    text = text.substr(1, text.size() - 2);
  return text;
}

/// Whether a terminal can show it; a recording is no table, nor is what a loose cable sends.
bool IsText(std::string_view line) {
  return std::none_of(line.begin(), line.end(), [](char c) {
    const auto code = static_cast<unsigned char>(c);
    return (code < 0x20 && c != '\t' && c != '\r') || code == 0x7F;
  });
}

std::vector<std::string_view> CellsOf(std::string_view line, char separator) {
  std::vector<std::string_view> cells;
  for (;;) {
    const std::size_t length = line.find(separator);
    cells.push_back(Trimmed(line.substr(0, length)));
    if (length == std::string_view::npos) return cells;
    line.remove_prefix(length + 1);
  }
}

std::string Quoted(std::string_view text) {
  return "'" + std::string(text.substr(0, kMostShown)) + "'";
}

std::string Lowered(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lowered;
}

bool IsNumber(std::string_view cell, double& value) {
  if (cell.starts_with('+')) cell.remove_prefix(1);
  const char* end = cell.data() + cell.size();
  const auto [stop, error] = std::from_chars(cell.data(), end, value);
  return error == std::errc() && stop == end;
}

/// What is wrong with a cell that holds no finite number.
std::string WhyNot(std::string_view cell) {
  const std::string lowered = Lowered(cell);
  if (cell.empty()) return "is empty; fill in or leave out lines with missing values";
  if (lowered == "nan" || lowered == "null" || lowered == "na" || lowered.ends_with("inf"))
    return "holds " + Quoted(cell) + "; leave out lines with missing values";
  return "holds " + Quoted(cell) + ", which is no number; write it as 0.25, time in seconds";
}

}  // namespace

Result<SensorTable> SensorTable::Create(std::string_view header, const SensorColumns& columns) {
  if (header.starts_with("\xEF\xBB\xBF")) header.remove_prefix(3);
  if (!IsText(header)) {
    return Error{Errc::kCorrupt,
                 "line 1: this is no text; give a table of numbers, or --as audio for a recording"};
  }
  SensorTable table;
  if (header.find('\t') != std::string_view::npos) table.separator_ = '\t';
  if (header.find(';') != std::string_view::npos) table.separator_ = ';';
  bool has_words = false;
  for (const std::string_view cell : CellsOf(header, table.separator_)) {
    double number = 0.0;
    has_words = has_words || (!cell.empty() && !IsNumber(cell, number));
    table.names_.emplace_back(cell);
  }
  if (!has_words) {
    return Error{Errc::kCorrupt, "line 1: the first line must name the columns, such as time,x,y"};
  }
  const auto place_of = [&](const std::string& name) {
    return static_cast<std::size_t>(std::find(table.names_.begin(), table.names_.end(), name) -
                                    table.names_.begin());
  };
  const auto missing = [&](const std::string& name) {
    std::string all;
    for (const std::string& known : table.names_) all += (all.empty() ? "" : ", ") + known;
    return Error{Errc::kInvalidArgument,
                 "line 1: no column " + Quoted(name) + "; there are " + all.substr(0, 120)};
  };
  if (!columns.time.empty()) {
    table.time_ = place_of(columns.time);
    if (*table.time_ == table.names_.size()) return missing(columns.time);
  }
  for (std::size_t i = 0; i < table.names_.size() && !table.time_; ++i) {
    const std::string name = Lowered(table.names_[i]);
    const bool wanted = std::find(columns.channels.begin(), columns.channels.end(),
                                  table.names_[i]) != columns.channels.end();
    if (!wanted && std::find(kTimes.begin(), kTimes.end(), name) != kTimes.end()) table.time_ = i;
  }
  table.channels_ = columns.channels;
  if (table.channels_.empty()) {
    for (std::size_t i = 0; i < table.names_.size(); ++i)
      if (i != table.time_) table.channels_.push_back(table.names_[i]);
  }
  for (const std::string& channel : table.channels_) {
    table.places_.push_back(place_of(channel));
    if (table.places_.back() == table.names_.size()) return missing(channel);
  }
  if (!columns.read_time) table.time_.reset();
  if (table.channels_.empty())
    return Error{Errc::kCorrupt, "line 1: no column but the time; a channel is needed"};
  return table;
}

Result<std::optional<SensorReading>> SensorTable::Read(std::string_view line) {
  ++line_;
  if (Trimmed(line).empty()) return std::optional<SensorReading>();
  const auto wrong = [&](const std::string& what) {
    return Error{Errc::kCorrupt, "line " + std::to_string(line_) + ": " + what};
  };
  if (!IsText(line)) return wrong("this is no text; give a table of numbers");
  const std::vector<std::string_view> cells = CellsOf(line, separator_);
  if (cells.size() != names_.size()) {
    return wrong(std::to_string(cells.size()) + " cells, but line 1 names " +
                 std::to_string(names_.size()) + " columns");
  }
  SensorReading reading;
  double number = 0.0;
  for (const std::size_t place : places_) {
    const bool fits = IsNumber(cells[place], number) && std::abs(number) < 1e30;
    if (!fits) return wrong("column " + Quoted(names_[place]) + " " + WhyNot(cells[place]));
    reading.values.push_back(static_cast<float>(number));
  }
  if (time_) {
    if (!IsNumber(cells[*time_], number) || !std::isfinite(number))
      return wrong("column " + Quoted(names_[*time_]) + " " + WhyNot(cells[*time_]));
    reading.time_s = number;
  }
  return std::optional<SensorReading>(std::move(reading));
}

Result<double> RateOf(std::span<const double> times_s) {
  std::vector<double> steps;
  for (std::size_t i = 1; i < times_s.size(); ++i) steps.push_back(times_s[i] - times_s[i - 1]);
  const double step = MedianOf(std::move(steps));
  if (step > 0.0 && std::isfinite(1.0 / step)) return 1.0 / step;
  return Error{Errc::kCorrupt,
               "the time column does not go on from line to line; give --rate instead"};
}

}  // namespace euphone
