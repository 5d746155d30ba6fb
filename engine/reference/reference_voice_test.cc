#include "reference/reference_voice.h"

#include <gtest/gtest.h>

#include "reference/fake_reference_voice.h"

namespace euphone {
namespace {

TEST(ReferenceVoiceTest, AWordIsCutOutWithSoftEdges) {
  FakeReferenceVoice voice;
  const auto whole = voice.Say("one two three", Pace::kNormal);
  ASSERT_TRUE(whole);
  const Reference cut = CutWord(*whole, 1);
  EXPECT_EQ(cut.rate, whole->rate);
  ASSERT_EQ(cut.words.size(), 1u);
  EXPECT_EQ(cut.words[0].text, "two");
  EXPECT_EQ(cut.words[0].end - cut.words[0].begin, 1600u);
  EXPECT_EQ(cut.samples.size(), 1600u + 2 * 320);
  EXPECT_EQ(cut.samples.front(), 0.0f);
  EXPECT_EQ(cut.samples.back(), 0.0f);
  EXPECT_FLOAT_EQ(cut.samples[cut.words[0].begin + 800], 0.2f);
}

TEST(ReferenceVoiceTest, TheFirstAndTheLastWordAreCutAtTheEnds) {
  Reference tight{std::vector<float>(100, 0.5f), {16000}, {{"a", {0, 1}, 0, 100}}};
  const Reference cut = CutWord(tight, 0);
  EXPECT_EQ(cut.samples.size(), 100u);
  EXPECT_EQ(cut.words[0].begin, 0u);
  tight.words[0] = {"a", {0, 1}, 100, 100};
  EXPECT_LE(CutWord(tight, 0).samples.size(), 100u);
}

TEST(ReferenceVoiceTest, AWordIsFoundInEitherCase) {
  FakeReferenceVoice voice;
  const auto whole = voice.Say("one Two three", Pace::kNormal);
  EXPECT_EQ(FindWord(*whole, "two"), 1u);
  EXPECT_EQ(FindWord(*whole, "THREE"), 2u);
  EXPECT_EQ(FindWord(*whole, "thre"), 3u);
}

}  // namespace
}  // namespace euphone
