// The voices as they are linked, with the English pack as the build puts it together.
#include "reference/flite_voice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace euphone {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr const char* kText = "I think the apple costs $5, and you?";

double Rms(const Reference& reference, std::size_t begin, std::size_t end) {
  double sum = 0.0;
  for (std::size_t i = begin; i < end; ++i)
    sum += static_cast<double>(reference.samples[i]) * reference.samples[i];
  return std::sqrt(sum / static_cast<double>(std::max<std::size_t>(1, end - begin)));
}

class FliteVoiceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto pack = LanguagePack::Open(EUPHONE_BINARY_DIR "/share/euphone/packs/en-us");
    ASSERT_TRUE(pack) << pack.error().message;
    auto lexicon =
        Lexicon::Create({std::make_shared<const LanguagePack>(*std::move(pack)), {}, nullptr});
    ASSERT_TRUE(lexicon);
    lexicon_ = std::make_shared<const Lexicon>(*std::move(lexicon));
  }

  Reference Say(const std::string& text, Pace pace = Pace::kNormal, std::string_view name = "") {
    auto voice = FliteVoice::Create(lexicon_, name);
    EXPECT_TRUE(voice);
    auto said = (*voice)->Say(text, pace);
    EXPECT_TRUE(said) << said.error().message;
    return *std::move(said);
  }

  std::shared_ptr<const Lexicon> lexicon_;
};

TEST_F(FliteVoiceTest, SaysEachWordWhereItSaysItDoes) {
  for (const FliteVoiceInfo& info : FliteVoices()) {
    const Reference said = Say(kText, Pace::kNormal, info.name);
    EXPECT_EQ(said.rate.hz, 16000);
    std::vector<std::string> words;
    std::size_t before = 0;
    for (const ReferenceWord& word : said.words) {
      words.push_back(word.text);
      EXPECT_GE(word.begin, before);
      EXPECT_GT(word.end, word.begin + 500) << word.text;
      EXPECT_GT(Rms(said, word.begin, word.end), 0.01) << word.text;
      before = word.end;
    }
    EXPECT_THAT(
        words, ElementsAre("i", "think", "the", "apple", "costs", "five", "dollars", "and", "you"));
    EXPECT_EQ(said.words[5].span, said.words[6].span);
    EXPECT_LT(Rms(said, 0, said.words[0].begin / 2), 0.005) << "silence before the first word";
    // The comma is a pause.
    EXPECT_GT(said.words[7].begin, said.words[6].end + 1000);
  }
}

TEST_F(FliteVoiceTest, SlowSpeechIsLongerInEachWord) {
  const Reference normal = Say(kText);
  const Reference slow = Say(kText, Pace::kSlow);
  EXPECT_NEAR(static_cast<double>(slow.samples.size()) / static_cast<double>(normal.samples.size()),
              1.6, 0.25);
  for (std::size_t i = 0; i < normal.words.size(); ++i) {
    EXPECT_GT(slow.words[i].end - slow.words[i].begin, normal.words[i].end - normal.words[i].begin)
        << normal.words[i].text;
  }
}

TEST_F(FliteVoiceTest, TheSameTextGivesTheSameSamples) {
  const Reference first = Say(kText);
  Say("Something else in between.");
  EXPECT_EQ(Say(kText).samples, first.samples);
}

TEST_F(FliteVoiceTest, InlinePhonesAreSaid) {
  const Reference other = Say("I {think|S IH1 NG K} so.");
  const Reference same = Say("I {think|TH IH1 NG K} so.");
  EXPECT_NE(other.samples, same.samples);
  EXPECT_EQ(same.samples, Say("I think so.").samples);
}

TEST_F(FliteVoiceTest, FunctionWordsAreWeakInsideASentenceOnly) {
  // "of" is shorter and "the" has another vowel before a vowel.
  EXPECT_EQ(Say("A cup of tea.").samples, Say("A cup {of|AH0 V} tea.").samples);
  EXPECT_EQ(Say("Eat the apple.").samples, Say("Eat {the|DH IY0} apple.").samples);
  EXPECT_EQ(Say("Eat the pear.").samples, Say("Eat {the|DH AH0} pear.").samples);
  EXPECT_NE(Say("What is it made of?").samples, Say("What is it made {of|AH0 V}?").samples);
}

TEST_F(FliteVoiceTest, SaysPhonesAlone) {
  auto voice = FliteVoice::Create(lexicon_);
  ASSERT_TRUE(voice);
  const PhoneSet& phones = lexicon_->pack().phones;
  for (PhoneId id = 0; id < static_cast<PhoneId>(phones.size()); ++id) {
    const Phone phone = phones.ParsePhone(phones.info(id).arpabet).value();
    const auto said = (*voice)->SayPhones("sound", {&phone, 1}, Pace::kNormal);
    ASSERT_TRUE(said) << phones.info(id).arpabet;
    ASSERT_EQ(said->words.size(), 1u);
    EXPECT_GT(said->words[0].end, said->words[0].begin) << phones.info(id).arpabet;
  }
  const auto nothing = (*voice)->SayPhones("nothing", {}, Pace::kNormal);
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().code, Errc::kInvalidArgument);
}

TEST_F(FliteVoiceTest, WhatCannotBeReadIsRefused) {
  const auto other = FliteVoice::Create(lexicon_, "hal");
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, Errc::kNotFound);
  EXPECT_THAT(other.error().message, HasSubstr("slt rms"));
  auto voice = FliteVoice::Create(lexicon_);
  ASSERT_TRUE(voice);
  EXPECT_FALSE((*voice)->Say("", Pace::kNormal));
  std::string endless;
  for (int i = 0; i < 2001; ++i) endless += "a ";
  const auto long_text = (*voice)->Say(endless, Pace::kNormal);
  ASSERT_FALSE(long_text);
  EXPECT_EQ(long_text.error().code, Errc::kTooLarge);
}

TEST_F(FliteVoiceTest, SeveralThreadsGetWhatOneWouldGet) {
  const Reference alone = Say(kText);
  std::vector<Reference> together(4);
  std::vector<std::thread> threads;
  for (Reference& each : together) threads.emplace_back([&] { each = Say(kText); });
  for (std::thread& thread : threads) thread.join();
  for (const Reference& each : together) EXPECT_EQ(each.samples, alone.samples);
}

}  // namespace
}  // namespace euphone
