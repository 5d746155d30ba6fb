#include "fleet/archive_queue.h"

#include <fmt/format.h>

namespace euphone::fleet {

Status EnsureArchiveQueue(JetStream& stream, const ArchiveQueueOptions& options) {
  if (auto made = stream.EnsureStream({.name = kArchiveStream,
                                       .subjects = {"euphone.archive.*"},
                                       .retention = Retention::kWorkQueue,
                                       .refuse_when_full = true,
                                       .replicas = options.replicas});
      !made) {
    return made;
  }
  return stream.EnsureConsumer({.stream = kArchiveStream,
                                .name = kArchiveWorkers,
                                .ack_wait = options.ack_wait,
                                .max_ack_pending = options.in_hand});
}

std::string ArchiveSubject(const std::string& run) { return "euphone.archive." + run; }

Outgoing ArchiveMessage(const ArchiveJob& job, int round) {
  return {.subject = ArchiveSubject(job.run),
          .data = EncodeJob(job),
          .id = fmt::format("{}/{}/{}", job.run, round, job.position)};
}

}  // namespace euphone::fleet
