#include "server/judge.h"

#include <chrono>
#include <cstddef>
#include <span>

#include "server/take_keeper.h"
#include "session/free_speech.h"

namespace euphone::server {
namespace {

using Clock = std::chrono::steady_clock;

double SecondsSince(Clock::time_point then) {
  return std::chrono::duration<double>(Clock::now() - then).count();
}

/// `begun`: when its turn came.
Result<Analysis> JudgeSamples(Context& context, const Analyzer& analyzer, const SentRecording& sent,
                              const Recording& recording, Clock::time_point& begun) {
  const std::string id = sent.item.empty() ? "recording" : sent.item;
  const auto turn = context.gate.Enter();
  begun = Clock::now();
  if (sent.text.empty())
    return AnalyzeFreeSpeech(analyzer, *context.parts.recogniser, recording, id);
  if (!sent.every_word) return analyzer.Analyze(recording, sent.text, id);
  AnalyzerConfig config = analyzer.config();
  config.every_word = true;
  return analyzer.With(config).Analyze(recording, sent.text, id);
}

}  // namespace

Result<Recording> ReadSent(const Context& context, std::string_view bytes) {
  ReadOptions options;
  options.max_seconds = context.config.most_audio_seconds;
  options.stop = context.config.stop;
  return ReadRecording(std::as_bytes(std::span(bytes)), "the recording", options);
}

Result<JudgedRecording> JudgeRecording(Context& context, const SentRecording& sent) {
  if (sent.text.empty() && context.parts.recogniser == nullptr) {
    return Error{Errc::kInvalidArgument,
                 "which text was read? Give it as `text`; without one a recogniser is needed, and "
                 "none is installed here"};
  }
  if (sent.audio.empty())
    return Error{Errc::kInvalidArgument, "the request carries no recording in its body"};
  auto recording = ReadSent(context, sent.audio);
  if (!recording) return recording.error();
  const auto judge = context.judges.Latest();
  const auto came = Clock::now();
  auto begun = came;
  auto analysis = JudgeSamples(context, *judge->analyzer, sent, *recording, begun);
  if (!analysis) return analysis.error();
  if (const auto& telemetry = context.config.telemetry; telemetry != nullptr)
    telemetry->Judged({*analysis, SecondsSince(came), SecondsSince(begun)});
  if (Keeps(context, sent.learner))
    judge->analyzer->AdviseFor(RecordOf(context, sent.learner), *analysis);
  context.metrics.CountTake(SecondsIn(std::ssize(recording->samples), kRecordingRate), false);
  return JudgedRecording{*std::move(recording), *std::move(analysis)};
}

}  // namespace euphone::server
