#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "fleet/archive_manifest.h"
#include "fleet/archive_queue.h"
#include "fleet/archive_results.h"

namespace euphone::cli {

struct ArchiveFeedOptions {
  std::filesystem::path manifest, root;
  std::string run;
  bool carry_audio = false;
  std::uint64_t window = 10000;       ///< Messages in the queue at most; 0: any number.
  std::size_t max_message = 8 << 20;  ///< Bytes that the server takes.
  fleet::ArchiveQueueOptions queue = {};
};

/// Puts those recordings of a manifest that have no result yet into the queue, a few at a time, and
/// no more than it should hold. Thread: one. Must not outlive what it is given.
class ArchiveFeed {
 public:
  ArchiveFeed(fleet::JetStream& stream, fleet::ArchiveResults& results, ArchiveFeedOptions options);

  /// From the beginning of the manifest but the first `skip`; `round`: messages are other ones than
  /// those of earlier rounds.
  Status Begin(std::int64_t skip, int round);

  /// Queues some. False: there was nothing to do now, because the queue is full or all is queued.
  /// Fails: kIo where a server is away: the same call may succeed later; else for good.
  Result<bool> Some();

  bool over() const { return !manifest_ && batch_.empty(); }

 private:
  Status Fill();
  Result<fleet::Outgoing> MessageOf(fleet::ArchiveJob job);

  fleet::JetStream& stream_;
  fleet::ArchiveResults& results_;
  ArchiveFeedOptions options_;
  std::optional<fleet::ArchiveManifest> manifest_;  ///< Absent: read to its end.
  std::vector<fleet::ArchiveJob> batch_;            ///< Read and not queued yet.
  int round_ = 0;
  std::uint64_t room_ = 0;  ///< Messages that may be queued before the queue is looked at again.
};

}  // namespace euphone::cli
