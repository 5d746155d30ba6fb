#include "bench_children.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <system_error>
#include <utility>

#include "bench_machine.h"
#include "evaluate/statistics.h"
#include "run_self.h"
#include "terminal.h"

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;

constexpr double kLookEveryMs = 50.0, kLongest = 3600.0;

/// Asks the system to forget a file's pages; it keeps those that somebody uses.
void Forget(const fs::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED);
  ::close(descriptor);
}

void ForgetAll(const fs::path& folder) {
  std::error_code none;
  const auto follow = fs::directory_options::follow_directory_symlink;
  for (const auto& entry : fs::recursive_directory_iterator(folder, follow, none))
    if (entry.is_regular_file(none)) Forget(entry.path());
}

std::vector<std::string> AnalyzeArguments(const InstallationOptions& installation) {
  std::vector<std::string> words = PlainArguments(installation);
  words.insert(words.end(), {"--threads", "1", "analyze", "--format", "ctm", "--jobs", "1"});
  return words;
}

Result<ChildEnd> RunWatched(const std::vector<std::string>& arguments,
                            std::function<bool(int, double)> watch) {
  auto end = RunSelf(arguments, {.seconds = kLongest, .watch = std::move(watch)});
  if (end && !end->failure.empty()) return Error{Errc::kInternal, end->failure};
  return end;
}

bool Goes(int, double) { return !Interrupted(); }

std::optional<double> GrowthOf(const std::vector<MemoryPoint>& points) {
  constexpr std::size_t kEnough = 12;
  if (points.size() < kEnough) return std::nullopt;
  std::vector<double> middle, last;
  for (std::size_t i = points.size() / 3; i < points.size(); ++i)
    (i < 2 * points.size() / 3 ? middle : last).push_back(points[i].resident_mb);
  return 100.0 * (*Quantile(last, 0.5) / *Quantile(middle, 0.5) - 1.0);
}

/// As tools/figures/live_latency.py: from a word's end, as it is known at last, to the first event
/// that scored it and was not withdrawn.
void AddWordDelays(const std::string& output, std::vector<double>& delays_ms) {
  std::map<int, double> first;
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line);) {
    const nlohmann::json event = nlohmann::json::parse(line, nullptr, false);
    if (event.is_discarded() || event.value("event", "") != "word_scored") continue;
    const int word = event.value("word", -1);
    const std::string state = event.value("state", "");
    if (state == "withdrawn") {
      first.erase(word);
      continue;
    }
    const double at = first.emplace(word, event.value("wall_s", 0.0)).first->second;
    if (state != "final" || event.value("provisional", false)) continue;
    if (event.value("error", "") != "omitted")
      delays_ms.push_back(1000.0 * (at - event.value("end_s", 0.0)));
  }
}

}  // namespace

std::vector<std::string> PlainArguments(const InstallationOptions& installation) {
  const InstallationOptions usual;
  std::vector<std::string> words;
  const auto add = [&](const char* option, const std::string& value, const std::string& plain) {
    if (value != plain) words.insert(words.end(), {option, value});
  };
  add("--data", installation.data, usual.data);
  add("--language", installation.language, usual.language);
  add("--model", installation.model, usual.model);
  add("--scorer", installation.scorer, usual.scorer);
  add("--runtime", installation.runtime, usual.runtime);
  add("--hear", installation.hearing, usual.hearing);
  add("--lexicon", installation.lexicon, usual.lexicon);
  return words;
}

Result<StartResult> MeasureStarts(const InstallationOptions& installation, const BenchClip& clip,
                                  std::size_t rounds, const BenchProgress& progress) {
  const auto bytes = BenchFile(clip);
  if (!bytes) return bytes.error();
  const auto file = UnseenFile::Holding(*bytes);
  if (!file) return file.error();
  std::vector<std::string> arguments = AnalyzeArguments(installation);
  arguments.insert(arguments.end(), {file->path(), "--text", clip.text, "--id", "clip"});
  StartResult result;
  const auto data = FindData(installation);
  if (data) ForgetAll(*data);
  std::vector<double> warm;
  for (std::size_t round = 0; round <= rounds; ++round) {
    const auto end = RunWatched(arguments, Goes);
    if (!end) return end.error();
    if (round > 0)
      warm.push_back(end->wall_ms);
    else if (data)
      result.cold_ms = end->wall_ms;
    if (!progress(static_cast<double>(round) / static_cast<double>(rounds)))
      return Error{Errc::kInternal, "was stopped"};
  }
  result.warm_ms = SpreadOf(warm);
  return result;
}

Result<MemoryResult> MeasureMemory(const InstallationOptions& installation, const BenchClip& clip,
                                   std::size_t analyses, const BenchProgress& progress) {
  const auto bytes = BenchFile(clip);
  if (!bytes) return bytes.error();
  const auto file = UnseenFile::Holding(*bytes);
  if (!file) return file.error();
  std::string lines;
  for (std::size_t i = 0; i < analyses; ++i)
    lines += file->path() + "\t" + clip.text + "\t" + std::to_string(i) + "\n";
  const auto list = UnseenFile::Holding(lines);
  if (!list) return list.error();
  std::vector<std::string> arguments = AnalyzeArguments(installation);
  arguments.insert(arguments.end(), {"--manifest", list->path()});
  MemoryResult result{.analyses = analyses, .points = {}, .growth_percent = std::nullopt};
  const double expected_ms = 1000.0 * clip.seconds * static_cast<double>(analyses) * 0.05;
  const auto end = RunWatched(arguments, [&](int process, double ms) {
    if (result.points.empty() || ms - 1000.0 * result.points.back().at_s >= kLookEveryMs)
      if (const auto point = MemoryOf(process, ms / 1000.0)) result.points.push_back(*point);
    return progress(std::min(1.0, ms / expected_ms)) && !Interrupted();
  });
  if (!end) return end.error();
  result.peak_mb = end->peak_mb * 1.048576;
  result.growth_percent = GrowthOf(result.points);
  return result;
}

Result<std::optional<LiveResult>> MeasureLive(const InstallationOptions& installation,
                                              const BenchClip& clip, std::size_t rounds,
                                              const BenchProgress& progress) {
  const auto bytes = BenchFile(clip);
  if (!bytes) return bytes.error();
  const auto file = UnseenFile::Holding(*bytes);
  if (!file) return file.error();
  std::vector<std::string> arguments = PlainArguments(installation);
  arguments.insert(arguments.end(),
                   {"live", "--from", file->path(), "--text", clip.text, "--events"});
  std::vector<double> delays_ms;
  for (std::size_t round = 0; round < rounds; ++round) {
    const auto end = RunSelf(arguments, {.seconds = kLongest, .watch = Goes});
    if (!end) return end.error();
    if (Interrupted()) return Error{Errc::kInternal, "was stopped"};
    AddWordDelays(end->output, delays_ms);
    progress(static_cast<double>(round + 1) / static_cast<double>(rounds));
  }
  if (delays_ms.empty()) return std::optional<LiveResult>();
  return std::optional(LiveResult{delays_ms.size(), SpreadOf(delays_ms)});
}

}  // namespace euphone::cli
