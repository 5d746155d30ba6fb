#include "bundle_bench.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "assembly/elapsed.h"
#include "assembly/runtimes.h"
#include "audio/audio_reader.h"
#include "evaluate/evaluation.h"
#include "evaluate/statistics.h"
#include "evaluate_options.h"
#include "evaluate_part.h"
#include "evaluate_run.h"

namespace euphone::cli {
namespace {

using Json = nlohmann::json;
using Clock = std::chrono::steady_clock;

/// Processor time of hearing the recording live, as a share of its length.
Result<std::optional<double>> LiveShare(const Bundle& bundle, const Recording& recording,
                                        const InstallationOptions& installation) {
  const auto model = OpenStreaming(bundle, installation);
  if (!model && model.error().code == Errc::kUnsupported) return std::optional<double>();
  if (!model) return model.error();
  const PcmView pcm(recording.samples);
  constexpr std::size_t kPiece = 160;
  std::vector<double> times;
  for (int round = 0; round < 5; ++round) {
    const auto stream = (*model)->Start();
    const auto start = Clock::now();
    for (std::size_t at = 0; at < pcm.size(); at += kPiece) {
      const auto heard = stream->Push(pcm.subspan(at, std::min(kPiece, pcm.size() - at)));
      if (!heard) return heard.error();
    }
    times.push_back(MillisSince(start));
  }
  const double length = 1000.0 * SecondsIn(static_cast<std::int64_t>(pcm.size()), kRecordingRate);
  return std::optional<double>(*Quantile(times, 0.5) / length);
}

Status JudgeBundle(const InstallationOptions& installation, const BenchOptions& options,
                   Json& figures) {
  AnalyzerConfig config;
  config.trust_text = true;
  const auto engine = OpenWatchedEngine(installation, config);
  if (!engine) return engine.error();
  auto corpus = ReadRatedCorpus(options.corpus, CorpusHalf::kDefault);
  if (!corpus) return corpus.error();
  EvaluateOptions choice;
  choice.speakers = options.speakers;
  choice.limit = options.limit;
  corpus = Chosen(*corpus, choice);
  if (!corpus) return corpus.error();
  auto part = PartFile::Open({}, "");
  if (!part) return part.error();
  if (auto status = ScoreAll(*corpus, *engine, 1, *part); !status) return status;
  const Evaluation evaluation = Evaluate(*corpus, part->records(), {.draws = 1});
  for (const LevelResult& level : evaluation.levels) {
    const char* key = level.level == Level::kPhoneAccuracy   ? "phone_pcc"
                      : level.level == Level::kWordAccuracy  ? "word_pcc"
                      : level.level == Level::kSentenceTotal ? "sentence_pcc"
                                                             : nullptr;
    if (key == nullptr) continue;
    if (const auto pearson = level.groups.front().agreement.pearson.value) figures[key] = *pearson;
  }
  return {};
}

/// Everything but the peak memory, which only the parent can ask for.
Result<Json> MeasureAnalyses(const InstallationOptions& installation, const BenchOptions& options) {
  const auto start = Clock::now();
  const auto engine = OpenWatchedEngine(installation, {});
  if (!engine) return engine.error();
  Json figures = {{"name", engine->model_name}, {"open_ms", MillisSince(start)}};
  const auto recording = ReadRecording(options.recording);
  if (!recording) return recording.error();
  std::vector<double> times;
  for (std::size_t round = 0; round <= options.rounds; ++round) {
    const auto began = Clock::now();
    const auto analysis = engine->analyzer.Analyze(*recording, options.text, "");
    if (!analysis) return analysis.error();
    if (analysis->verdict != Verdict::kScored) {
      return Error{Errc::kInvalidArgument,
                   options.recording +
                       ": is not scored, so that nothing can be timed; choose "
                       "another recording, or its own text"};
    }
    times.push_back(MillisSince(began));
  }
  figures["first_ms"] = times.front();
  times.erase(times.begin());
  figures["median_ms"] = *Quantile(times, 0.5);
  figures["slow_ms"] = *Quantile(times, 0.95);
  figures["audio_seconds"] =
      SecondsIn(static_cast<std::int64_t>(recording->samples.size()), kRecordingRate);
  return figures;
}

/// What must not count as the analyses' memory: size, live hearing and the corpus.
Result<Json> MeasureRest(const InstallationOptions& installation, const BenchOptions& options) {
  const auto data = FindData(installation);
  if (!data) return data.error();
  const auto bundle = Bundle::Open(BundlePath(*data, installation.model));
  if (!bundle) return bundle.error();
  const auto recording = ReadRecording(options.recording);
  if (!recording) return recording.error();
  const auto live = LiveShare(*bundle, *recording, installation);
  if (!live) return live.error();
  Json figures = {{"megabytes", bundle->manifest().megabytes()}};
  if (*live) figures["live_share"] = **live;
  if (options.corpus.empty()) return figures;
  if (auto status = JudgeBundle(installation, options, figures); !status) return status.error();
  return figures;
}

using Work = Result<Json> (*)(const InstallationOptions&, const BenchOptions&);

std::string AsLine(const Result<Json>& result) {
  return result ? Json{{"figures", *result}}.dump()
                : Json{{"code", static_cast<int>(result.error().code)},
                       {"error", result.error().message}}
                      .dump();
}

std::string ReadAll(int descriptor) {
  std::string text;
  std::array<char, 4096> buffer{};
  while (true) {
    const auto count = ::read(descriptor, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

struct Answer {
  Json figures;
  double peak_mb = 0.0;
};

/// In a process of its own, whose memory is that of the work alone.
Result<Answer> Apart(Work work, const InstallationOptions& installation,
                     const BenchOptions& options) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) return Error{Errc::kIo, "no pipe can be made"};
  const pid_t child = ::fork();
  if (child < 0) return Error{Errc::kIo, "no process can be started"};
  if (child == 0) {
    ::close(ends[0]);
    const std::string line = AsLine(work(installation, options));
    const auto written = ::write(ends[1], line.data(), line.size());
    ::_exit(written == static_cast<ssize_t>(line.size()) ? 0 : 1);
  }
  ::close(ends[1]);
  const std::string line = ReadAll(ends[0]);
  ::close(ends[0]);
  rusage usage{};
  int status = 0;
  while (::wait4(child, &status, 0, &usage) < 0 && errno == EINTR) {
  }
  const Json answer = Json::parse(line, nullptr, false);
  if (answer.is_discarded() || status != 0)
    return Error{Errc::kInternal, installation.model + ": the measuring process died"};
  if (answer.contains("error")) {
    return Error{static_cast<Errc>(answer["code"].get<int>()), answer["error"].get<std::string>()};
  }
  return Answer{answer["figures"], static_cast<double>(usage.ru_maxrss) * 1024.0 / 1e6};
}

std::optional<double> Optional(const Json& figures, const char* key) {
  const auto found = figures.find(key);
  return found == figures.end() ? std::nullopt : std::optional<double>(found->get<double>());
}

}  // namespace

Result<BundleAgreement> MeasureBundleAgreement(const InstallationOptions& installation,
                                               const BenchOptions& options) {
  Json figures = Json::object();
  if (auto status = JudgeBundle(installation, options, figures); !status) return status.error();
  return BundleAgreement{Optional(figures, "phone_pcc"), Optional(figures, "word_pcc"),
                         Optional(figures, "sentence_pcc")};
}

Result<BundleFigures> MeasureBundle(const InstallationOptions& installation,
                                    const BenchOptions& options) {
  const auto first = Apart(MeasureAnalyses, installation, options);
  if (!first) return first.error();
  const auto rest = Apart(MeasureRest, installation, options);
  if (!rest) return rest.error();
  const Json& figures = first->figures;
  return BundleFigures{.name = figures["name"],
                       .megabytes = rest->figures["megabytes"],
                       .open_ms = figures["open_ms"],
                       .first_ms = figures["first_ms"],
                       .median_ms = figures["median_ms"],
                       .slow_ms = figures["slow_ms"],
                       .audio_seconds = figures["audio_seconds"],
                       .peak_mb = first->peak_mb,
                       .live_share = Optional(rest->figures, "live_share"),
                       .phone_pcc = Optional(rest->figures, "phone_pcc"),
                       .word_pcc = Optional(rest->figures, "word_pcc"),
                       .sentence_pcc = Optional(rest->figures, "sentence_pcc")};
}

}  // namespace euphone::cli
