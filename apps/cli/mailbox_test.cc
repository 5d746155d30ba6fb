#include "mailbox.h"

#include <gtest/gtest.h>

#include <thread>

namespace euphone::cli {
namespace {

TEST(Mailbox, HandsOverEverythingInOrderAndEndsWhenItIsClosed) {
  Mailbox<int> box;
  std::thread writer([&] {
    for (int i = 0; i < 1000; ++i) box.Push(i);
    box.Close();
  });
  int expected = 0;
  while (const auto item = box.Pop()) EXPECT_EQ(*item, expected++);
  EXPECT_EQ(expected, 1000);
  writer.join();
}

TEST(Mailbox, TakesAllWithoutWaiting) {
  Mailbox<int> box;
  EXPECT_TRUE(box.TakeAll().empty());
  EXPECT_FALSE(box.ready());
  box.Push(1);
  box.Push(2);
  EXPECT_TRUE(box.ready());
  EXPECT_EQ(box.TakeAll(), (std::vector<int>{1, 2}));
}

}  // namespace
}  // namespace euphone::cli
