#include "reference/lesson_reference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "audio/audio_writer.h"
#include "reference/fake_reference_voice.h"

namespace euphone {
namespace {

using ::testing::ElementsAre;

Lexicon English() {
  auto pack = LanguagePack::Open(EUPHONE_BINARY_DIR "/share/euphone/packs/en-us").value();
  return Lexicon::Create({std::make_shared<const LanguagePack>(std::move(pack)), {}, nullptr})
      .value();
}

TEST(LessonReferenceTest, ARecordingIsPreferredAndSlowedDown) {
  const std::filesystem::path file = std::filesystem::temp_directory_path() /
                                     ("euphone_reference_" + std::to_string(::getpid()) + ".wav");
  ASSERT_TRUE(WriteAudio(file, std::vector<float>(22050), {22050}));
  FakeReferenceVoice voice;
  const LessonItem item{
      .id = "a", .text = "one", .note = "", .audio = file, .speaker = "", .licence = ""};
  const auto normal = ReferenceOf(item, voice, Pace::kNormal);
  const auto slow = ReferenceOf(item, voice, Pace::kSlow);
  std::filesystem::remove(file);
  ASSERT_TRUE(normal && slow);
  EXPECT_EQ(normal->rate, SampleRate{22050});
  EXPECT_EQ(normal->samples.size(), 22050u);
  EXPECT_EQ(slow->samples.size(), 31500u);
  EXPECT_THAT(voice.said, ElementsAre());
  EXPECT_FALSE(ReferenceOf(item, voice, Pace::kNormal)) << "the recording is gone";
}

TEST(LessonReferenceTest, WithoutARecordingTheVoiceSpeaks) {
  FakeReferenceVoice voice;
  const LessonItem item{
      .id = "a", .text = "one two", .note = "", .audio = {}, .speaker = "", .licence = ""};
  const auto said = ReferenceOf(item, voice, Pace::kNormal);
  ASSERT_TRUE(said);
  EXPECT_EQ(said->words.size(), 2u);
  EXPECT_THAT(voice.said, ElementsAre("one two"));
}

TEST(LessonReferenceTest, AWordComesFromTheSentenceWhereItStandsInIt) {
  const Lexicon lexicon = English();
  FakeReferenceVoice voice;
  const auto cut = ReferenceOfWord("Two", "one two three", lexicon, voice, Pace::kNormal);
  ASSERT_TRUE(cut);
  EXPECT_FLOAT_EQ(cut->samples[cut->samples.size() / 2], 0.2f);
  const auto alone = ReferenceOfWord("think", "one two three", lexicon, voice, Pace::kNormal);
  ASSERT_TRUE(alone);
  EXPECT_THAT(voice.said, ElementsAre("one two three", "one two three", "think in 4 phones"));
}

TEST(LessonReferenceTest, SeveralWordsAndUnknownOnesAreRefused) {
  const Lexicon lexicon = English();
  FakeReferenceVoice voice;
  const auto several = ReferenceOfWord("two three", "", lexicon, voice, Pace::kNormal);
  ASSERT_FALSE(several);
  EXPECT_EQ(several.error().code, Errc::kInvalidArgument);
  EXPECT_FALSE(ReferenceOfWord("xyzzyplughx", "", lexicon, voice, Pace::kNormal));
}

}  // namespace
}  // namespace euphone
