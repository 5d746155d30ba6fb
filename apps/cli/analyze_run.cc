#include "analyze_run.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <utility>

#include "base/file.h"
#include "batch.h"
#include "progress.h"
#include "session/free_speech.h"
#include "terminal.h"

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;

/// A mistake in a text, named by where the text is written.
Error InText(const Job& job, Error error) {
  constexpr std::string_view kLayer = "text: ";
  if (error.message.starts_with(kLayer)) error.message.erase(0, kLayer.size());
  return Prefixed(job.text_name, std::move(error));
}

/// Whether the text can be read at all, before anybody waits for a recording of it.
Status CheckText(const Job& job, const Lexicon& lexicon) {
  const auto script = NormalizeText(job.text, {});
  if (!script) return InText(job, script.error());
  for (const SpokenWord& word : script->words) {
    if (word.inline_pronunciation.empty()) continue;
    if (auto phones = lexicon.Lookup(word); !phones) return InText(job, phones.error());
  }
  return {};
}

std::string WhyNotScored(const Analysis& analysis) {
  const std::string name = Shortened(analysis.id) + ": not scored";
  const bool free = analysis.text_source == TextSource::kRecognised;
  if (analysis.verdict == Verdict::kWrongText) {
    return name + (free ? ": what was recognised does not fit what was said"
                        : ": something else than the text was said");
  }
  for (const Finding& finding : analysis.quality.findings) {
    if (finding.severity == Severity::kSevere) return name + ": " + finding.message;
  }
  return free ? name + ": no English words were recognised" : name;
}

Status WriteOut(const Plan& plan, const Job& job, const Outcome& outcome) {
  for (std::size_t i = 0; i < plan.formats.size(); ++i) {
    const fs::path file = plan.out / (job.file_name + std::string(plan.formats[i]->extension));
    if (auto status = WriteFileAtomically(file, outcome.documents[i]); !status) return status;
  }
  return {};
}

Outcome Failed(const Error& error) {
  return {.code = CodeFor(error), .documents = {}, .complaint = error.message};
}

/// When a recording was made, as far as its file tells: milliseconds since 1970.
std::int64_t SaidAt(const std::string& file) {
  std::error_code failed;
  const auto written = fs::last_write_time(file, failed);
  if (failed) return NowMs();
  const auto ago = fs::file_time_type::clock::now() - written;
  return NowMs() - std::chrono::duration_cast<std::chrono::milliseconds>(ago).count();
}

Outcome AnalyzeOne(const Plan& plan, const Engine& engine, const Job& job,
                   const Turns::Turn& turn) {
  const bool free = job.text.empty();
  if (!free) {
    if (auto text = CheckText(job, *engine.lexicon); !text) return Failed(text.error());
  }
  auto recording = job.audio == "-" ? ReadRecording(STDIN_FILENO, "standard input", plan.read)
                                    : ReadRecording(job.audio, plan.read);
  if (!recording) return Failed(recording.error());
  auto analysis = free ? AnalyzeFreeSpeech(engine.analyzer, *engine.recogniser, *recording, job.id)
                       : engine.analyzer.Analyze(*recording, job.text, job.id);
  if (!analysis) return Failed(Prefixed(Shortened(job.id), analysis.error()));
  if (plan.log) {
    // What is told of one recording depends on what was told of those before it.
    turn.Wait();
    engine.analyzer.AdviseFor(plan.log->Record(), *analysis);
  }
  Outcome outcome;
  for (const ReportFormat* format : plan.formats) {
    outcome.documents.push_back(format->write(*analysis, engine.phones(), plan.report));
  }
  if (analysis->verdict != Verdict::kScored) {
    outcome.code = ExitCode::kNotScored;
    outcome.complaint = WhyNotScored(*analysis);
  } else if (recording->source.truncated) {
    outcome.complaint = Shortened(job.id) +
                        ": the recording stops before its own length says; what is missing was "
                        "not scored";
  }
  if (plan.log) {
    // What was judged is told all the same.
    if (auto status = plan.log->Keep(*analysis, recording->samples, SaidAt(job.audio)); !status) {
      outcome.code = CodeFor(status.error());
      outcome.complaint = Shortened(job.id) + ": was not kept: " + status.error().message;
    }
  }
  if (plan.out.empty()) return outcome;
  if (auto status = WriteOut(plan, job, outcome); !status) return Failed(status.error());
  outcome.documents.clear();
  return outcome;
}

/// The lines after the first: a second recording's CSV needs no header.
std::string_view WithoutFirstLine(std::string_view document) {
  const std::size_t end = document.find('\n');
  return end == std::string_view::npos ? std::string_view() : document.substr(end + 1);
}

/// The id above the report of one of several recordings.
std::string HeadingOf(std::string id, bool colour) {
  std::replace_if(
      id.begin(), id.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, '?');
  return colour ? fmt::format("\n\033[1m{}\033[0m\n", id) : fmt::format("\n{}\n", id);
}

/// Prints what comes of the jobs, one after the other.
class Printer {
 public:
  explicit Printer(const Plan& plan) : plan_(plan), progress_("Analysing", plan.jobs.size()) {
    progress_.Update(0);
  }

  /// False if there is no use in going on.
  bool Take(std::size_t index, const Outcome& outcome) {
    // What was waiting when the interrupt came failed because of it.
    if (Interrupted() && outcome.code == ExitCode::kBadInput) return false;
    if (!outcome.documents.empty() && !PrintDocument(index, outcome.documents.front()))
      return false;
    if (!outcome.complaint.empty()) {
      progress_.Clear();
      ReportLine(outcome.complaint);
    }
    worst_ = Worse(worst_, outcome.code);
    finished_ = index + 1;
    progress_.Update(finished_);
    return true;
  }

  ExitCode Finish() {
    progress_.Clear();
    if (!Interrupted()) return worst_;
    ReportLine(fmt::format("stopped after {} of {} recordings; their results are complete",
                           finished_, plan_.jobs.size()));
    return ExitCode::kInterrupted;
  }

 private:
  bool PrintDocument(std::size_t index, std::string_view document) {
    progress_.Clear();
    const std::string_view format = plan_.formats.front()->name;
    if (printed_ && format == "csv") document = WithoutFirstLine(document);
    std::string heading;
    if (format == "terminal" && plan_.jobs.size() > 1)
      heading = HeadingOf(plan_.jobs[index].id, plan_.report.colour);
    printed_ = true;
    if (Print(heading) && Print(document)) return true;
    ReportUnwritable();
    worst_ = ExitCode::kBadInput;
    return false;
  }

  const Plan& plan_;
  Progress progress_;
  ExitCode worst_ = ExitCode::kOk;
  std::size_t finished_ = 0;
  bool printed_ = false;
};

}  // namespace

ExitCode RunPlan(const Plan& plan, const Engine& engine, std::size_t threads) {
  if (plan.one_text) {
    if (auto text = CheckText(plan.jobs.front(), *engine.lexicon); !text)
      return Report(text.error());
  }
  Printer printer(plan);
  Turns turns;
  RunInOrder(
      plan.jobs.size(), threads,
      [&](std::size_t index) {
        const Turns::Turn turn(turns, index);
        return AnalyzeOne(plan, engine, plan.jobs[index], turn);
      },
      [&](std::size_t index, const Outcome& outcome) { return printer.Take(index, outcome); });
  return printer.Finish();
}

}  // namespace euphone::cli
