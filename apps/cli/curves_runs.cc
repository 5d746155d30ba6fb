#include "curves_runs.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "base/file.h"
#include "curves/run_log.h"

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCurveFile = "curve.csv";
constexpr std::size_t kMostRuns = 64, kMostFiles = 10'000, kMostNamed = 12;

bool IsEventFile(const fs::path& file) {
  return file.filename().string().find("tfevents") != std::string::npos;
}

struct ReadRuns {
  std::vector<RunLog> runs;
  std::vector<std::string> warnings;
};

Status AddCsv(const fs::path& file, const std::string& name, ReadRuns& read) {
  const auto mapped = MappedFile::Open(file);
  if (!mapped) return mapped.error();
  const auto bytes = mapped->bytes();
  auto runs = ReadCurveCsv({reinterpret_cast<const char*>(bytes.data()), bytes.size()},
                           ShownName(file.string()), read.warnings);
  if (!runs) return runs.error();
  const bool only = runs->size() == 1;
  for (RunLog& run : *runs) {
    if (only) run.name = name;
    read.runs.push_back(std::move(run));
  }
  return {};
}

/// One run's files of events, in the order of their names, which is that of their making.
Status AddEvents(const std::vector<fs::path>& files, const std::string& name, ReadRuns& read) {
  RunLog run{.name = name, .axis = "step", .metrics = {}};
  for (const fs::path& file : files) {
    const auto mapped = MappedFile::Open(file);
    if (!mapped) return mapped.error();
    const auto bytes = mapped->bytes();
    if (auto status = ReadEvents({reinterpret_cast<const char*>(bytes.data()), bytes.size()},
                                 ShownName(file.string()), run, read.warnings);
        !status) {
      return status;
    }
  }
  for (Series& metric : run.metrics) metric = Cleaned(std::move(metric));
  std::erase_if(run.metrics, [](const Series& metric) { return metric.points.empty(); });
  if (run.metrics.empty()) {
    return Error{Errc::kCorrupt,
                 ShownName(files.front().string()) + ": there are no scalars in it"};
  }
  read.runs.push_back(std::move(run));
  return {};
}

/// Every folder below that has a curve.csv, or else events, is a run.
Status AddFolder(const fs::path& folder, ReadRuns& read) {
  std::map<fs::path, std::vector<fs::path>> runs;
  std::error_code problem;
  std::size_t files = 0;
  for (fs::recursive_directory_iterator at(folder, problem), end; !problem && at != end;
       at.increment(problem)) {
    if (++files > kMostFiles)
      return Error{Errc::kTooLarge, folder.string() + ": over 10,000 files; name a folder of runs"};
    if (!at->is_regular_file(problem)) continue;
    if (at->path().filename() == kCurveFile || IsEventFile(at->path()))
      runs[at->path().parent_path()].push_back(at->path());
  }
  if (problem) return Error{Errc::kIo, folder.string() + ": " + problem.message()};
  if (runs.empty()) {
    return Error{Errc::kNotFound, folder.string() + ": neither " + kCurveFile +
                                      " nor files of TensorBoard events are in it"};
  }
  for (auto& [place, of_run] : runs) {
    std::string name = place.lexically_relative(folder).generic_string();
    if (name == ".") name = fs::weakly_canonical(folder, problem).filename().string();
    std::ranges::sort(of_run);
    const fs::path table = place / kCurveFile;
    const bool has_table = std::ranges::find(of_run, table) != of_run.end();
    auto status =
        has_table ? AddCsv(table, ShownName(name), read) : AddEvents(of_run, ShownName(name), read);
    if (!status) return status;
  }
  return {};
}

Status AddPath(const std::string& path, ReadRuns& read) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return Error{Errc::kNotFound, path + ": there is no such file"};
  if (fs::is_directory(path, ignored)) return AddFolder(path, read);
  const std::string name = ShownName(fs::path(path).filename().string());
  return IsEventFile(path) ? AddEvents({path}, name, read) : AddCsv(path, name, read);
}

/// Two runs of one name are told apart by a number.
void NameApart(std::vector<RunLog>& runs) {
  std::map<std::string, int> seen;
  for (RunLog& run : runs)
    if (const int times = ++seen[run.name]; times > 1)
      run.name += " (" + std::to_string(times) + ")";
}

std::string Lowered(std::string text) {
  for (char& c : text) c = c == '/' ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return text;
}

std::vector<std::string> MetricNames(const std::vector<RunLog>& runs) {
  std::vector<std::string> names;
  for (const RunLog& run : runs) {
    for (const Series& metric : run.metrics)
      if (std::ranges::find(names, metric.name) == names.end()) names.push_back(metric.name);
  }
  return names;
}

std::string ListedMetrics(const std::vector<std::string>& names) {
  std::string list;
  for (std::size_t i = 0; i < std::min(names.size(), kMostNamed); ++i)
    list += (i == 0 ? "" : ", ") + names[i];
  return list + (names.size() > kMostNamed ? ", …" : "");
}

/// The metric that was asked for, or a loss. Fails: kInvalidArgument, listing those that there are.
Result<std::string> ChosenMetric(const std::vector<std::string>& names, const std::string& asked) {
  const std::string wanted = Lowered(asked.empty() ? "loss" : asked);
  for (const std::string& name : names)
    if (Lowered(name) == wanted) return name;
  for (const std::string& name : names)
    if (Lowered(name).find(wanted) != std::string::npos) return name;
  if (asked.empty()) return names.front();
  return Error{Errc::kInvalidArgument,
               "there is no metric '" + Shortened(asked) + "'; there are: " + ListedMetrics(names)};
}

/// Whether less is better, by what the metric is called.
Better BetterOf(const std::string& metric, const std::string& asked) {
  if (asked != "auto") return asked == "lower" ? Better::kLower : Better::kHigher;
  for (const char* lower : {"loss", "error", "mse", "perplexity", "wer", "cer", "seconds"})
    if (Lowered(metric).find(lower) != std::string::npos) return Better::kLower;
  return Better::kHigher;
}

const Series* MetricOf(const RunLog& run, const std::string& name) {
  const auto at = std::ranges::find(run.metrics, name, &Series::name);
  return at == run.metrics.end() ? nullptr : &*at;
}

ChartLine LineOf(const RunLog& run, const Series& metric, Better better) {
  ChartLine line{.name = run.name, .points = metric.points, .joined = true};
  line.now = line.points.back().x;
  const auto best = better == Better::kHigher
                        ? std::ranges::max_element(line.points, {}, &CurvePoint::y)
                        : std::ranges::min_element(line.points, {}, &CurvePoint::y);
  line.notes.push_back(RunNote(line.points.back(), *best, run.axis));
  return line;
}

Result<CurveChart> ChartOfRuns(const RunCurves& options) {
  ReadRuns read;
  for (const std::string& path : options.paths)
    if (auto status = AddPath(path, read); !status) return status.error();
  if (read.runs.size() > kMostRuns) return Error{Errc::kTooLarge, "over 64 runs; name fewer"};
  if (options.compare && read.runs.size() != 2) {
    return Error{Errc::kInvalidArgument,
                 "a comparison is of two runs, and there are " + std::to_string(read.runs.size())};
  }
  NameApart(read.runs);
  const std::vector<std::string> names = MetricNames(read.runs);
  const auto metric = ChosenMetric(names, options.metric);
  if (!metric) return metric.error();
  const Better better = BetterOf(*metric, options.better);
  CurveChart chart{.kind = "runs",
                   .title = *metric,
                   .x_title = read.runs.front().axis,
                   .y_title = *metric,
                   .scale = {.better = better},
                   .logarithmic = options.logarithmic};
  for (const RunLog& run : read.runs)
    if (const Series* series = MetricOf(run, *metric))
      chart.lines.push_back(LineOf(run, *series, better));
  for (std::size_t i = 0; options.compare && i < names.size(); ++i) {
    const Series* const a = MetricOf(read.runs[0], names[i]);
    const Series* const b = MetricOf(read.runs[1], names[i]);
    if (a == nullptr || b == nullptr) continue;
    const Better of_metric = BetterOf(names[i], names[i] == *metric ? options.better : "auto");
    for (Compared& each : CompareRuns(LineOf(read.runs[0], *a, of_metric),
                                      LineOf(read.runs[1], *b, of_metric), of_metric)) {
      each.what = names[i] + ", " + each.what;
      chart.compared.push_back(std::move(each));
    }
  }
  if (options.compare && chart.compared.empty())
    return Error{Errc::kInvalidArgument, "the two runs have no metric in common"};
  if (names.size() > 1) chart.notes.push_back("Metrics: " + ListedMetrics(names) + ".");
  for (const std::string& warning : read.warnings) ReportLine(warning);
  return chart;
}

}  // namespace

ExitCode ShowRunCurves(const RunCurves& options) {
  const auto chart = ChartOfRuns(options);
  if (!chart) return Report(chart.error());
  return ShowChart(*chart, options.output, "there is nothing to draw");
}

}  // namespace euphone::cli
