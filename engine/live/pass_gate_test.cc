#include "live/pass_gate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace euphone {
namespace {

TEST(PassGateTest, NoMoreThanSoManyAreInsideAtATime) {
  PassGate gate(2);
  std::atomic<int> inside = 0, most = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 6; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i) {
        const PassGate::Turn turn = gate.Enter();
        const int now = ++inside;
        int before = most;
        while (before < now && !most.compare_exchange_weak(before, now)) {
        }
        --inside;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(most, 2);
  EXPECT_EQ(inside, 0);
}

TEST(PassGateTest, WhoDoesNotWantToWaitGetsATurnOnlyWhereOneIsFree) {
  PassGate gate(1);
  auto first = gate.TryEnter();
  ASSERT_TRUE(first.has_value());
  EXPECT_FALSE(gate.TryEnter().has_value());
  first.reset();
  EXPECT_TRUE(gate.TryEnter().has_value());
}

}  // namespace
}  // namespace euphone
