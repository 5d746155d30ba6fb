#include "server/rate_limit.h"

#include <algorithm>

namespace euphone::server {

bool RateLimit::Allow(const std::string& client, Time now) {
  auto found = buckets_.find(client);
  if (found == buckets_.end()) {
    if (buckets_.size() >= kMostClients) Forget(now);
    if (buckets_.size() >= kMostClients) return false;
    found = buckets_.emplace(client, Bucket{burst_, now}).first;
  }
  Bucket& bucket = found->second;
  const double passed = std::chrono::duration<double>(now - bucket.at).count();
  bucket = {std::min(burst_, bucket.left + passed * per_second_), now};
  if (bucket.left < 1.0) return false;
  bucket.left -= 1.0;
  return true;
}

void RateLimit::Forget(Time now) {
  std::erase_if(buckets_, [&](const auto& entry) {
    const double passed = std::chrono::duration<double>(now - entry.second.at).count();
    return entry.second.left + passed * per_second_ >= burst_;
  });
}

}  // namespace euphone::server
