#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

#include "curves/run_log.h"

namespace euphone {
namespace {

constexpr std::size_t kMostColumns = 2000;

/// Cuts a table into its rows.
class CsvRows {
 public:
  explicit CsvRows(std::string_view bytes) : rest_(bytes) {
    if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
  }

  std::size_t line() const { return line_; }  ///< Where the last row began, from 1.

  /// False at the end; lines without anything are passed over.
  bool Next(std::vector<std::string>& fields) {
    while (!rest_.empty()) {
      line_ = next_line_;
      fields.clear();
      while (TakeField(fields)) {
      }
      if (fields.size() > 1 || !fields.front().empty()) return true;
    }
    return false;
  }

 private:
  /// Whether another field follows in this row.
  bool TakeField(std::vector<std::string>& fields) {
    std::string& field = fields.emplace_back();
    bool quoted = rest_.starts_with('"');
    if (quoted) rest_.remove_prefix(1);
    while (!rest_.empty()) {
      const char c = rest_.front();
      rest_.remove_prefix(1);
      if (c == '\n') ++next_line_;
      if (quoted) {
        if (c != '"') {
          field += c;
        } else if (rest_.starts_with('"')) {
          field += c;
          rest_.remove_prefix(1);
        } else {
          quoted = false;
        }
      } else if (c == ',') {
        return true;
      } else if (c == '\n') {
        return false;
      } else if (c != '\r') {
        field += c;
      }
    }
    return false;
  }

  std::string_view rest_;
  std::size_t line_ = 1, next_line_ = 1;
};

/// Nothing for what is no number; not finite where it says so.
std::optional<double> NumberOf(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('+')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  double value = 0.0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

class CsvReader {
 public:
  CsvReader(std::string_view bytes, const std::string& name) : rows_(bytes), name_(name) {}

  Result<std::vector<RunLog>> Read(std::vector<std::string>& warnings) {
    if (!rows_.Next(header_) || header_.size() < 2)
      return Corrupt("this is no table of values: its first line is to name columns, with commas");
    if (header_.size() > kMostColumns)
      return Error{Errc::kTooLarge, name_ + ": more than 2000 columns"};
    const auto x = ColumnOf("x"), y = ColumnOf("y");
    if (auto status = x && y ? ReadLong(*x, *y) : ReadWide(); !status) return status.error();
    std::size_t left_out = 0, kept = 0;
    for (RunLog& run : runs_) {
      for (Series& metric : run.metrics) {
        std::size_t dropped = 0;
        metric = Cleaned(std::move(metric), &dropped);
        left_out += dropped;
        kept += metric.points.size();
      }
      std::erase_if(run.metrics, [](const Series& metric) { return metric.points.empty(); });
    }
    if (left_out > 0)
      warnings.push_back(name_ + ": " + std::to_string(left_out) + " values that are no numbers");
    if (kept == 0) return Corrupt("there are no values in it");
    return std::move(runs_);
  }

 private:
  Error Corrupt(const std::string& what) const { return {Errc::kCorrupt, name_ + ": " + what}; }

  std::optional<std::size_t> ColumnOf(std::string_view column) const {
    const auto at = std::ranges::find(header_, column);
    if (at == header_.end()) return std::nullopt;
    return static_cast<std::size_t>(at - header_.begin());
  }

  /// Absent for an empty field or a column that there is not. Fails: kCorrupt.
  Result<std::optional<double>> Value(const std::vector<std::string>& row,
                                      std::optional<std::size_t> column) const {
    if (!column || *column >= row.size() || row[*column].empty()) return std::optional<double>();
    const auto value = NumberOf(row[*column]);
    if (value) return std::optional(*value);
    return Corrupt("line " + std::to_string(rows_.line()) + ": '" + ShownName(row[*column]) +
                   "' is not a number");
  }

  std::string Text(const std::vector<std::string>& row, std::string_view column) const {
    const auto at = ColumnOf(column);
    return at && *at < row.size() ? ShownName(row[*at]) : "";
  }

  Status Add(Series& metric, CurvePoint point) {
    if (++values_ > kMostRunValues) return Error{Errc::kTooLarge, name_ + ": too many values"};
    metric.points.push_back(std::move(point));
    return {};
  }

  Status ReadLong(std::size_t x, std::size_t y) {
    const auto low = ColumnOf("low"), high = ColumnOf("high"), count = ColumnOf("count");
    std::vector<std::string> row;
    while (rows_.Next(row)) {
      if (const std::string kind = Text(row, "kind"); !kind.empty() && kind != "measured") continue;
      const auto at = Value(row, x), value = Value(row, y), least = Value(row, low),
                 most = Value(row, high), weight = Value(row, count);
      for (const auto* each : {&at, &value, &least, &most, &weight})
        if (!*each) return each->error();
      if (!*at || !*value) continue;
      Series& metric = MetricOf(Text(row, "run"), Text(row, "metric"));
      if (auto status = Add(metric, {.x = **at,
                                     .y = **value,
                                     .weight = weight->value_or(1.0),
                                     .low = *least,
                                     .high = *most,
                                     .label = Text(row, "label")});
          !status) {
        return status;
      }
    }
    return {};
  }

  Series& MetricOf(const std::string& run, const std::string& metric) {
    const auto key = std::pair(run, metric);
    const auto found = places_.find(key);
    if (found != places_.end()) return runs_[found->second.first].metrics[found->second.second];
    const std::string name = run.empty() ? name_ : run;
    auto at = std::ranges::find(runs_, name, &RunLog::name);
    if (at == runs_.end()) at = runs_.insert(at, {.name = name, .axis = "x", .metrics = {}});
    at->metrics.push_back({.name = metric.empty() ? "y" : metric});
    places_[key] = {static_cast<std::size_t>(at - runs_.begin()), at->metrics.size() - 1};
    return at->metrics.back();
  }

  Status ReadWide() {
    std::size_t axis = 0;
    for (const char* name : {"x", "epoch", "step"})  // The last one that is there.
      if (const auto column = ColumnOf(name)) axis = *column;
    RunLog& run =
        runs_.emplace_back(RunLog{.name = name_, .axis = ShownName(header_[axis]), .metrics = {}});
    for (const std::string& column : header_) run.metrics.push_back({.name = ShownName(column)});
    std::vector<std::string> row;
    while (rows_.Next(row)) {
      const auto at = Value(row, axis);
      if (!at) return at.error();
      for (std::size_t column = 0; *at && column < header_.size(); ++column) {
        if (column == axis || header_[column] == "epoch") continue;
        const auto value = Value(row, column);
        if (!value) return value.error();
        if (!*value) continue;
        if (auto status = Add(run.metrics[column], {.x = **at, .y = **value}); !status)
          return status;
      }
    }
    return {};
  }

  CsvRows rows_;
  const std::string& name_;
  std::vector<std::string> header_;
  std::vector<RunLog> runs_;
  std::map<std::pair<std::string, std::string>, std::pair<std::size_t, std::size_t>> places_;
  std::size_t values_ = 0;
};

}  // namespace

Result<std::vector<RunLog>> ReadCurveCsv(std::string_view bytes, const std::string& name,
                                         std::vector<std::string>& warnings) {
  return CsvReader(bytes, name).Read(warnings);
}

std::string ShownName(std::string_view name) {
  constexpr std::size_t kMost = 200;
  std::string shown;
  for (std::size_t i = 0; i < name.size() && shown.size() < kMost;) {
    const auto lead = static_cast<unsigned char>(name[i]);
    const std::size_t length = lead < 0x80                   ? 1
                               : lead >= 0xC2 && lead < 0xE0 ? 2
                               : lead >= 0xE0 && lead < 0xF0 ? 3
                               : lead >= 0xF0 && lead < 0xF5 ? 4
                                                             : 0;
    bool valid = length > 0 && i + length <= name.size();
    unsigned code = length == 1 ? lead : length == 0 ? 0u : lead & (0x7Fu >> length);
    for (std::size_t k = 1; valid && k < length; ++k) {
      const auto next = static_cast<unsigned char>(name[i + k]);
      valid = (next & 0xC0) == 0x80;
      code = code << 6 | (next & 0x3F);
    }
    valid = valid && !(length == 3 && (code < 0x800 || (code >= 0xD800 && code < 0xE000))) &&
            !(length == 4 && (code < 0x10000 || code > 0x10FFFF));
    // Neither the older control characters nor those after ASCII.
    if (valid && code >= 0x20 && (code < 0x7F || code >= 0xA0)) {
      shown += name.substr(i, length);
    } else {
      shown += valid ? ' ' : '?';
    }
    i += valid ? length : 1;
  }
  return shown;
}

}  // namespace euphone
