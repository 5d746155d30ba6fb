#include "server/work_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

namespace euphone::server {
namespace {

TEST(WorkPoolTest, AllJobsAreDone) {
  std::atomic<int> done = 0;
  {
    WorkPool pool(3, 100);
    std::promise<void> last;
    for (int i = 0; i < 50; ++i) {
      ASSERT_TRUE(pool.Submit([&](bool wanted) {
        EXPECT_TRUE(wanted);
        if (++done == 50) last.set_value();
      }));
    }
    last.get_future().wait();
  }
  EXPECT_EQ(done, 50);
}

TEST(WorkPoolTest, AFullQueueSaysSoAndWhatWaitsAtTheEndIsToldThatItIsNotWanted) {
  WorkPool pool(1, 1);
  std::promise<void> begun, may_end;
  ASSERT_TRUE(pool.Submit([&](bool) {
    begun.set_value();
    may_end.get_future().wait();
  }));
  begun.get_future().wait();
  std::atomic<int> unwanted = 0;
  ASSERT_TRUE(pool.Submit([&](bool wanted) { unwanted += wanted ? 0 : 1; }));
  EXPECT_FALSE(pool.Submit([](bool) {}));
  EXPECT_EQ(pool.queued(), 1U);
  EXPECT_EQ(pool.running(), 1U);
  std::thread closes([&] { pool.Close(); });
  while (pool.Submit([](bool) {})) std::this_thread::yield();
  may_end.set_value();
  closes.join();
  EXPECT_LE(unwanted, 1);
  EXPECT_FALSE(pool.Submit([](bool) {}));
}

}  // namespace
}  // namespace euphone::server
