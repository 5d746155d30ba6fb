#include "bench_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <utility>

#include "assembly/elapsed.h"
#include "base/file.h"
#include "bench_children.h"
#include "bench_clips.h"
#include "bench_machine.h"
#include "bench_measure.h"
#include "bench_report.h"
#include "bundle_bench.h"
#include "cores.h"
#include "progress.h"
#include "store/clock.h"
#include "store/days.h"
#include "terminal.h"
#include "version.h"

namespace euphone::cli {
namespace {

constexpr double kClipSeconds = 5.0;

/// What an effort comes to.
struct Effort {
  const char* name;
  double latency_s, sweep_s;  ///< Sweep: for each number of threads.
  std::vector<double> lengths;
  std::size_t starts, analyses, lives;
  double compare_s;
};

Effort EffortOf(BenchEffort effort) {
  switch (effort) {
    case BenchEffort::kQuick:
      return {"quick", 2.0, 0.7, {1, 5, 10}, 2, 30, 0, 8.0};
    case BenchEffort::kFull:
      return {"full", 90.0, 25.0, {1, 2, 5, 10, 30}, 30, 1000, 8, 300.0};
    case BenchEffort::kNormal:
      break;
  }
  return {"normal", 18.0, 5.0, {1, 2, 5, 10, 30}, 8, 150, 1, 60.0};
}

/// 1, 2, 4 … and all cores.
std::vector<int> ThreadCounts() {
  const int cores = static_cast<int>(std::min(64U, Cores()));
  std::vector<int> counts;
  for (int count = 1; count < cores; count *= 2) counts.push_back(count);
  counts.push_back(cores);
  return counts;
}

/// A bar of parts, each a share of the whole.
class PartedBar {
 public:
  PartedBar() : progress_("Measuring", kSteps) { progress_.Update(0); }

  BenchProgress Part(double from, double to, const char* what) {
    return [this, from, to, what](double done) {
      const double at = from + (to - from) * std::clamp(done, 0.0, 1.0);
      progress_.Update(static_cast<std::size_t>(std::lround(kSteps * at)), what);
      return !Interrupted();
    };
  }
  void Clear() { progress_.Clear(); }

 private:
  static constexpr std::size_t kSteps = 100;
  Progress progress_;
};

/// The bundle that would be used now, by its path. From here on no update is looked for, and
/// nothing is counted of what is only measured.
Result<InstallationOptions> Settled(InstallationOptions installation) {
  const auto data = FindData(installation);
  if (!data) return data.error();
  auto pack = LanguagePack::Open(*data / "packs" / installation.language);
  if (!pack) return pack.error();
  const std::string name = installation.model.empty() ? pack->acoustic_model : installation.model;
  installation.model = BundlePath(*data, name).string();
  ::setenv("EUPHONE_UPDATES", "", 1);
  ::setenv("EUPHONE_TELEMETRY", "", 1);
  return installation;
}

std::string Today() { return DateOf(DayOf(NowMs())); }

ExitCode BenchEnded(const Error& error) {
  if (Interrupted()) {
    ReportLine("stopped; nothing was written");
    return ExitCode::kInterrupted;
  }
  return Report(error);
}

ExitCode WriteBench(const BenchOutputs& out, const std::string& table, const std::string& json,
                    const std::string& page) {
  for (const auto& [file, document] : {std::pair{out.json, &json}, std::pair{out.html, &page}}) {
    if (file.empty() || file == "-") continue;
    if (auto status = WriteFileAtomically(file, *document); !status) return Report(status.error());
  }
  return Show(out.json == "-" ? json : table);
}

/// What is said, in the lengths that are asked for, and how long opening took.
struct Prepared {
  std::vector<BenchClip> clips;
  BenchClip clip;  ///< The one that is timed most.
  std::string speech, model;
  double open_ms = 0.0;
};

Result<Prepared> PrepareBench(const BenchAsk& ask, const InstallationOptions& installation,
                              const std::vector<double>& lengths) {
  InstallationOptions single = installation;
  single.threads = 1;
  const auto began = std::chrono::steady_clock::now();
  const auto engine = OpenEngine(single, {});
  if (!engine) return engine.error();
  Prepared prepared{.clips = {},
                    .clip = {},
                    .speech = {},
                    .model = engine->model_name,
                    .open_ms = MillisSince(began)};
  const auto speech = ReadBenchSpeech(ask.recording, ask.text, *engine);
  if (!speech) return speech.error();
  prepared.speech = speech->name;
  auto clips = CutBenchClips(*speech, *engine, lengths);
  if (!clips) return clips.error();
  auto main = CutBenchClips(*speech, *engine, {kClipSeconds});
  if (!main) return main.error();
  if (main->empty())
    return Error{Errc::kInvalidArgument, speech->name + ": holds no whole word to be timed"};
  prepared.clips = *std::move(clips);
  prepared.clip = std::move(main->front());
  return prepared;
}

Status AddAccuracy(const MachineAsk& ask, const InstallationOptions& installation,
                   BenchResult& result) {
  if (ask.corpus.empty()) return {};
  const auto agreement = MeasureBundleAgreement(installation, {.recording = {},
                                                               .text = {},
                                                               .corpus = ask.corpus,
                                                               .speakers = ask.speakers,
                                                               .limit = ask.limit});
  if (!agreement) return agreement.error();
  result.accuracy =
      AccuracyResult{std::filesystem::path(ask.corpus).filename().string(), agreement->phone_pcc,
                     agreement->word_pcc, agreement->sentence_pcc};
  return {};
}

/// In this order: what needs the models closed comes before they are opened for good.
Status MeasureAll(const MachineAsk& ask, const InstallationOptions& installation, PartedBar& bar,
                  BenchResult& result) {
  const Effort effort = EffortOf(ask.effort);
  result.effort = effort.name;
  const auto prepared = PrepareBench(ask, installation, effort.lengths);
  if (!prepared) return prepared.error();
  result.model = prepared->model;
  result.speech = prepared->speech;
  result.open_ms = prepared->open_ms;
  const auto bundle = Bundle::Open(installation.model);
  if (!bundle) return bundle.error();
  result.model_mb = bundle->manifest().megabytes();
  const BenchClip& clip = prepared->clip;
  const auto start =
      MeasureStarts(installation, clip, effort.starts, bar.Part(0.02, 0.1, "starts"));
  if (!start) return start.error();
  result.start = *start;
  InstallationOptions single = installation;
  single.threads = 1;
  const auto engine = OpenEngine(single, {});
  if (!engine) return engine.error();
  if (auto status = MeasureLatency(*engine, clip, effort.latency_s, ask.watts_per_core,
                                   bar.Part(0.1, 0.45, "one clip again and again"), result);
      !status)
    return status;
  if (auto status = MeasureSweep(installation, prepared->clips, ThreadCounts(), effort.sweep_s,
                                 bar.Part(0.45, 0.7, "lengths and threads"), result);
      !status)
    return status;
  const auto memory =
      MeasureMemory(installation, clip, effort.analyses, bar.Part(0.7, 0.9, "memory"));
  if (!memory) return memory.error();
  result.memory = *memory;
  if (effort.lives > 0) {
    const auto live =
        MeasureLive(installation, clip, effort.lives, bar.Part(0.9, 1.0, "live speech"));
    if (!live) return live.error();
    result.live = *live;
    if (!result.live) result.notes.push_back("this model hears no live speech");
  }
  return AddAccuracy(ask, installation, result);
}

/// "euphone 0.1.0", as a program says of itself.
std::string NamedSide(const std::string& program, const std::string& bundle) {
  return program + (bundle.empty() ? "" : ", " + bundle);
}

/// A is what was there, B what is looked at: another program and this one, or two bundles.
Result<std::pair<CompareSide, CompareSide>> SidesOf(const CompareAsk& ask,
                                                    const InstallationOptions& installation) {
  std::error_code none;
  const std::string self = std::filesystem::read_symlink("/proc/self/exe", none).string();
  const bool bundles = ask.bundles.size() == 2;
  if (bundles != ask.against.empty() || ask.bundles.size() > 2)
    return Error{Errc::kInvalidArgument,
                 "give another program (--against PROGRAM), or two bundles (--bundle A --bundle "
                 "B), to be compared"};
  const std::string shared = ask.bundles.empty() ? installation.model : ask.bundles.front();
  const auto side = [&](const std::string& program, const std::string& bundle) {
    InstallationOptions options = installation;
    options.model = bundle;
    CompareSide made{NamedSide(program == self ? "this program" : program, bundle), program,
                     PlainArguments(options)};
    return made;
  };
  if (bundles) return std::pair{side(self, ask.bundles[0]), side(self, ask.bundles[1])};
  return std::pair{side(ask.against, shared), side(self, shared)};
}

}  // namespace

ExitCode BenchMachine(const MachineAsk& ask, const InstallationOptions& installation) {
  BenchResult result;
  result.machine = ReadMachine();
  if (const std::string warning = BusyWarning(result.machine); !warning.empty())
    ReportLine(warning);
  const auto settled = Settled(installation);
  if (!settled) return BenchEnded(settled.error());
  result.date = Today();
  result.program = std::string("euphone ") + kVersion;
  PartedBar bar;
  const Status status = MeasureAll(ask, *settled, bar, result);
  bar.Clear();
  if (Interrupted() || !status)
    return BenchEnded(status ? Error{Errc::kInternal, "was stopped"} : status.error());
  result.machine.load_after = LoadNow();
  return WriteBench(ask.out, BenchTable(result), BenchJson(result), BenchPage(result));
}

ExitCode BenchCompare(const CompareAsk& ask, const InstallationOptions& installation) {
  ComparisonResult result;
  result.machine = ReadMachine();
  auto sides = SidesOf(ask, installation);
  if (!sides) {
    ReportLine(sides.error().message);
    return ExitCode::kUsage;
  }
  std::tie(result.a, result.b) = *std::move(sides);
  if (const std::string warning = BusyWarning(result.machine); !warning.empty())
    ReportLine(warning);
  const auto settled = Settled(installation);
  if (!settled) return BenchEnded(settled.error());
  const Effort effort = EffortOf(ask.effort);
  result.effort = effort.name;
  result.date = Today();
  const auto prepared = PrepareBench(ask, *settled, {});
  if (!prepared) return BenchEnded(prepared.error());
  result.speech = prepared->speech;
  PartedBar bar;
  const Status status =
      MeasureComparison(prepared->clip, effort.compare_s, bar.Part(0.0, 1.0, "pairs"), result);
  bar.Clear();
  if (Interrupted() || !status)
    return BenchEnded(status ? Error{Errc::kInternal, "was stopped"} : status.error());
  result.machine.load_after = LoadNow();
  return WriteBench(ask.out, ComparisonTable(result), ComparisonJson(result),
                    ComparisonPage(result));
}

}  // namespace euphone::cli
