#include "labels/agreement.h"

#include <gtest/gtest.h>

namespace euphone {
namespace {

LabelTier SpokenTier(std::vector<TimedLabel> labels) { return {"phones", std::move(labels)}; }

TEST(LabelAgreement, MeasuresHowFarTheEdgesOfWhatIsTheSameLieApart) {
  const auto agreement = CompareTiers(SpokenTier({{0.0, 0.1, "K"}, {0.1, 0.25, "AE1"}}),
                                      SpokenTier({{0.0, 0.11, "k"}, {0.11, 0.29, "ae"}}));
  ASSERT_TRUE(agreement);
  EXPECT_EQ(agreement->same, 2u);
  EXPECT_NEAR(agreement->MedianMs(), 10.0, 1e-6);
  EXPECT_DOUBLE_EQ(agreement->ShareWithin(10.0), 0.75);
  EXPECT_DOUBLE_EQ(agreement->ShareWithin(50.0), 1.0);
}

TEST(LabelAgreement, SetsWhatOneHasMoreAgainstNothing) {
  const auto agreement = CompareTiers(
      SpokenTier({{0.0, 0.1, "a"}, {0.1, 0.2, ""}, {0.2, 0.3, "b"}, {0.3, 0.4, "c"}}),
      SpokenTier({{0.0, 0.1, "a"}, {0.3, 0.4, "c"}, {0.4, 0.5, "d"}, {0.5, 0.6, "e"}}));
  ASSERT_TRUE(agreement);
  EXPECT_EQ(agreement->same, 2u);
  EXPECT_EQ(agreement->only_first, 1u);
  EXPECT_EQ(agreement->only_second, 2u);
  EXPECT_DOUBLE_EQ(agreement->ShareWithin(0.0), 1.0);
}

TEST(LabelAgreement, CountsWhatSaysSomethingElse) {
  const auto agreement =
      CompareTiers(SpokenTier({{0.0, 0.1, "s"}}), SpokenTier({{0.0, 0.1, "th"}}));
  ASSERT_TRUE(agreement);
  EXPECT_EQ(agreement->different, 1u);
  EXPECT_DOUBLE_EQ(agreement->MedianMs(), 0.0);
  EXPECT_DOUBLE_EQ(agreement->ShareWithin(20.0), 0.0);
}

TEST(LabelAgreement, RefusesWhatWouldTakeAllMemory) {
  const LabelTier many = SpokenTier(std::vector<TimedLabel>(20'000, {0.0, 1.0, "a"}));
  const auto agreement = CompareTiers(many, many);
  ASSERT_FALSE(agreement);
  EXPECT_EQ(agreement.error().code, Errc::kTooLarge);
}

}  // namespace
}  // namespace euphone
