#include "judge_recording.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <utility>

#include "assembly/elapsed.h"
#include "session/free_speech.h"

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;

/// A mistake in a text, named by where the text is written.
Error InText(const Job& job, Error error) {
  constexpr std::string_view kLayer = "text: ";
  if (error.message.starts_with(kLayer)) error.message.erase(0, kLayer.size());
  return Prefixed(job.text_name, std::move(error));
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

/// When a recording was made, as far as its file tells: milliseconds since 1970.
std::int64_t SaidAt(const std::string& file) {
  std::error_code failed;
  const auto written = fs::last_write_time(file, failed);
  if (failed) return NowMs();
  const auto ago = fs::file_time_type::clock::now() - written;
  return NowMs() - std::chrono::duration_cast<std::chrono::milliseconds>(ago).count();
}

/// Of a long recording, in which only stretches are meant, this much is read.
constexpr double kLongestSource = 3600.0;

/// Cuts the recording to what is meant of it.
Status CutTo(const std::optional<AudioStretch>& stretch, double max_seconds, const Job& job,
             Recording& recording) {
  if (!stretch) return {};
  const double rate = recording.rate.hz;
  const auto length = static_cast<double>(recording.samples.size());
  const double begin = std::round(stretch->begin * rate), end = std::round(stretch->end * rate);
  const std::string what = Shortened(job.id);
  if (stretch->end - stretch->begin > max_seconds)
    return Error{Errc::kTooLarge, what + ": is longer than --max-seconds allows"};
  if (begin >= length)
    return Error{Errc::kInvalidArgument,
                 what + ": begins after the end of " + Shortened(job.audio.string())};
  recording.samples.resize(static_cast<std::size_t>(std::min(end, length)));
  recording.samples.erase(recording.samples.begin(),
                          recording.samples.begin() + static_cast<std::ptrdiff_t>(begin));
  return {};
}

}  // namespace

Status CheckText(const Job& job, const Lexicon& lexicon) {
  const auto script = NormalizeText(job.text, {});
  if (!script) return InText(job, script.error());
  for (const SpokenWord& word : script->words) {
    if (word.inline_pronunciation.empty()) continue;
    if (auto phones = lexicon.Lookup(word); !phones) return InText(job, phones.error());
  }
  return {};
}

Result<JudgedRecording> JudgeRecording(const Engine& engine, const Job& job,
                                       const ReadOptions& read, LearnerLog* log,
                                       const std::function<void()>& wait) {
  const bool free = job.text.empty();
  if (!free) {
    if (auto text = CheckText(job, *engine.lexicon); !text) return text.error();
  }
  ReadOptions source = read;
  if (job.stretch) source.max_seconds = std::max(read.max_seconds, kLongestSource);
  auto recording = !job.content.empty() ? ReadRecording(std::as_bytes(std::span(job.content)),
                                                        job.audio.string(), source)
                   : job.audio == "-"   ? ReadRecording(STDIN_FILENO, "standard input", source)
                                        : ReadRecording(job.audio, source);
  if (!recording) return recording.error();
  if (auto cut = CutTo(job.stretch, read.max_seconds, job, *recording); !cut) return cut.error();
  const auto begun = std::chrono::steady_clock::now();
  auto analysis = free ? AnalyzeFreeSpeech(engine.analyzer, *engine.recogniser, *recording, job.id)
                       : engine.analyzer.Analyze(*recording, job.text, job.id);
  if (!analysis) return Prefixed(Shortened(job.id), analysis.error());
  const double pass_seconds = MillisSince(begun) / 1000.0;
  if (log != nullptr) {
    // What is told of one recording depends on what was told of those before it.
    if (wait) wait();
    engine.analyzer.AdviseFor(log->Record(), *analysis);
  }
  JudgedRecording judged;
  if (analysis->verdict != Verdict::kScored) {
    judged.code = ExitCode::kNotScored;
    judged.complaint = WhyNotScored(*analysis);
  } else if (recording->source.truncated) {
    judged.complaint = Shortened(job.id) +
                       ": the recording stops before its own length says; what is missing was "
                       "not scored";
  }
  if (log != nullptr) {
    // What was judged is told all the same.
    if (auto status = log->Keep(*analysis, recording->samples, SaidAt(job.audio)); !status) {
      judged.code = CodeFor(status.error());
      judged.complaint = Shortened(job.id) + ": was not kept: " + status.error().message;
    }
  }
  judged.analysis = *std::move(analysis);
  judged.pass_seconds = pass_seconds;
  return judged;
}

}  // namespace euphone::cli
