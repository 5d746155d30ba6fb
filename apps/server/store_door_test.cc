#include "server/store_door.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "store/learners.h"

namespace euphone::server {
namespace {

namespace fs = std::filesystem;

class StoreDoorTest : public ::testing::Test {
 protected:
  ~StoreDoorTest() override { fs::remove_all(folder_); }

  Result<Store> Open(bool make) {
    ++opened_;
    const bool there = fs::exists(folder_ / "store.json");
    return there || !make ? Store::Open(folder_, {}) : Store::Create(folder_, KeyKind::kNone, {});
  }

  fs::path folder_ = fs::temp_directory_path() / ("euphone_door_" + std::to_string(::getpid()));
  int opened_ = 0;
  StoreDoor door_{[this](bool make) { return Open(make); }};
};

TEST_F(StoreDoorTest, NothingIsMadeUntilSomebodyWantsItAndThenItIsOpenedOnce) {
  EXPECT_EQ(door_.Lend().error().code, Errc::kNotFound);
  EXPECT_FALSE(fs::exists(folder_));
  ASSERT_TRUE(door_.Lend(true));
  ASSERT_TRUE(door_.Lend());
  EXPECT_EQ(opened_, 2);
}

TEST_F(StoreDoorTest, ManyMayWorkWithItAtATime) {
  ASSERT_TRUE(door_.Lend(true));
  const auto add = [&](char first) {
    for (int i = 0; i < 20; ++i) {
      const auto store = door_.Lend();
      ASSERT_TRUE(store);
      ASSERT_TRUE(AddLearner(**store, first + std::to_string(i), "", 1));
    }
  };
  std::thread other([&] { add('a'); });
  add('b');
  other.join();
  const auto store = door_.Lend();
  EXPECT_EQ(AllLearners(**store).value().size(), 40U);
}

}  // namespace
}  // namespace euphone::server
