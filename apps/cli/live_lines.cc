#include "live_lines.h"

#include <atomic>
#include <optional>
#include <string>
#include <utility>

#include "allocator.h"
#include "devices/quiet_errors.h"
#include "live/event_json.h"
#include "live/live_runner.h"
#include "live_plain.h"
#include "terminal.h"

namespace euphone::cli {
namespace {

/// What one session tells, written as it comes. Events come one at a time, from any thread.
class LineTeller {
 public:
  LineTeller(LiveStage& stage, const LiveOptions& options)
      : stage_(stage),
        plain_(stage.engine.phones()),
        until_done_(options.until_done),
        reproducible_(options.speed == 0.0) {}

  void Hear(const Event& event) {
    const bool json = stage_.plan.mode == LiveMode::kEvents;
    const std::string lines =
        json ? WriteEvent(event, stage_.engine.phones()) : plain_.Write(event);
    if (!lines.empty() && !unwritable_ && !Print(lines)) unwritable_ = true;
    stage_.Count(event);
    if (std::holds_alternative<TextFinished>(event.kind) && until_done_) done_ = true;
    // The other commands are for whoever reads the lines. How soon a thread looks must not show.
    if (const auto* heard = std::get_if<CommandHeard>(&event.kind);
        heard && heard->command == Command::kStop && !reproducible_)
      done_ = true;
    if (const auto* failed = std::get_if<Failed>(&event.kind); failed && failed->fatal)
      failure_ = failed->error;
    if (const auto* finished = std::get_if<SentenceFinished>(&event.kind)) {
      if (finished->analysis && finished->settled)
        scored_ = scored_ || finished->analysis->verdict == Verdict::kScored;
      Complain(stage_.Keep(0, *finished));
      if (finished->settled) HandBackFreedMemory();
    }
  }

  void Keep(const FinishedTake& take) { Complain(stage_.Keep(0, take)); }

  bool done() const { return done_ || unwritable_; }

  /// Once the session has ended.
  ExitCode Verdict(bool microphone) const {
    if (unwritable_) {
      ReportUnwritable();
      return ExitCode::kBadInput;
    }
    if (failure_) return Report(*failure_);
    if (unsaved_) return Report(*unsaved_);
    // A microphone has no other end.
    if (Interrupted() && !microphone) return ExitCode::kInterrupted;
    if (scored_ || microphone) return ExitCode::kOk;
    ReportLine("no sentence could be scored: was it this text that was read?");
    return ExitCode::kNotScored;
  }

 private:
  void Complain(const Status& status) {
    if (!status && !unsaved_) unsaved_ = status.error();
  }

  LiveStage& stage_;
  PlainWriter plain_;
  const bool until_done_;
  const bool reproducible_;
  std::atomic<bool> done_ = false;
  std::atomic<bool> unwritable_ = false;
  bool scored_ = false;
  std::optional<Error> failure_;
  std::optional<Error> unsaved_;  ///< The first take that could not be kept.
};

}  // namespace

ExitCode RunLiveLines(LiveStage& stage, const LiveOptions& options) {
  LineTeller teller(stage, options);
  Status started;
  {
    // What sound libraries print when a device goes away is for nobody.
    const QuietErrors quiet;
    auto runner =
        LiveRunner::Start(stage.parts, stage.config, stage.engine.analyzer,
                          stage.plan.items.front().text, stage.inputs.For(0),
                          {.event = [&](const Event& event) { teller.Hear(event); },
                           .take = [&](const FinishedTake& take) { teller.Keep(take); }},
                          {.reproducible = options.speed == 0.0, .learner = stage.Learner()});
    if (runner) {
      (*runner)->Wait([&] { return Interrupted() || teller.done(); });
      (*runner)->Stop();
    } else {
      started = runner.error();
    }
  }
  return started ? teller.Verdict(stage.inputs.microphone()) : Report(started.error());
}

}  // namespace euphone::cli
