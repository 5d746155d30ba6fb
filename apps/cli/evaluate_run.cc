#include "evaluate_run.h"

#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/random.h"
#include "batch.h"
#include "evaluate/distortion.h"
#include "evaluate/trials.h"
#include "exit_code.h"
#include "progress.h"
#include "terminal.h"

namespace euphone::cli {
namespace {

constexpr double kPointsPerMark = 10.0;

/// Processor time of this thread, seconds.
double ThreadSeconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// Runs `record` for each of `indices` and keeps the line that it gives.
Status RunPass(const std::string& what, const std::vector<std::size_t>& indices, std::size_t jobs,
               PartFile& part, const std::function<std::string(std::size_t)>& record) {
  if (indices.empty()) return {};
  Progress progress(what, indices.size());
  progress.Update(0);
  Status kept;
  RunInOrder(
      indices.size(), jobs,
      [&](std::size_t i) {
        return Outcome{.code = ExitCode::kOk, .documents = {record(indices[i])}, .complaint = {}};
      },
      [&](std::size_t i, const Outcome& outcome) {
        kept = part.Append(outcome.documents.front());
        progress.Update(i + 1);
        return kept.has_value();
      });
  progress.Clear();
  return kept;
}

/// Indices for which `done` says no.
template <class Done>
std::vector<std::size_t> Left(std::size_t count, const Done& done) {
  std::vector<std::size_t> left;
  for (std::size_t i = 0; i < count; ++i) {
    if (!done(i)) left.push_back(i);
  }
  return left;
}

/// What the engine says of samples and text as the corpus gives them.
Prediction Predict(const Recording& recording, const RatedRecording& rated, const Engine& engine) {
  auto analysis = engine.analyzer.Analyze(recording, InlineText(rated), rated.utt);
  if (!analysis)
    return Unscored(rated.utt, PredictionVerdict::kUnreadable, analysis.error().message);
  auto prediction = PredictionOf(*analysis, engine.phones(), rated);
  if (!prediction)
    return Unscored(rated.utt, PredictionVerdict::kUnreadable, prediction.error().message);
  return *std::move(prediction);
}

ScoredRecord Score(const RatedRecording& rated, const Engine& engine) {
  const double began = ThreadSeconds();
  ScoredRecord record;
  const auto recording = ReadRecording(rated.audio);
  if (!recording) {
    record.prediction =
        Unscored(rated.utt, PredictionVerdict::kUnreadable, recording.error().message);
    return record;
  }
  record.prediction = Predict(*recording, rated, engine);
  record.audio_seconds =
      SecondsIn(static_cast<std::int64_t>(recording->samples.size()), kRecordingRate);
  record.processor_seconds = ThreadSeconds() - began;
  return record;
}

PredictionVerdict VerdictOn(const Recording& recording, const std::string& text,
                            const Engine& engine) {
  const auto analysis = engine.analyzer.Analyze(recording, text, "");
  if (!analysis) return PredictionVerdict::kUnreadable;
  return analysis->verdict == Verdict::kScored     ? PredictionVerdict::kScored
         : analysis->verdict == Verdict::kWithheld ? PredictionVerdict::kWithheld
                                                   : PredictionVerdict::kWrongText;
}

TextRecord TryText(const RatedRecording& rated, const RatedRecording& other, const Engine& engine) {
  TextRecord record{.utt = rated.utt, .other = other.utt};
  const auto recording = ReadRecording(rated.audio);
  if (!recording) return record;
  record.own_text = VerdictOn(*recording, PlainText(rated), engine);
  record.other_text = VerdictOn(*recording, PlainText(other), engine);
  return record;
}

std::optional<std::vector<double>> AccuraciesOf(const Prediction& prediction) {
  if (prediction.verdict != PredictionVerdict::kScored) return std::nullopt;
  std::vector<double> points;
  for (const PredictedWord& word : prediction.words)
    points.push_back(kPointsPerMark * word.accuracy.value_or(0.0));
  return points;
}

StabilityRecord Distort(const RatedRecording& rated, const Engine& engine,
                        const std::vector<DistortionInfo>& distortions, std::uint64_t seed) {
  StabilityRecord record{.utt = rated.utt, .words = {}};
  const auto clean = ReadRecording(rated.audio);
  if (!clean) return record;
  for (const DistortionInfo& info : distortions) {
    auto& words = record.words[std::string(info.name)];
    auto samples = Distorted(clean->samples, info.distortion, SeedFor(seed, rated.utt));
    if (!samples) continue;
    Recording distorted = *clean;
    distorted.samples = *std::move(samples);
    words = AccuraciesOf(Predict(distorted, rated, engine));
  }
  return record;
}

/// The distortions that can be made here.
std::vector<DistortionInfo> Possible(std::string& left_out) {
  const std::vector<float> second(static_cast<std::size_t>(kRecordingRate.hz), 0.0f);
  std::vector<DistortionInfo> possible;
  for (const DistortionInfo& info : kDistortions) {
    if (const auto tried = Distorted(second, info.distortion, 0); tried) {
      possible.push_back(info);
    } else {
      left_out = std::string(info.name) + ": " + tried.error().message;
      ReportLine("score stability is not measured under " + left_out);
    }
  }
  return possible;
}

}  // namespace

Status ScoreAll(std::span<const RatedRecording> recordings, const Engine& trusting,
                std::size_t jobs, PartFile& part) {
  const auto left = Left(recordings.size(), [&](std::size_t i) {
    const auto found = part.records().scored.find(recordings[i].utt);
    return found != part.records().scored.end() &&
           found->second.prediction.verdict != PredictionVerdict::kUnreadable;
  });
  return RunPass("Scoring", left, jobs, part,
                 [&](std::size_t i) { return RecordLine(Score(recordings[i], trusting)); });
}

Status TryTexts(std::span<const RatedRecording> recordings, const Engine& doubting,
                std::size_t jobs, std::uint64_t seed, PartFile& part) {
  const auto others = OtherTexts(recordings, seed);
  std::map<std::string_view, std::string_view> planned;
  for (std::size_t i = 0; i < recordings.size(); ++i) {
    if (others[i]) planned.emplace(recordings[i].utt, recordings[*others[i]].utt);
  }
  Records& records = part.records();
  std::erase_if(records.texts, [&](const auto& entry) {
    const auto found = planned.find(entry.first);
    return found == planned.end() || found->second != entry.second.other;
  });
  const auto left = Left(recordings.size(), [&](std::size_t i) {
    return !others[i] || records.texts.contains(recordings[i].utt);
  });
  return RunPass("Trying other texts", left, jobs, part, [&](std::size_t i) {
    return RecordLine(TryText(recordings[i], recordings[*others[i]], doubting));
  });
}

Status TryDistortions(std::span<const RatedRecording> recordings, const Engine& trusting,
                      const EvaluateOptions& options, std::size_t jobs, PartFile& part,
                      std::string& left_out) {
  const auto distortions = Possible(left_out);
  const auto sample = DrawSample(recordings.size(), options.stability, options.seed);
  std::map<std::string, StabilityRecord> kept;
  std::vector<std::size_t> left;
  for (const std::size_t index : sample) {
    const auto found = part.records().stability.find(recordings[index].utt);
    if (found == part.records().stability.end()) {
      left.push_back(index);
    } else {
      kept.insert(*found);
    }
  }
  part.records().stability = std::move(kept);
  return RunPass("Distorting", left, jobs, part, [&](std::size_t i) {
    return RecordLine(Distort(recordings[i], trusting, distortions, options.seed));
  });
}

}  // namespace euphone::cli
