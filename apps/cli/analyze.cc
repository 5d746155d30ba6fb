#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <thread>

#include "base/file.h"
#include "batch.h"
#include "commands.h"
#include "job_list.h"
#include "progress.h"
#include "report/report.h"
#include "terminal.h"

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestTextFile = 1 << 20;
constexpr std::size_t kLargestManifest = 256 << 20;

struct AnalyzeOptions {
  std::vector<std::string> files;
  std::string text, text_file, manifest, id, out, raw;
  std::vector<std::string> formats;
  std::string alphabet = "arpabet", colour = "auto";
  double max_seconds = ReadOptions{}.max_seconds;
  std::size_t jobs = 0;
  bool verbose = false, ctm_phones = false, compact = false;
};

/// Everything that is decided before the first recording is opened.
struct Plan {
  std::vector<Job> jobs;
  std::vector<const ReportFormat*> formats;
  ReadOptions read;
  ReportOptions report;
  fs::path out;
};

Result<std::string> TextFor(const AnalyzeOptions& options) {
  if (options.text_file.empty()) return options.text;
  return ReadFile(options.text_file, kLargestTextFile);
}

Result<std::vector<Job>> PlanJobs(const AnalyzeOptions& options) {
  if (!options.manifest.empty()) {
    auto content = ReadFile(options.manifest, kLargestManifest);
    if (!content) return content.error();
    auto jobs = ParseJobList(*content, fs::path(options.manifest).parent_path());
    if (!jobs) return Prefixed(options.manifest, jobs.error());
    return jobs;
  }
  auto text = TextFor(options);
  if (!text) return text.error();
  std::vector<Job> jobs;
  for (const std::string& file : options.files) {
    std::string id = file == "-" ? "stdin" : fs::path(file).stem().string();
    if (!options.id.empty()) id = options.id;
    jobs.push_back({.audio = file, .text = *text, .id = std::move(id)});
  }
  return jobs;
}

Result<Plan> MakePlan(const AnalyzeOptions& options) {
  Plan plan;
  auto jobs = PlanJobs(options);
  if (!jobs) return jobs.error();
  plan.jobs = *std::move(jobs);
  MakeIdsUnique(plan.jobs);
  for (const std::string& name : options.formats) {
    plan.formats.push_back(
        std::find_if(kReportFormats.begin(), kReportFormats.end(),
                     [&](const ReportFormat& format) { return format.name == name; }));
  }
  plan.read.max_seconds = options.max_seconds;
  if (!options.raw.empty()) {
    auto raw = ParseRawFormat(options.raw);
    if (!raw) return raw.error();
    plan.read.raw = *raw;
  }
  const ColourMode mode = options.colour == "always"  ? ColourMode::kAlways
                          : options.colour == "never" ? ColourMode::kNever
                                                      : ColourMode::kAuto;
  plan.out = options.out;
  plan.report = {
      .pretty = !options.compact && (plan.jobs.size() == 1 || !options.out.empty()),
      .alphabet = options.alphabet == "ipa" ? PhoneAlphabet::kIpa : PhoneAlphabet::kArpabet,
      .ctm_phones = options.ctm_phones,
      .csv_header = true,
      .width = TerminalWidth(),
      .colour = options.out.empty() && UseColour(mode),
      .verbose = options.verbose};
  if (!plan.out.empty()) {
    std::error_code failed;
    fs::create_directories(plan.out, failed);
    if (failed)
      return Error{Errc::kIo, plan.out.string() + ": cannot make this folder: " + failed.message()};
  }
  return plan;
}

std::string WhyNotScored(const Analysis& analysis) {
  if (analysis.verdict == Verdict::kWrongText) {
    return analysis.id + ": not scored: something else than the text was said";
  }
  for (const Finding& finding : analysis.quality.findings) {
    if (finding.severity == Severity::kSevere)
      return analysis.id + ": not scored: " + finding.message;
  }
  return analysis.id + ": not scored";
}

Status WriteOut(const Plan& plan, const Analysis& analysis, const Outcome& outcome) {
  std::string name = analysis.id;
  std::replace(name.begin(), name.end(), '/', '_');
  for (std::size_t i = 0; i < plan.formats.size(); ++i) {
    const fs::path file = plan.out / (name + std::string(plan.formats[i]->extension));
    if (auto status = WriteFileAtomically(file, outcome.documents[i]); !status) return status;
  }
  return {};
}

Outcome Failed(const Error& error) {
  return {.code = error.code == Errc::kInternal ? ExitCode::kBroken : ExitCode::kBadInput,
          .documents = {},
          .complaint = error.message};
}

Outcome AnalyzeOne(const Plan& plan, const Engine& engine, const Job& job) {
  auto recording = job.audio == "-" ? ReadRecording(STDIN_FILENO, "standard input", plan.read)
                                    : ReadRecording(job.audio, plan.read);
  if (!recording) return Failed(recording.error());
  auto analysis = engine.analyzer.Analyze(*recording, job.text, job.id);
  if (!analysis) return Failed(Prefixed(job.id, analysis.error()));
  Outcome outcome;
  for (const ReportFormat* format : plan.formats) {
    outcome.documents.push_back(format->write(*analysis, engine.phones(), plan.report));
  }
  if (analysis->verdict != Verdict::kScored) {
    outcome.code = ExitCode::kNotScored;
    outcome.complaint = WhyNotScored(*analysis);
  }
  if (plan.out.empty()) return outcome;
  if (auto status = WriteOut(plan, *analysis, outcome); !status) return Failed(status.error());
  outcome.documents.clear();
  return outcome;
}

/// The lines after the first: a second recording's CSV needs no header.
std::string_view WithoutFirstLine(std::string_view document) {
  const std::size_t end = document.find('\n');
  return end == std::string_view::npos ? std::string_view() : document.substr(end + 1);
}

ExitCode RunPlan(const Plan& plan, const Engine& engine, std::size_t threads) {
  Progress progress("Analysing", plan.jobs.size());
  ExitCode worst = ExitCode::kOk;
  bool printed = false;
  std::size_t finished = 0;
  progress.Update(0);
  RunInOrder(
      plan.jobs.size(), threads,
      [&](std::size_t index) { return AnalyzeOne(plan, engine, plan.jobs[index]); },
      [&](std::size_t index, Outcome outcome) {
        if (!outcome.documents.empty()) {
          progress.Clear();
          std::string_view document = outcome.documents.front();
          if (printed && plan.formats.front()->name == "csv") document = WithoutFirstLine(document);
          if (!Print(document)) {
            ReportLine("standard output cannot be written: is the disk full, or the reader gone?");
            worst = ExitCode::kBadInput;
            return false;
          }
          printed = true;
        }
        if (!outcome.complaint.empty()) {
          progress.Clear();
          ReportLine(outcome.complaint);
        }
        worst = std::max(worst, outcome.code);
        finished = index + 1;
        progress.Update(finished);
        return true;
      });
  progress.Clear();
  if (Interrupted()) {
    ReportLine(fmt::format("stopped after {} of {} recordings; their results are complete",
                           finished, plan.jobs.size()));
    return ExitCode::kInterrupted;
  }
  return worst;
}

/// What the option parser cannot check by itself; empty if all is well.
std::string Contradiction(const AnalyzeOptions& options) {
  const int texts =
      static_cast<int>(!options.text.empty()) + static_cast<int>(!options.text_file.empty());
  if (!options.manifest.empty()) {
    if (!options.files.empty() || texts > 0)
      return "--manifest names the files and the texts; give neither besides";
    if (!options.id.empty()) return "--id goes with one recording; a manifest has a column for ids";
  } else {
    if (options.files.empty())
      return "no recording given; try: euphone analyze take.wav --text \"what was to be read\"";
    if (texts != 1) return "say what was to be read: --text \"…\" or --text-file FILE";
    if (!options.id.empty() && options.files.size() > 1) return "--id goes with one recording";
    if (std::count(options.files.begin(), options.files.end(), "-") > 1)
      return "standard input can be read only once";
  }
  if (options.formats.size() > 1 && options.out.empty()) return "several formats need --out DIR";
  return {};
}

ExitCode Analyze(const AnalyzeOptions& options, const InstallationOptions& installation) {
  if (const std::string problem = Contradiction(options); !problem.empty()) {
    ReportLine(problem);
    return ExitCode::kUsage;
  }
  auto plan = MakePlan(options);
  if (!plan) return Report(plan.error());
  auto engine = OpenEngine(installation, AnalyzerConfig{});
  if (!engine) {
    ReportLine(engine.error().message);
    return ExitCode::kBroken;
  }
  const std::size_t cores = std::max(1u, std::thread::hardware_concurrency());
  return RunPlan(*plan, *engine, options.jobs > 0 ? options.jobs : cores);
}

}  // namespace

void AddAnalyze(CLI::App& app, Global& global) {
  auto options = std::make_shared<AnalyzeOptions>();
  CLI::App* command =
      app.add_subcommand("analyze", "Score recordings of somebody reading a text aloud");
  command->footer(
      "Examples:\n"
      "  euphone analyze take.wav --text \"The quick brown fox.\"\n"
      "  euphone analyze take.wav --text \"Meet {Nguyen|W IH1 N}.\" --format json\n"
      "  euphone analyze --manifest class.tsv --format json --format textgrid --out results\n"
      "  arecord -f S16_LE -r 16000 -d 5 | euphone analyze - --text-file page.txt\n");
  command->add_option("FILE", options->files,
                      "Recordings (WAV, FLAC, Ogg, Opus, MP3, AIFF); - is standard input");
  command->add_option("-t,--text", options->text, "What was to be read");
  command->add_option("-T,--text-file", options->text_file, "The same, from a UTF-8 file");
  command->add_option("-m,--manifest", options->manifest,
                      "List of recordings: FILE <tab> TEXT [<tab> ID] on each line");
  command->add_option("--id", options->id,
                      "Name of the recording in results (default: the file's name)");
  std::vector<std::string> names;
  for (const ReportFormat& format : kReportFormats) names.emplace_back(format.name);
  command
      ->add_option("-f,--format", options->formats,
                   "Output format; repeat it with --out for several")
      ->check(CLI::IsMember(names))
      ->default_val(std::vector<std::string>{"terminal"});
  command->add_option("-o,--out", options->out, "Write ID.EXTENSION files into this folder");
  command->add_option("--raw", options->raw,
                      "Input without a header: ENCODING[:RATE[:CHANNELS]], e.g. s16le:16000:1");
  command->add_option("--max-seconds", options->max_seconds, "Refuse longer recordings")
      ->check(CLI::Range(1.0, 3600.0))
      ->capture_default_str();
  command
      ->add_option("-j,--jobs", options->jobs,
                   "Recordings analysed at a time (default: the number of cores)")
      ->check(CLI::Range(1, 256));
  command->add_option("--alphabet", options->alphabet, "Phones in textgrid, ctm and azure")
      ->check(CLI::IsMember({"arpabet", "ipa"}))
      ->capture_default_str();
  command->add_option("--color,--colour", options->colour, "When to colour")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->capture_default_str();
  command->add_flag("-v,--verbose", options->verbose, "Show every sound");
  command->add_flag("--ctm-phones", options->ctm_phones, "ctm: phones instead of words");
  command->add_flag("--compact", options->compact, "json, azure: one line per recording");
  command->callback([options, &global] {
    global.run = [options, &global] { return Analyze(*options, global.installation); };
  });
}

}  // namespace euphone::cli
