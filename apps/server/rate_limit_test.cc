#include "server/rate_limit.h"

#include <gtest/gtest.h>

namespace euphone::server {
namespace {

using std::chrono::milliseconds;

TEST(RateLimitTest, ABurstPassesAndThenSoManyInASecond) {
  RateLimit limit(10.0, 3.0);
  const RateLimit::Time now{};
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limit.Allow("a", now));
  EXPECT_FALSE(limit.Allow("a", now));
  EXPECT_FALSE(limit.Allow("a", now + milliseconds(90)));
  EXPECT_TRUE(limit.Allow("a", now + milliseconds(200)));
}

TEST(RateLimitTest, OneClientTakesNothingFromAnother) {
  RateLimit limit(1.0, 1.0);
  EXPECT_TRUE(limit.Allow("a", {}));
  EXPECT_FALSE(limit.Allow("a", {}));
  EXPECT_TRUE(limit.Allow("b", {}));
}

TEST(RateLimitTest, ClientsAreForgottenWhenTheyHaveBeenQuiet) {
  RateLimit limit(1.0, 1.0);
  const RateLimit::Time now{};
  for (std::size_t i = 0; i < RateLimit::kMostClients; ++i)
    EXPECT_TRUE(limit.Allow(std::to_string(i), now));
  EXPECT_FALSE(limit.Allow("one more", now));
  EXPECT_TRUE(limit.Allow("one more", now + milliseconds(1001)));
}

}  // namespace
}  // namespace euphone::server
