#include "server/judge_shelf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

namespace euphone::server {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::shared_ptr<const Judge> Named(const std::string& bundle) {
  auto judge = std::make_shared<Judge>();
  judge->bundle = bundle;
  return judge;
}

class JudgeShelfTest : public ::testing::Test {
 protected:
  std::vector<std::string> opened_;
  JudgeShelf shelf_{
      {.first = Named("standard"),
       .all = {{.bundle = "broken"}, {.bundle = "large"}, {.bundle = "standard"}},
       .open = [this](const std::string& bundle) -> Result<std::shared_ptr<const Judge>> {
         opened_.push_back(bundle);
         if (bundle == "broken") return Error{Errc::kCorrupt, "it is broken"};
         return Named(bundle);
       }}};
};

TEST_F(JudgeShelfTest, WhoIsChosenJudges) {
  EXPECT_EQ(shelf_.now()->bundle, "standard");
  const auto before = shelf_.now();
  ASSERT_TRUE(shelf_.Use("large"));
  EXPECT_EQ(shelf_.now()->bundle, "large");
  EXPECT_EQ(before->bundle, "standard") << "who holds one goes on with it";
}

TEST_F(JudgeShelfTest, WhoJudgesAlreadyIsNotOpenedAgain) {
  ASSERT_TRUE(shelf_.Use("standard"));
  EXPECT_THAT(opened_, IsEmpty());
}

TEST_F(JudgeShelfTest, WhatCannotBeOpenedChangesNothing) {
  const Status status = shelf_.Use("broken");
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, Errc::kCorrupt);
  EXPECT_EQ(shelf_.now()->bundle, "standard");
}

TEST_F(JudgeShelfTest, OnlyWhatIsInstalledIsOpened) {
  const Status status = shelf_.Use("../../etc");
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, Errc::kNotFound);
  EXPECT_THAT(opened_, IsEmpty());
}

class RenewedShelfTest : public ::testing::Test {
 protected:
  std::shared_ptr<const Judge> Opened(const std::string& bundle) {
    auto judge = std::make_shared<Judge>();
    judge->bundle = bundle;
    judge->label = bundle + " " + version_;
    judge->mark = version_;
    return judge;
  }
  std::string version_ = "1.0.0";
  std::string broken_;
  int opened_ = 0;
  JudgeShelf shelf_{
      {.first = Opened("standard"),
       .all = {{.bundle = "standard"}},
       .open = [this](const std::string& bundle) -> Result<std::shared_ptr<const Judge>> {
         ++opened_;
         if (version_ == broken_) return Error{Errc::kCorrupt, "it is broken"};
         return Opened(bundle);
       },
       .mark = [this](const std::string&) { return version_; }}};
};

TEST_F(RenewedShelfTest, AVersionThatCameIntoUseJudgesWhatBeginsNext) {
  EXPECT_EQ(shelf_.Latest()->label, "standard 1.0.0");
  EXPECT_EQ(opened_, 0);
  version_ = "1.1.0";
  EXPECT_EQ(shelf_.now()->label, "standard 1.0.0");
  EXPECT_EQ(shelf_.Latest()->label, "standard 1.1.0");
  EXPECT_EQ(shelf_.Latest()->label, "standard 1.1.0");
  EXPECT_EQ(opened_, 1);
}

TEST_F(RenewedShelfTest, NothingChangesWhileSomebodyIsJudgedByTheOldOne) {
  auto lesson = shelf_.Latest();
  version_ = "1.1.0";
  EXPECT_EQ(shelf_.Latest(), lesson);
  lesson.reset();
  EXPECT_EQ(shelf_.Latest()->label, "standard 1.1.0");
}

TEST_F(RenewedShelfTest, AVersionThatCannotBeOpenedIsTriedOnce) {
  version_ = broken_ = "1.1.0";
  EXPECT_EQ(shelf_.Latest()->label, "standard 1.0.0");
  EXPECT_EQ(shelf_.Latest()->label, "standard 1.0.0");
  EXPECT_EQ(opened_, 1);
  version_ = "1.2.0";
  EXPECT_EQ(shelf_.Latest()->label, "standard 1.2.0");
}

TEST_F(JudgeShelfTest, TwoWhoChooseTheSameOpenItOnce) {
  {
    const std::jthread one([this] { EXPECT_TRUE(shelf_.Use("large")); });
    const std::jthread other([this] { EXPECT_TRUE(shelf_.Use("large")); });
  }
  EXPECT_THAT(opened_, ElementsAre("large"));
}

}  // namespace
}  // namespace euphone::server
