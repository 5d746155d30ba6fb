// What the queue and the results cost a recording: a judge that does nothing, in the worker's own
// loop. Prints one line of JSON. Arguments: how many
// messages, a URL of results, and a folder for the queue.
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "fleet/archive_queue.h"
#include "fleet/archive_worker.h"
#include "fleet/nats_server.h"

namespace euphone::fleet {
namespace {

using Clock = std::chrono::steady_clock;

double Seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

double CpuSeconds() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  return Seconds(used.ru_utime) + Seconds(used.ru_stime);
}

Status Measure(int count, const std::string& url, const std::filesystem::path& folder) {
  auto server = NatsServer::Start({.folder = folder});
  if (!server) return server.error();
  auto broker = Broker::Connect({.url = server->url()});
  if (!broker) return broker.error();
  auto stream = JetStream::Of(*broker);
  if (!stream) return stream.error();
  if (auto made = EnsureArchiveQueue(*stream, {}); !made) return made;
  auto results = ArchiveResults::Open(url);
  if (!results) return results.error();
  const std::string run = "bench-" + std::to_string(Clock::now().time_since_epoch().count());
  if (auto known =
          results->Begin({.run = run, .manifest = "none", .model = "none", .total = count});
      !known) {
    return known.error();
  }
  const auto start = Clock::now();
  std::vector<Outgoing> messages;
  for (int i = 1; i <= count; ++i) {
    messages.push_back(ArchiveMessage({.run = run,
                                       .recording = std::to_string(i),
                                       .position = i,
                                       .audio = "a/recording/of/an/archive.opus",
                                       .text = "A sentence of about the usual length to read."},
                                      0));
    if (messages.size() < 256 && i < count) continue;
    if (auto sent = stream->PublishAll(messages, std::chrono::seconds(30)); !sent) return sent;
    messages.clear();
  }
  const double queued_s = std::chrono::duration<double>(Clock::now() - start).count();
  std::stop_source stop;
  int judged = 0;
  const std::string document(8000, 'x');
  ArchiveWorkerOptions options;
  options.name = "bench";
  ArchiveWorker worker(*broker, *results, options, [&](const ArchiveJob&) {
    if (++judged == count) stop.request_stop();
    return ArchiveVerdict{.document = document};
  });
  const double cpu = CpuSeconds();
  const auto begun = Clock::now();
  if (auto done = worker.Run(stop.get_token()); !done) return done;
  const double worked_s = std::chrono::duration<double>(Clock::now() - begun).count();
  std::printf(
      "{\"messages\": %d, \"kept\": %lld, \"queue_ms\": %.4f, \"work_ms\": %.4f, "
      "\"cpu_ms\": %.4f}\n",
      count, static_cast<long long>(worker.kept()), 1000.0 * queued_s / count,
      1000.0 * worked_s / count, 1000.0 * (CpuSeconds() - cpu) / count);
  return {};
}

}  // namespace
}  // namespace euphone::fleet

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const auto status = euphone::fleet::Measure(std::atoi(argv[1]), argv[2], argv[3]);
  if (status) return 0;
  std::fprintf(stderr, "%s\n", status.error().message.c_str());
  return 1;
}
