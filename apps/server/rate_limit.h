#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <unordered_map>

namespace euphone::server {

/// Requests per client: a bucket that holds `burst` and is filled with `per_second`. Time is the
/// caller's, so that it can be tested. Memory: at most kMostClients buckets; those that are full
/// again are forgotten. Thread: one at a time.
class RateLimit {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::size_t kMostClients = 4096;

  RateLimit(double per_second, double burst) : per_second_(per_second), burst_(burst) {}

  /// Takes one; false where there is none left, or where too many clients are known already.
  bool Allow(const std::string& client, Time now);

 private:
  struct Bucket {
    double left;
    Time at;
  };
  void Forget(Time now);

  double per_second_, burst_;
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace euphone::server
