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
  ASSERT_TRUE(pairing_->Find(attempt.token));
  EXPECT_EQ(pairing_->Find(attempt.token)->learner, "");
  EXPECT_FALSE(pairing_->Find(attempt.token.substr(1) + "0"));
  EXPECT_FALSE(pairing_->Find(""));
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
  EXPECT_TRUE(pairing_->Find(attempt.token));
}

TEST_F(PairingTest, AnInvitationLetsADeviceInForOneLearnerOnce) {
  const auto ana = pairing_->Invite("0a-1b", now_), ben = pairing_->Invite("2c-3d", now_);
  ASSERT_TRUE(ana && ben);
  EXPECT_EQ(shown_.size(), 1U) << "whoever invites shows it";
  const auto attempt = Try(*ben);
  ASSERT_EQ(attempt.outcome, Outcome::kPaired);
  EXPECT_EQ(pairing_->Find(attempt.token)->learner, "2c-3d");
  EXPECT_EQ(shown_.size(), 1U) << "the code that is shown still works";
  EXPECT_EQ(Try(*ben).outcome, Outcome::kWrong);
  now_ += seconds(1);
  EXPECT_EQ(Try(shown_.back()).outcome, Outcome::kPaired);
  EXPECT_EQ(Try(*ana).outcome, Outcome::kPaired);
  Open();
  EXPECT_EQ(pairing_->Find(attempt.token)->learner, "2c-3d");
}

TEST_F(PairingTest, InvitationsExpireAndDieOfWrongTriesLikeTheCodeThatIsShown) {
  const auto old = pairing_->Invite("0a", now_);
  now_ += Pairing::kLifetime;
  EXPECT_EQ(Try(*old).outcome, Outcome::kNoCode);
  const auto other = pairing_->Invite("0a", now_);
  const std::string wrong = *other == "0000 0000" ? "1111 1111" : "0000 0000";
  for (int i = 0; i < Pairing::kMostTries; ++i) {
    EXPECT_EQ(Try(wrong).outcome, Outcome::kWrong);
    now_ += seconds(1 << i);
  }
  EXPECT_EQ(Try(*other).outcome, Outcome::kNoCode);
  EXPECT_TRUE(pairing_->Invite("0a", now_));
  now_ += seconds(60);
  EXPECT_EQ(Try(*other).outcome, Outcome::kWrong) << "a new one does not revive it";
}

TEST_F(PairingTest, ADamagedFileIsRefused) {
  const std::string digest(64, 'a');
  for (const std::string& line : {std::string("not a digest"), digest + " Ana", digest + "0"}) {
    std::ofstream(file_) << line << '\n';
    EXPECT_FALSE(Pairing::Open(file_, [](const std::string&) {})) << line;
  }
}

}  // namespace
}  // namespace euphone::server
