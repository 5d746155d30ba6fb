#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <thread>
#include <utility>

#include "archive_crew.h"
#include "archive_feed.h"
#include "archive_teller.h"
#include "choices.h"
#include "fleet/nats_server.h"
#include "score_archive.h"
#include "server/secrets.h"
#include "terminal.h"

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr milliseconds kStep{20};
constexpr milliseconds kTellEvery{1000};
constexpr milliseconds kAfterTrouble{1000};
constexpr int kQueryShare = 20;  // Of the time, counting results may take one part in so many.

/// What of a manifest's name a run's name can hold.
std::string PlainName(const std::string& text) {
  std::string name;
  for (const char c : text.substr(0, 40)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_';
    name += plain ? c : '_';
  }
  return name;
}

/// The same list judged by the same model in the same way is the same run.
Result<std::string> RunNameOf(const fs::path& manifest, const std::string& how) {
  std::ifstream file(manifest, std::ios::binary);
  std::string chain = how;
  std::string block(1 << 20, '\0');
  while (file.read(block.data(), static_cast<std::streamsize>(block.size())) || file.gcount() > 0) {
    const auto read = static_cast<std::size_t>(file.gcount());
    auto digest = server::Sha256Of(chain + block.substr(0, read));
    if (!digest) return digest.error();
    chain = *std::move(digest);
  }
  return PlainName(manifest.stem().string()) + "-" + chain.substr(0, 8);
}

Result<std::string> ModelOfArchive(const InstallationOptions& installation) {
  const auto data = FindData(installation);
  if (!data) return data.error();
  const auto lexicon = OpenLexicon(installation);
  if (!lexicon) return lexicon.error();
  const auto bundle = OpenAcousticBundle(*data, (*lexicon)->pack(), installation);
  if (!bundle) return bundle.error();
  return bundle->manifest().label();
}

/// One scoring of an archive, from the list to its last result.
class ArchiveScoring {
 public:
  ArchiveScoring(const ArchiveOptions& options, const InstallationOptions& installation)
      : options_(options), installation_(installation) {}

  ExitCode Run() {
    if (auto status = Prepare(); !status) return Report(status.error());
    ArchiveTeller teller(run_.run, run_.total, options_.json, 3600.0 * options_.finish_in_h);
    const auto before = results_->Tally(run_.run);
    if (!before) return Report(before.error());
    teller.Take(*before);
    if (before->done() < run_.total) {
      if (auto status = Open(); !status) return Report(status.error());
      const Status status = Work(teller);
      if (crew_) crew_->Stop();
      if (!status) {
        teller.Clear();
        return Report(status.error());
      }
    }
    return End(teller);
  }

 private:
  Status Prepare() {
    manifest_ = fs::absolute(options_.manifest);
    root_ = options_.root.empty() ? manifest_.parent_path() : fs::absolute(options_.root);
    url_ = options_.results.empty()
               ? "sqlite:" + (manifest_.parent_path() / manifest_.stem()).string() + ".results.db"
               : options_.results;
    const auto check = fleet::CheckManifest(manifest_, root_);
    if (!check) return check.error();
    const auto model = ModelOfArchive(installation_);
    if (!model) return model.error();
    run_ = {.run = options_.run,
            .manifest = manifest_.filename().string(),
            .model = *model,
            .total = check->recordings};
    if (run_.run.empty()) {
      auto name = RunNameOf(manifest_, *model + "\n" + installation_.scorer + "\n" +
                                           installation_.hearing + "\n" + installation_.lexicon);
      if (!name) return name.error();
      run_.run = *std::move(name);
    } else if (PlainName(run_.run) != run_.run) {
      return Error{Errc::kInvalidArgument,
                   "--run: up to 40 letters, digits, - and _, not '" + run_.run + "'"};
    }
    auto results = fleet::ArchiveResults::Open(url_);
    if (!results) return results.error();
    results_.emplace(*std::move(results));
    const auto known = results_->Begin(run_);
    if (!known) return known.error();
    if (known->total != run_.total || known->model != run_.model) {
      return Error{Errc::kInvalidArgument,
                   fmt::format("run {} is of {} recordings by {}, not {} by {}; give another --run",
                               run_.run, known->total, known->model, run_.total, run_.model)};
    }
    run_ = *known;
    return {};
  }

  Status Open() {
    nats_ = options_.nats;
    if (nats_.url.empty()) {
      if (options_.workers == 0) {
        return Error{Errc::kInvalidArgument,
                     "with --workers 0 name the NATS server that other workers use: --nats"};
      }
      // It is begun anew: what has a result is known, and all else is queued again.
      queue_folder_ = manifest_.parent_path() / ("." + run_.run + ".queue");
      std::error_code ignored;
      fs::remove_all(queue_folder_, ignored);
      auto own = fleet::NatsServer::Start({.folder = queue_folder_, .name = run_.run});
      if (!own) return own.error();
      own_server_.emplace(*std::move(own));
      nats_.url = own_server_->url();
    }
    auto where = BrokerOptionsOf(nats_, "euphone score-archive");
    where.patience = std::chrono::seconds(5);
    auto broker = fleet::Broker::Connect(where);
    if (!broker) return broker.error();
    broker_.emplace(*std::move(broker));
    auto stream = fleet::JetStream::Of(*broker_);
    if (!stream) return stream.error();
    stream_.emplace(*std::move(stream));
    queue_ = {.ack_wait = milliseconds(static_cast<std::int64_t>(1000.0 * options_.ack_wait_s)),
              .replicas = options_.replicas};
    if (auto made = fleet::EnsureArchiveQueue(*stream_, queue_); !made) return made;
    crew_.emplace(static_cast<std::size_t>(options_.workers), CrewArguments(), CrewEnvironment());
    return {};
  }

  std::vector<std::string> CrewArguments() const {
    std::vector<std::string> arguments = ArgumentsOf(installation_);
    arguments.insert(arguments.end(), {"worker", "--root", root_.string(), "--deliveries",
                                       std::to_string(options_.deliveries), "--give-up-after",
                                       std::to_string(options_.give_up_after_s)});
    for (const auto& [name, value] : {std::pair("--nats-creds", nats_.credentials),
                                      {"--nats-ca", nats_.ca},
                                      {"--nats-cert", nats_.certificate},
                                      {"--nats-key", nats_.key}}) {
      if (!value.empty()) arguments.insert(arguments.end(), {name, value});
    }
    return arguments;
  }

  /// URLs may hold passwords, which arguments would show to everybody on this machine.
  std::vector<std::string> CrewEnvironment() const {
    return {"EUPHONE_NATS=" + nats_.url, "EUPHONE_RESULTS=" + url_};
  }

  Status Work(ArchiveTeller& teller) {
    const std::uint64_t window =
        options_.workers == 0 && !options_.wait ? 0 : static_cast<std::uint64_t>(options_.window);
    ArchiveFeed feed(*stream_, *results_,
                     {.manifest = manifest_,
                      .root = root_,
                      .run = run_.run,
                      .carry_audio = options_.carry_audio,
                      .window = window,
                      .max_message = broker_->max_payload(),
                      .queue = queue_});
    const auto waiting = stream_->Count(fleet::kArchiveStream, fleet::ArchiveSubject(run_.run));
    if (!waiting) return waiting.error();
    int round = 0;
    if (auto begun = feed.Begin(*waiting > 0 ? run_.queued : 0, round); !begun) return begun;
    Clock::time_point tell_at{};
    Clock::time_point feed_at{};
    while (!Interrupted() && !teller.broken()) {
      if (auto watched = crew_->Watch(); !watched) return watched;
      if (own_server_ && own_server_->Ended()) {
        if (auto again = own_server_->Restart(); !again) return again;
      }
      bool fed = false;
      if (!feed.over() && Clock::now() >= feed_at) {
        const auto some = feed.Some();
        fed = some && *some;
        if (!some && some.error().code != Errc::kIo && some.error().code != Errc::kNotFound)
          return some.error();
        if (!some) {
          teller.Say(some.error().message + "; trying on");
          [[maybe_unused]] const Status made = fleet::EnsureArchiveQueue(*stream_, queue_);
        }
        if (!fed) feed_at = Clock::now() + (some ? 5 * kStep : kAfterTrouble);
      }
      if (feed.over() && options_.workers == 0 && !options_.wait) return {};
      const auto now = Clock::now();
      if (now < tell_at) {
        if (!fed) std::this_thread::sleep_for(kStep);
        continue;
      }
      // The queue is looked at before the results: what is acknowledged then has one.
      const auto left = stream_->Count(fleet::kArchiveStream, fleet::ArchiveSubject(run_.run));
      const auto tally = results_->Tally(run_.run);
      tell_at = Clock::now() +
                std::max<Clock::duration>(Pause(teller), kQueryShare * (Clock::now() - now));
      if (!left || !tally) {
        teller.Say((left ? tally.error() : left.error()).message + "; trying on");
        if (!left && broker_->connected()) [[maybe_unused]]
          const Status made = fleet::EnsureArchiveQueue(*stream_, queue_);
        continue;
      }
      teller.Take(*tally);
      if (Clock::now() - told_ >= kTellEvery) {
        told_ = Clock::now();
        teller.Show(false);
      }
      if (tally->done() >= run_.total) return {};
      if (feed.over() && *left == 0) {
        // Messages were lost: with a server's disk, or because they were sent twice within minutes.
        if (auto begun = feed.Begin(0, ++round); !begun) return begun;
      }
    }
    return {};
  }

  /// Near the end results are counted more often.
  static milliseconds Pause(const ArchiveTeller& teller) {
    const auto left = teller.pace().seconds_left();
    return left && *left < 5.0 ? kTellEvery / 5 : kTellEvery;
  }

  ExitCode End(ArchiveTeller& teller) {
    const auto tally = results_->Tally(run_.run);
    if (!tally) return Report(tally.error());
    teller.Take(*tally);
    teller.Show(true);
    teller.Clear();
    const bool all = tally->done() >= run_.total;
    if (all) {
      if (auto ended = results_->End(run_.run); !ended) return Report(ended.error());
    }
    own_server_.reset();
    std::error_code ignored;
    if (!queue_folder_.empty()) fs::remove_all(queue_folder_, ignored);
    if (teller.broken()) {
      ReportUnwritable();
      return ExitCode::kBadInput;
    }
    if (all) {
      if (options_.json) return ExitCode::kOk;
      return Show(fmt::format("{}: {} recordings: {}\nResults: {}\n", run_.run, run_.total,
                              TallyText(*tally), results_->where()));
    }
    if (Interrupted()) {
      ReportLine(fmt::format("stopped after {} of {} recordings; the same command goes on",
                             tally->done(), run_.total));
      return ExitCode::kInterrupted;
    }
    if (options_.json) return ExitCode::kOk;
    return Show(fmt::format("{}: all is queued; {} of {} recordings have a result\n", run_.run,
                            tally->done(), run_.total));
  }

  const ArchiveOptions& options_;
  const InstallationOptions& installation_;
  fs::path manifest_, root_, queue_folder_;
  std::string url_;
  NatsOptions nats_;
  fleet::ArchiveRun run_;
  fleet::ArchiveQueueOptions queue_;
  Clock::time_point told_ = {};
  std::optional<fleet::ArchiveResults> results_;
  std::optional<fleet::NatsServer> own_server_;
  std::optional<fleet::Broker> broker_;
  std::optional<fleet::JetStream> stream_;
  std::optional<ArchiveCrew> crew_;
};

}  // namespace

std::vector<std::string> ArgumentsOf(const InstallationOptions& installation) {
  std::vector<std::string> arguments{"--language", installation.language,
                                     "--scorer",   installation.scorer,
                                     "--hear",     installation.hearing};
  for (const auto& [name, value] : {std::pair("--data", installation.data),
                                    {"--model", installation.model},
                                    {"--lexicon", installation.lexicon}}) {
    if (!value.empty()) arguments.insert(arguments.end(), {name, value});
  }
  if (installation.threads)
    arguments.insert(arguments.end(), {"--threads", std::to_string(*installation.threads)});
  return arguments;
}

ExitCode ScoreArchive(const ArchiveOptions& options, const InstallationOptions& installation) {
  const auto usage = [](const std::string& what) {
    ReportLine(what);
    return ExitCode::kUsage;
  };
  if (options.manifest.empty()) {
    return usage(
        "name a list of recordings, or one of export, status, list; see euphone "
        "score-archive --help");
  }
  if (const auto wrong = WrongChoice(installation)) return usage(wrong->message);
  if (const auto wrong = WrongLexicon(installation)) return usage(wrong->message);
  return ArchiveScoring(options, installation).Run();
}

}  // namespace euphone::cli
