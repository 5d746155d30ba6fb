#include "server/metrics.h"

#include "telemetry/exposition.h"

namespace euphone::server {
namespace {

constexpr std::array<const char*, 2> kTakeKinds = {"recording", "live"};

}  // namespace

void Metrics::CountRequest(const std::string& route, int status, double seconds) {
  const std::lock_guard lock(mutex_);
  ++requests_[{route, status}];
  latencies_.try_emplace(route, kBounds).first->second.Add(seconds);
}

void Metrics::CountTake(double audio_seconds, bool live) {
  const std::lock_guard lock(mutex_);
  ++takes_[live ? 1 : 0];
  audio_seconds_[live ? 1 : 0] += audio_seconds;
}

void Metrics::CountKept(bool kept) {
  const std::lock_guard lock(mutex_);
  ++(kept ? kept_ : not_kept_);
}

void Metrics::CountOverruns(std::int64_t gaps) {
  const std::lock_guard lock(mutex_);
  overruns_ += gaps;
}

std::string Metrics::Text(const Now& now) const {
  using enum MetricKind;
  const std::lock_guard lock(mutex_);
  Exposition out;
  out.Begin("euphone_requests_total", kCounter, "HTTP requests that were answered.");
  for (const auto& [key, count] : requests_)
    out.Add({{"route", key.first}, {"status", std::to_string(key.second)}}, count);
  out.Begin("euphone_request_seconds", kHistogram, "From a request's head to its answer.");
  for (const auto& [route, seconds] : latencies_) out.Add({{"route", route}}, seconds);
  out.Begin("euphone_takes_total", kCounter, "Takes that were judged.");
  for (std::size_t i = 0; i < takes_.size(); ++i) out.Add({{"kind", kTakeKinds[i]}}, takes_[i]);
  out.Begin("euphone_audio_seconds_total", kCounter, "Audio in the takes that were judged.");
  for (std::size_t i = 0; i < takes_.size(); ++i)
    out.Add({{"kind", kTakeKinds[i]}}, audio_seconds_[i]);
  out.Begin("euphone_takes_kept_total", kCounter,
            "Takes that were to be kept, and whether they were.");
  out.Add({{"kept", "yes"}}, kept_);
  out.Add({{"kept", "no"}}, not_kept_);
  out.One("euphone_live_overruns_total", kCounter, "Gaps in live audio.",
          static_cast<double>(overruns_));
  const auto gauge = [&out](const char* name, const char* help, std::size_t value) {
    out.One(name, kGauge, help, std::uint64_t{value});
  };
  gauge("euphone_live_sessions", "Live sessions that are open.", now.live_sessions);
  gauge("euphone_live_sessions_waiting", "Of these, those that lost their connection.",
        now.waiting_sessions);
  gauge("euphone_jobs_queued", "Recordings and texts that wait for a worker.", now.queued_jobs);
  gauge("euphone_jobs_running", "Recordings and texts that are worked on.", now.running_jobs);
  return out.Take();
}

}  // namespace euphone::server
