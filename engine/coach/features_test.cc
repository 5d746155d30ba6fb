#include "coach/features.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "score/analysis_fixture.h"

namespace euphone {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class FeaturesTest : public ::testing::Test {
 protected:
  const PhoneInfo& Info(const char* name) { return phones_.info(*phones_.Find(name)); }
  std::vector<Feature> Between(const char* one, const char* other) {
    return DifferenceOf(Info(one), Info(other));
  }
  std::string Tip(const char* expected, const char* heard) {
    return TipFromFeatures(Info(expected), Info(heard));
  }

  const PhoneSet phones_ = fixture::EnglishPhones();
};

TEST_F(FeaturesTest, SoundsDifferInWhatPhoneticiansSay) {
  EXPECT_THAT(Between("Z", "S"), ElementsAre(Feature::kVoice));
  EXPECT_THAT(Between("TH", "S"), ElementsAre(Feature::kPlace));
  EXPECT_THAT(Between("T", "S"), ElementsAre(Feature::kManner));
  EXPECT_THAT(Between("IH", "IY"), ElementsAre(Feature::kLength, Feature::kHeight));
  EXPECT_THAT(Between("B", "F"), ElementsAre(Feature::kVoice, Feature::kManner, Feature::kPlace));
  EXPECT_THAT(Between("IY", "Y"), ElementsAre(Feature::kKind));
  EXPECT_TRUE(Between("M", "M").empty());
}

TEST_F(FeaturesTest, EveryTwoSoundsAreToldApart) {
  for (std::size_t i = 0; i < phones_.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      EXPECT_FALSE(
          DifferenceOf(phones_.info(static_cast<PhoneId>(i)), phones_.info(static_cast<PhoneId>(j)))
              .empty())
          << phones_.info(static_cast<PhoneId>(i)).arpabet << " "
          << phones_.info(static_cast<PhoneId>(j)).arpabet;
    }
  }
}

TEST_F(FeaturesTest, ATipSaysWhatTheExpectedSoundNeeds) {
  EXPECT_THAT(Tip("Z", "S"), HasSubstr("Use your voice"));
  EXPECT_THAT(Tip("S", "Z"), HasSubstr("Leave your voice out"));
  EXPECT_THAT(Tip("N", "NG"), HasSubstr("tip of your tongue"));
  EXPECT_THAT(Tip("AE", "EH"), HasSubstr("Open your mouth more"));
  EXPECT_THAT(Tip("EH", "AE"), HasSubstr("Close your mouth a little"));
  EXPECT_THAT(Tip("EY", "EH"), HasSubstr("move on"));
  EXPECT_THAT(Tip("IH", "IY"), HasSubstr("short"));
}

}  // namespace
}  // namespace euphone
