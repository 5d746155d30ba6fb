#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <memory>
#include <utility>

#include "choices.h"
#include "fleet/archive_worker.h"
#include "judge_recording.h"
#include "report/report.h"
#include "score_archive.h"
#include "stop_on_interrupt.h"
#include "terminal.h"
#include "trouble_teller.h"

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;

std::string NameOfThisWorker() {
  std::array<char, 256> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0) host[0] = '\0';
  return fmt::format("{}:{}", host.data(), ::getpid());
}

fleet::ArchiveVerdict JudgeOfArchive(const Engine& engine, const fs::path& root,
                                     const ReadOptions& read, const fleet::ArchiveJob& job) {
  const Job one{.audio = root / job.audio,
                .text = job.text,
                .id = job.recording,
                .text_name = job.recording,
                .file_name = {},
                .content = job.content};
  const auto judged = JudgeRecording(engine, one, read, nullptr);
  if (!judged) {
    return {.state = fleet::ArchiveState::kFailed, .message = judged.error().message};
  }
  ReportOptions plain;
  plain.pretty = false;
  std::string document = WriteJson(judged->analysis, engine.phones(), plain);
  while (document.ends_with('\n')) document.pop_back();
  return {.state = judged->code == ExitCode::kOk ? fleet::ArchiveState::kScored
                                                 : fleet::ArchiveState::kNotScored,
          .message = judged->complaint,
          .document = std::move(document)};
}

}  // namespace

ExitCode RunWorker(const WorkerOptions& options, const InstallationOptions& installation) {
  const auto usage = [](const std::string& what) {
    ReportLine(what);
    return ExitCode::kUsage;
  };
  if (options.nats.url.empty())
    return usage("name the NATS server that has the queue: --nats nats://HOST:4222");
  if (options.results.empty())
    return usage("say where results go: --results postgresql://USER@HOST/DATABASE or sqlite:FILE");
  if (const auto wrong = WrongChoice(installation)) return usage(wrong->message);
  if (const auto wrong = WrongLexicon(installation)) return usage(wrong->message);
  auto engine = OpenWatchedEngine(installation, AnalyzerConfig{});
  if (!engine) {
    ReportLine(engine.error().message);
    return ExitCode::kBroken;
  }
  auto results = fleet::ArchiveResults::Open(options.results);
  if (!results) return Report(results.error());
  fleet::BrokerOptions where = BrokerOptionsOf(options.nats, "euphone worker");
  where.patience = std::chrono::seconds(10);
  auto broker = fleet::Broker::Connect(where);
  if (!broker) return Report(broker.error());
  const ReadOptions read{.max_seconds = options.max_seconds};
  const StopOnInterrupt stop;
  auto tell = std::make_shared<TroubleTeller>();
  auto telling = std::make_shared<std::mutex>();
  fleet::ArchiveWorker worker(
      *broker, *results,
      {.name = options.name.empty() ? NameOfThisWorker() : options.name,
       .model = engine->model_name,
       .deliveries = static_cast<std::uint64_t>(options.deliveries),
       .give_up_after =
           std::chrono::milliseconds(static_cast<std::int64_t>(1000.0 * options.give_up_after_s)),
       .stuck =
           [&](const fleet::ArchiveJob& job) {
             ReportLine(fmt::format("{} takes longer than {} s; this worker ends",
                                    Shortened(job.recording), options.give_up_after_s));
             // What hangs cannot be waited for.
             ::_exit(static_cast<int>(ExitCode::kInterrupted));
           },
       .trouble =
           [tell, telling](const std::string& what) {
             const std::lock_guard lock(*telling);
             (*tell)(what);
           }},
      [&](const fleet::ArchiveJob& job) {
        return JudgeOfArchive(*engine, options.root, read, job);
      });
  if (auto status = worker.Run(stop.token()); !status) {
    return status.error().code == Errc::kInvalidArgument ? usage(status.error().message)
                                                         : Report(status.error());
  }
  return ExitCode::kOk;
}

}  // namespace euphone::cli
