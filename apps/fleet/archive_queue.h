#pragma once

#include <chrono>
#include <string>

#include "base/result.h"
#include "fleet/archive_job.h"
#include "fleet/jet_stream.h"

namespace euphone::fleet {

/// The work queue of all archives on a NATS server: one stream, one subject for each run, one
/// consumer, which all workers share.
inline constexpr const char* kArchiveStream = "EUPHONE_ARCHIVE";
inline constexpr const char* kArchiveWorkers = "workers";

struct ArchiveQueueOptions {
  std::chrono::milliseconds ack_wait{30000};  ///< After which a silent worker's message goes on.
  std::int64_t in_hand = 4096;                ///< Messages that all workers together may hold.
  int replicas = 1;                           ///< Servers of a cluster that keep each message.
};

/// Makes stream and consumer, or makes them so.
Status EnsureArchiveQueue(JetStream& stream, const ArchiveQueueOptions& options);

/// "euphone.archive.RUN". REQUIRES: a run's name is of letters, digits, "-" and "_".
std::string ArchiveSubject(const std::string& run);

/// A message that is kept once within two minutes, however often it is published; `round`: tried
/// anew, on purpose.
Outgoing ArchiveMessage(const ArchiveJob& job, int round);

}  // namespace euphone::fleet
