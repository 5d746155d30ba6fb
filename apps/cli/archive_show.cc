#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>

#include "report/csv_line.h"
#include "score_archive.h"
#include "store/clock.h"
#include "terminal.h"

namespace euphone::cli {
namespace {

using fleet::ArchiveResult;
using fleet::ArchiveResults;
using fleet::ArchiveRun;
using fleet::ArchiveState;
using nlohmann::json;

constexpr std::array kScoresOfArchive{"total",        "accuracy", "fluency",
                                      "completeness", "prosody",  "uncertainty"};
constexpr std::array kArchiveStates{ArchiveState::kScored, ArchiveState::kNotScored,
                                    ArchiveState::kFailed, ArchiveState::kSetAside};

Result<ArchiveResults> ResultsOf(const ArchiveShowOptions& options) {
  if (options.results.empty()) {
    return Error{Errc::kInvalidArgument,
                 "say where the results are: --results sqlite:FILE or postgresql://…"};
  }
  return ArchiveResults::Open(options.results, true);
}

/// The run that was named, or the only one.
Result<ArchiveRun> TheRun(ArchiveResults& results, const std::string& name) {
  if (!name.empty()) {
    const auto found = results.Find(name);
    if (!found) return found.error();
    if (*found) return **found;
  }
  const auto runs = results.Runs();
  if (!runs) return runs.error();
  if (name.empty() && runs->size() == 1) return runs->front();
  std::string known;
  for (const ArchiveRun& run : *runs) known += (known.empty() ? "" : ", ") + run.run;
  if (known.empty()) return Error{Errc::kNotFound, results.where() + " holds no run"};
  return Error{
      Errc::kNotFound,
      (name.empty() ? "which run? there are " : "no run '" + name + "'; there are ") + known};
}

json DocumentOf(const ArchiveResult& result) {
  return result.document.empty() ? json() : json::parse(result.document, nullptr, false);
}

std::string CsvLineOf(const ArchiveResult& result) {
  const json document = DocumentOf(result);
  const auto number = [](const json& value) {
    return value.is_number() ? value.dump() : std::string();
  };
  std::vector<std::string> fields{result.recording, result.audio, result.speaker, result.language,
                                  fleet::NameOf(result.state)};
  for (const char* score : kScoresOfArchive) {
    const json scores = document.is_object() ? document.value("scores", json()) : json();
    fields.push_back(scores.is_object() ? number(scores.value(score, json())) : "");
  }
  const json audio = document.is_object() ? document.value("audio", json()) : json();
  fields.push_back(audio.is_object() ? number(audio.value("duration_s", json())) : "");
  fields.push_back(result.message);
  std::string line;
  AddCsvLine(fields, line);
  return line;
}

std::string CsvHeadOfArchive() {
  std::vector<std::string> fields{"recording", "audio", "speaker", "language", "state"};
  for (const char* score : kScoresOfArchive) fields.emplace_back(score);
  fields.insert(fields.end(), {"duration_s", "message"});
  std::string line;
  AddCsvLine(fields, line);
  return line;
}

/// The document as `analyze` writes it; where there is none, what is known instead.
std::string JsonLineOf(const ArchiveResult& result) {
  if (result.state == ArchiveState::kScored) return result.document + "\n";
  if (!result.document.empty()) return result.document + "\n";
  return json{{"id", result.recording},
              {"verdict", fleet::NameOf(result.state)},
              {"message", result.message}}
             .dump() +
         "\n";
}

json StatusJson(const ArchiveRun& run, const fleet::ArchiveTally& tally) {
  json status = {{"run", run.run},           {"manifest", run.manifest},
                 {"model", run.model},       {"total", run.total},
                 {"queued", run.queued},     {"done", tally.done()},
                 {"begun_ms", run.begun_ms}, {"worked_ms", std::round(tally.worked_ms)}};
  if (run.ended_ms) status["ended_ms"] = *run.ended_ms;
  for (const ArchiveState state : kArchiveStates) {
    const auto found = tally.count.find(state);
    status[fleet::NameOf(state)] = found == tally.count.end() ? 0 : found->second;
  }
  return status;
}

}  // namespace

std::optional<double> ArchivePace::seconds_left() const {
  if (left() <= 0) return 0.0;
  if (per_second <= 0.0) return std::nullopt;
  return static_cast<double>(left()) / per_second;
}

std::optional<std::int64_t> ArchivePace::WorkersFor(double seconds) const {
  if (tally.done() == 0) return std::nullopt;
  const double each_s = tally.worked_ms / 1000.0 / static_cast<double>(tally.done());
  return static_cast<std::int64_t>(
      std::ceil(static_cast<double>(std::max<std::int64_t>(left(), 0)) * each_s / seconds));
}

std::string TallyText(const fleet::ArchiveTally& tally) {
  std::string text;
  for (const ArchiveState state : kArchiveStates) {
    const auto found = tally.count.find(state);
    const std::int64_t number = found == tally.count.end() ? 0 : found->second;
    if (number == 0 && state != ArchiveState::kScored) continue;
    std::string name = fleet::NameOf(state);
    std::replace(name.begin(), name.end(), '-', ' ');
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", number, name);
  }
  return text;
}

ExitCode ExportArchive(const ArchiveShowOptions& options) {
  auto results = ResultsOf(options);
  if (!results) return Report(results.error());
  const auto run = TheRun(*results, options.run);
  if (!run) return Report(run.error());
  std::ofstream file;
  const std::string unfinished = options.out + ".part";
  if (!options.out.empty()) {
    file.open(unfinished, std::ios::binary | std::ios::trunc);
    if (!file) return Report({Errc::kIo, Shortened(unfinished) + ": it cannot be written"});
  }
  bool written = true;
  const auto put = [&](const std::string& text) {
    written = options.out.empty() ? Print(text) : static_cast<bool>(file << text);
    return written && !Interrupted();
  };
  if (options.format == "csv") put(CsvHeadOfArchive());
  const auto status = results->Each(run->run, [&](const ArchiveResult& result) {
    return put(options.format == "csv" ? CsvLineOf(result) : JsonLineOf(result));
  });
  if (!status) return Report(status.error());
  if (Interrupted()) return ExitCode::kInterrupted;
  if (!options.out.empty()) {
    file.close();
    std::error_code failed;
    std::filesystem::rename(unfinished, options.out, failed);
    written = written && file && !failed;
  }
  if (written) return ExitCode::kOk;
  ReportUnwritable();
  return ExitCode::kBadInput;
}

ExitCode ListArchives(const ArchiveShowOptions& options) {
  auto results = ResultsOf(options);
  if (!results) return Report(results.error());
  const auto runs = results->Runs();
  if (!runs) return Report(runs.error());
  std::string page;
  for (const ArchiveRun& run : *runs) {
    const auto tally = results->Tally(run.run);
    if (!tally) return Report(tally.error());
    page += options.json ? StatusJson(run, *tally).dump() + "\n"
                         : fmt::format("{}  {} of {}: {}\n", run.run, tally->done(), run.total,
                                       TallyText(*tally));
  }
  return Show(page);
}

ExitCode ShowArchive(const ArchiveShowOptions& options) {
  auto results = ResultsOf(options);
  if (!results) return Report(results.error());
  const auto run = TheRun(*results, options.run);
  if (!run) return Report(run.error());
  const auto tally = results->Tally(run->run);
  if (!tally) return Report(tally.error());
  const auto dead = results->Dead(run->run);
  if (!dead) return Report(dead.error());
  ArchivePace pace{.tally = *tally, .total = run->total};
  const double so_far = static_cast<double>(run->ended_ms.value_or(NowMs()) - run->begun_ms);
  pace.per_second = so_far > 0.0 ? 1000.0 * static_cast<double>(tally->done()) / so_far : 0.0;
  const auto wanted = pace.WorkersFor(3600.0);
  if (options.json) {
    json status = StatusJson(*run, *tally);
    status["rate"] = pace.per_second;
    if (wanted) status["suggested_workers"] = *wanted;
    status["dead"] = json::array();
    for (const fleet::ArchiveDead& one : *dead) {
      status["dead"].push_back({{"recording", one.recording},
                                {"reason", one.reason},
                                {"deliveries", one.deliveries},
                                {"worker", one.worker}});
    }
    return Show(status.dump() + "\n");
  }
  std::string page = fmt::format("{}: {} of {} recordings by {}: {}\n", run->run, tally->done(),
                                 run->total, run->model, TallyText(*tally));
  if (wanted && pace.left() > 0)
    page += fmt::format("Workers that would score the rest within an hour: {}\n", *wanted);
  for (const fleet::ArchiveDead& one : *dead)
    page += fmt::format("Set aside: {} ({})\n", one.reason, one.worker);
  return Show(page);
}

}  // namespace euphone::cli
