#include "analyze_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <utility>

#include "base/file.h"
#include "batch.h"
#include "judge_recording.h"
#include "progress.h"
#include "terminal.h"

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;

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

Outcome AnalyzeOne(const Plan& plan, const Engine& engine, const Job& job,
                   const Turns::Turn& turn) {
  const auto judged = JudgeRecording(engine, job, plan.read, plan.log.get(), [&] { turn.Wait(); });
  if (!judged) return Failed(judged.error());
  if (plan.telemetry)
    plan.telemetry->Judged({judged->analysis, judged->pass_seconds, judged->pass_seconds});
  Outcome outcome{.code = judged->code, .documents = {}, .complaint = judged->complaint};
  for (const ReportFormat* format : plan.formats) {
    outcome.documents.push_back(format->write(judged->analysis, engine.phones(), plan.report));
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
