#include "lesson/lesson_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace euphone {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> SentencesOf(std::string_view text) {
  const auto pack = LessonOfText(text, "mine", "Mine");
  std::vector<std::string> sentences;
  if (!pack) return sentences;
  for (const LessonItem& item : pack->items) sentences.push_back(item.text);
  return sentences;
}

TEST(LessonText, EverySentenceIsAnItemWhateverTheLinesLookLike) {
  EXPECT_THAT(SentencesOf("A fox ran. It was\nquick!\r\n\r\nWas it \"red\"?\n"),
              ElementsAre("A fox ran.", "It was quick!", "Was it \"red\"?"));
}

TEST(LessonText, AHeadingIsASentenceOfItsOwnAndItemsAreNumbered) {
  const auto pack = LessonOfText("Chapter 1\n\nA fox ran.", "fox", "").value();
  ASSERT_EQ(pack.items.size(), 2u);
  EXPECT_EQ(pack.items[0].text, "Chapter 1");
  EXPECT_EQ(pack.items[1].id, "2");
  EXPECT_EQ(pack.title, "fox");
}

TEST(LessonText, WhatNobodyCanReadIsPassedOver) {
  EXPECT_THAT(SentencesOf("***\n\nA fox ran.\n\n— — —"), ElementsAre("A fox ran."));
}

TEST(LessonText, BracesStandForThemselves) {
  EXPECT_THAT(SentencesOf("A {fox ran."), ElementsAre("A \\{fox ran."));
}

TEST(LessonText, ATextWithoutASentenceIsRefusedInOneLine) {
  EXPECT_EQ(LessonOfText("", "mine", "Mine").error().message, "Mine: there is no sentence in it");
  EXPECT_FALSE(LessonOfText("\xff\xfe", "mine", "Mine"));
  EXPECT_EQ(LessonOfText(std::string(5'000'000, 'a'), "mine", "Mine").error().code,
            Errc::kTooLarge);
}

}  // namespace
}  // namespace euphone
