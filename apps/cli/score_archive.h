#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "exit_code.h"
#include "fleet/archive_results.h"
#include "fleet/broker.h"
#include "installation.h"

namespace CLI {
class App;
}

namespace euphone::cli {

/// How a NATS server is reached. Nothing is connected to unless it is named.
struct NatsOptions {
  std::string url;
  std::string credentials, ca, certificate, key;
};

/// --nats with its companions, and their variables of the environment.
void AddNatsOptions(CLI::App& command, NatsOptions& options);
fleet::BrokerOptions BrokerOptionsOf(const NatsOptions& options, const std::string& name);

struct ArchiveOptions {
  std::string manifest;
  std::string results;  ///< Empty: sqlite beside the manifest.
  std::string root;     ///< Empty: the manifest's folder.
  std::string run;      ///< Empty: made of the manifest's name and content.
  NatsOptions nats;     ///< No URL: a server of our own.
  int workers = 0;
  bool workers_given = false;
  bool wait = false;  ///< Without workers of our own, until others have finished.
  bool carry_audio = false;
  bool json = false;
  int window = 10000;  ///< Messages that may be in the queue.
  int deliveries = 5;
  double ack_wait_s = 30.0;
  double give_up_after_s = 600.0;
  double finish_in_h = 1.0;
  int replicas = 1;
};

struct ArchiveShowOptions {
  std::string run;
  std::string results;
  std::string format = "csv";
  std::string out;
  bool json = false;
};

/// `score-archive MANIFEST`.
ExitCode ScoreArchive(const ArchiveOptions& options, const InstallationOptions& installation);

ExitCode ExportArchive(const ArchiveShowOptions& options);
ExitCode ListArchives(const ArchiveShowOptions& options);
ExitCode ShowArchive(const ArchiveShowOptions& options);

struct WorkerOptions {
  NatsOptions nats;
  std::string results;
  std::string root = ".";
  std::string name;  ///< Empty: this machine's and the process's.
  int deliveries = 5;
  double give_up_after_s = 600.0;
  double max_seconds = 300.0;
};

ExitCode RunWorker(const WorkerOptions& options, const InstallationOptions& installation);

/// Options that hold for all commands, as a worker has to be given them.
std::vector<std::string> ArgumentsOf(const InstallationOptions& installation);

/// How far a run is, and how fast.
struct ArchivePace {
  fleet::ArchiveTally tally;
  std::int64_t total = 0;
  double per_second = 0.0;  ///< 0: not known yet.

  std::int64_t left() const { return total - tally.done(); }
  std::optional<double> seconds_left() const;
  /// Workers that would finish what is left within so long, by what a recording costs one; absent:
  /// not known yet.
  std::optional<std::int64_t> WorkersFor(double seconds) const;
};

/// "990 scored, 6 not scored, 3 failed, 1 set aside"
std::string TallyText(const fleet::ArchiveTally& tally);

}  // namespace euphone::cli
