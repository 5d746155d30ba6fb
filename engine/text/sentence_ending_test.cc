#include "text/sentence_ending.h"

#include <gtest/gtest.h>

#include <string_view>

#include "text/text_normalizer.h"

namespace euphone {
namespace {

/// Of the text's last sentence.
SentenceEnding Of(std::string_view text) {
  const auto script = NormalizeText(text, {});
  EXPECT_TRUE(script) << text;
  return EndingOf(*script, script->sentences.back());
}

TEST(SentenceEnding, WithoutAQuestionMarkIsAStatement) {
  for (const char* text : {"I like tea.", "Stop!", "Do your homework.", "We call it bear",
                           "What a day!", "Is it far? It is.", "Do your homework"}) {
    EXPECT_EQ(Of(text), SentenceEnding::kStatement) << text;
  }
}

TEST(SentenceEnding, OfAVerbBeforeItsSubjectAsksForYesOrNo) {
  for (const char* text : {"Do you like tea?", "Isn't it late?", "And can he swim?",
                           "“Are you ready?”", "Tea first. Would you like some?"}) {
    EXPECT_EQ(Of(text), SentenceEnding::kYesNoQuestion) << text;
  }
}

TEST(SentenceEnding, OfAQuestionWordAsksForMore) {
  for (const char* text :
       {"What do you like?", "In which house?", "Who's there?", "But why?", "How old is he?"}) {
    EXPECT_EQ(Of(text), SentenceEnding::kWhQuestion) << text;
  }
}

TEST(SentenceEnding, IsOpenWhereNobodyCanTell) {
  for (const char* text : {"You like tea?", "Is it tea or coffee?", "Do you like tea",
                           "It is late, isn't it?", "what time is it"}) {
    EXPECT_EQ(Of(text), SentenceEnding::kOpen) << text;
  }
}

}  // namespace
}  // namespace euphone
