#include "server/metrics.h"

#include <algorithm>
#include <locale>
#include <sstream>

namespace euphone::server {
namespace {

void Head(std::ostream& out, const char* name, const char* kind, const char* help) {
  out << "# HELP " << name << ' ' << help << "\n# TYPE " << name << ' ' << kind << '\n';
}

constexpr std::array<const char*, 2> kTakeKinds = {"recording", "live"};

}  // namespace

void Metrics::CountRequest(const std::string& route, int status, double seconds) {
  const std::lock_guard lock(mutex_);
  ++requests_[{route, status}];
  Latency& latency = latencies_[route];
  const auto bucket = std::lower_bound(kBounds.begin(), kBounds.end(), seconds);
  ++latency.counts[static_cast<std::size_t>(bucket - kBounds.begin())];
  latency.sum += seconds;
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
  const std::lock_guard lock(mutex_);
  std::ostringstream out;
  out.imbue(std::locale::classic());
  Head(out, "euphone_requests_total", "counter", "HTTP requests that were answered.");
  for (const auto& [key, count] : requests_) {
    out << "euphone_requests_total{route=\"" << key.first << "\",status=\"" << key.second << "\"} "
        << count << '\n';
  }
  Head(out, "euphone_request_seconds", "histogram", "From a request's head to its answer.");
  for (const auto& [route, latency] : latencies_) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < latency.counts.size(); ++i) {
      sum += latency.counts[i];
      out << "euphone_request_seconds_bucket{route=\"" << route << "\",le=\"";
      if (i < kBounds.size())
        out << kBounds[i];
      else
        out << "+Inf";
      out << "\"} " << sum << '\n';
    }
    out << "euphone_request_seconds_sum{route=\"" << route << "\"} " << latency.sum << '\n'
        << "euphone_request_seconds_count{route=\"" << route << "\"} " << sum << '\n';
  }
  Head(out, "euphone_takes_total", "counter", "Takes that were judged.");
  for (std::size_t i = 0; i < takes_.size(); ++i)
    out << "euphone_takes_total{kind=\"" << kTakeKinds[i] << "\"} " << takes_[i] << '\n';
  Head(out, "euphone_audio_seconds_total", "counter", "Audio in the takes that were judged.");
  for (std::size_t i = 0; i < takes_.size(); ++i) {
    out << "euphone_audio_seconds_total{kind=\"" << kTakeKinds[i] << "\"} " << audio_seconds_[i]
        << '\n';
  }
  Head(out, "euphone_takes_kept_total", "counter",
       "Takes that were to be kept, and whether they were.");
  out << "euphone_takes_kept_total{kept=\"yes\"} " << kept_ << '\n'
      << "euphone_takes_kept_total{kept=\"no\"} " << not_kept_ << '\n';
  Head(out, "euphone_live_overruns_total", "counter", "Gaps in live audio.");
  out << "euphone_live_overruns_total " << overruns_ << '\n';
  Head(out, "euphone_live_sessions", "gauge", "Live sessions that are open.");
  out << "euphone_live_sessions " << now.live_sessions << '\n';
  Head(out, "euphone_live_sessions_waiting", "gauge",
       "Of these, those that lost their connection.");
  out << "euphone_live_sessions_waiting " << now.waiting_sessions << '\n';
  Head(out, "euphone_jobs_queued", "gauge", "Recordings and texts that wait for a worker.");
  out << "euphone_jobs_queued " << now.queued_jobs << '\n';
  Head(out, "euphone_jobs_running", "gauge", "Recordings and texts that are worked on.");
  out << "euphone_jobs_running " << now.running_jobs << '\n';
  return out.str();
}

}  // namespace euphone::server
