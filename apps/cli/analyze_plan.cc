#include "analyze_plan.h"

#include <algorithm>
#include <system_error>

#include "base/file.h"
#include "exit_code.h"
#include "standard_input.h"
#include "terminal.h"
#include "utterance_list.h"

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestTextFile = 1 << 20;
constexpr std::size_t kLargestManifest = 256 << 20;

/// The content of a file, or of standard input where it is "-".
Result<std::string> Content(const std::string& file, std::size_t max_bytes,
                            const std::string& what) {
  if (file != "-") return ReadFile(file, max_bytes);
  AnnounceStandardInput(what);
  return ReadStandardInput(max_bytes);
}

std::string NameOf(const std::string& file) {
  return file == "-" ? "standard input" : Shortened(file);
}

Result<std::vector<Job>> JobsOfManifest(const std::string& manifest, bool free) {
  if (IsCorpus(manifest)) return JobsOfCorpus(manifest, free);
  auto content = Content(manifest, kLargestManifest, "a list of recordings (Ctrl-D ends it)");
  if (!content) return content.error();
  auto jobs =
      ParseJobList(*content, manifest == "-" ? fs::path() : fs::path(manifest).parent_path(), free);
  if (!jobs) return Prefixed(NameOf(manifest), jobs.error());
  for (Job& job : *jobs) {
    if (manifest == "-" && job.audio == "-") {
      return Error{Errc::kInvalidArgument, "standard input " + job.text_name +
                                               ": it holds the list, so no recording (-) can come "
                                               "from it"};
    }
    job.text_name = NameOf(manifest) + " " + job.text_name;
  }
  return jobs;
}

Result<std::vector<Job>> PlanJobs(const AnalyzeOptions& options) {
  if (!options.manifest.empty()) return JobsOfManifest(options.manifest, options.free);
  auto text = options.text_file.empty()
                  ? Result<std::string>(options.text)
                  : Content(options.text_file, kLargestTextFile, "a text (Ctrl-D ends it)");
  if (!text) return text.error();
  std::vector<Job> jobs;
  for (const std::string& file : options.files) {
    jobs.push_back({.audio = file,
                    .text = *text,
                    .id = options.id.empty() ? DefaultId(file) : options.id,
                    .text_name = options.text_file.empty() ? "--text" : NameOf(options.text_file),
                    .file_name = {}});
  }
  return jobs;
}

ColourMode ColourModeOf(const std::string& name) {
  return name == "always"  ? ColourMode::kAlways
         : name == "never" ? ColourMode::kNever
                           : ColourMode::kAuto;
}

ReportOptions ReportOptionsOf(const AnalyzeOptions& options, std::size_t jobs) {
  const bool to_files = !options.out.empty();
  return {.pretty = !options.compact && (jobs == 1 || to_files),
          .alphabet = options.alphabet == "ipa" ? PhoneAlphabet::kIpa : PhoneAlphabet::kArpabet,
          .label_phones = options.label_phones,
          .csv_header = true,
          .width = TerminalWidth(),
          .colour = !to_files && UseColour(ColourModeOf(options.colour)),
          .verbose = options.verbose};
}

Status MakeFolder(const fs::path& folder) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed) {
    return Error{Errc::kIo,
                 Shortened(folder.string()) + ": cannot make this folder: " + failed.message()};
  }
  return {};
}

std::string ManifestContradiction(const AnalyzeOptions& options) {
  if (!options.files.empty() || !options.text.empty() || !options.text_file.empty())
    return "--manifest names the files and the texts; give neither besides";
  if (!options.id.empty()) return "--id goes with one recording; a manifest has a column for ids";
  return {};
}

std::string FilesContradiction(const AnalyzeOptions& options) {
  if (options.files.empty())
    return "no recording given; try: euphone analyze take.wav --text \"what was to be read\"";
  const bool text = !options.text.empty() || !options.text_file.empty();
  if (options.free && text)
    return "--free is for speech without a text; leave --text and --text-file out";
  if (!options.free && !text)
    return "say what was to be read: --text \"…\" or --text-file FILE; or --free if nothing was";
  if (!options.text.empty() && !options.text_file.empty())
    return "--text and --text-file both say what was to be read; give one of them";
  if (!options.id.empty() && options.files.size() > 1) return "--id goes with one recording";
  const auto from_input = std::count(options.files.begin(), options.files.end(), "-") +
                          (options.text_file == "-" ? 1 : 0);
  if (from_input > 1) return "standard input (-) can be read only once";
  return {};
}

}  // namespace

bool NeedsRecogniser(const Plan& plan) {
  return std::ranges::any_of(plan.jobs, [](const Job& job) { return job.text.empty(); });
}

std::string Contradiction(const AnalyzeOptions& options) {
  const std::string problem =
      options.manifest.empty() ? FilesContradiction(options) : ManifestContradiction(options);
  if (!problem.empty()) return problem;
  if (options.formats.size() > 1 && options.out.empty()) return "several formats need --out DIR";
  return {};
}

Result<Plan> MakePlan(const AnalyzeOptions& options) {
  Plan plan;
  plan.read.max_seconds = options.max_seconds;
  plan.read.stop = InterruptDescriptor();
  if (!options.raw.empty()) {
    auto raw = ParseRawFormat(options.raw);
    if (!raw) return raw.error();
    plan.read.raw = *raw;
  }
  auto jobs = PlanJobs(options);
  if (!jobs) return jobs.error();
  plan.jobs = *std::move(jobs);
  plan.one_text = options.manifest.empty() && !options.free;
  MakeIdsUnique(plan.jobs);
  NameFiles(plan.jobs);
  for (const std::string& name : options.formats) {
    plan.formats.push_back(
        std::find_if(kReportFormats.begin(), kReportFormats.end(),
                     [&](const ReportFormat& format) { return format.name == name; }));
  }
  plan.report = ReportOptionsOf(options, plan.jobs.size());
  plan.out = options.out;
  if (!plan.out.empty()) {
    if (auto status = MakeFolder(plan.out); !status) return status.error();
  }
  return plan;
}

}  // namespace euphone::cli
