#include "server/pairing.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace euphone::server {
namespace {

namespace fs = std::filesystem;
using std::chrono::minutes;
using std::chrono::seconds;
using Outcome = Pairing::Outcome;

class PairingTest : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::remove(file_);
    Open();
    ASSERT_TRUE(pairing_->NewCode(now_));
  }
  void TearDown() override { fs::remove(file_); }

  void Open() {
    auto opened = Pairing::Open(file_, [this](const std::string& code) { shown_.push_back(code); });
    ASSERT_TRUE(opened) << opened.error().message;
    pairing_ = *std::move(opened);
  }

  Pairing::Attempt Try(const std::string& code) { return *pairing_->Try(code, now_); }

  std::string Wrong() const { return shown_.back() == "0000 0000" ? "1111 1111" : "0000 0000"; }

  const fs::path file_ =
      fs::path(::testing::TempDir()) /
      (std::string("euphone-") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
  Pairing::Time now_ = Pairing::Time{} + minutes(60);
  std::vector<std::string> shown_;
  std::unique_ptr<Pairing> pairing_;
};

TEST_F(PairingTest, TheCodeThatIsShownGivesATokenOnce) {
  const std::string code = shown_.back();
  const auto attempt = Try(code);
  ASSERT_EQ(attempt.outcome, Outcome::kPaired);
  EXPECT_TRUE(pairing_->Knows(attempt.token));
  EXPECT_FALSE(pairing_->Knows(attempt.token.substr(1) + "0"));
  EXPECT_FALSE(pairing_->Knows(""));
  EXPECT_EQ(shown_.size(), 2U);
  EXPECT_NE(shown_.back(), code);
  EXPECT_EQ(Try(code).outcome, Outcome::kWrong);
}

TEST_F(PairingTest, SpacesAndHyphensAreOfNoMatter) {
  std::string code = shown_.back();
  std::replace(code.begin(), code.end(), ' ', '-');
  EXPECT_EQ(Try(" " + code).outcome, Outcome::kPaired);
}

TEST_F(PairingTest, EachWrongTryMakesTheNextWaitTwiceAsLong) {
  EXPECT_EQ(Try(Wrong()).outcome, Outcome::kWrong);
  EXPECT_EQ(Try(shown_.back()).outcome, Outcome::kWait);
  now_ += seconds(1);
  EXPECT_EQ(Try(Wrong()).outcome, Outcome::kWrong);
  now_ += seconds(1);
  const auto attempt = Try(shown_.back());
  EXPECT_EQ(attempt.outcome, Outcome::kWait);
  EXPECT_EQ(attempt.wait, seconds(1));
  now_ += seconds(1);
  EXPECT_EQ(Try(shown_.back()).outcome, Outcome::kPaired);
}

TEST_F(PairingTest, ACodeDiesOfFiveWrongTriesAndTheWaitOutlivesIt) {
  for (int i = 0; i < Pairing::kMostTries; ++i) {
    EXPECT_EQ(Try(Wrong()).outcome, Outcome::kWrong);
    now_ += seconds(1 << i);
  }
  EXPECT_EQ(Try(shown_.back()).outcome, Outcome::kNoCode);
  EXPECT_TRUE(*pairing_->AskForCode(now_));
  EXPECT_EQ(Try(Wrong()).outcome, Outcome::kWrong);
  now_ += seconds(31);
  EXPECT_EQ(Try(shown_.back()).outcome, Outcome::kWait);
}

TEST_F(PairingTest, ACodeExpiresAndAnotherIsShownForTheAsking) {
  now_ += Pairing::kLifetime;
  EXPECT_EQ(Try(shown_.back()).outcome, Outcome::kNoCode);
  EXPECT_TRUE(*pairing_->AskForCode(now_));
  EXPECT_EQ(shown_.size(), 2U);
  EXPECT_TRUE(*pairing_->AskForCode(now_));
  EXPECT_EQ(shown_.size(), 2U) << "the one that is shown still works";
  EXPECT_EQ(Try(shown_.back()).outcome, Outcome::kPaired);
}

TEST_F(PairingTest, WhoIsPairedStaysSoAndTheFileHoldsNoToken) {
  const auto attempt = Try(shown_.back());
  std::ifstream in(file_);
  const std::string kept((std::istreambuf_iterator<char>(in)), {});
  EXPECT_EQ(kept.find(attempt.token), std::string::npos);
  Open();
  EXPECT_TRUE(pairing_->Knows(attempt.token));
}

TEST_F(PairingTest, ADamagedFileIsRefused) {
  std::ofstream(file_) << "not a digest\n";
  EXPECT_FALSE(Pairing::Open(file_, [](const std::string&) {}));
}

}  // namespace
}  // namespace euphone::server
