#include "lexicon/dictionary_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "lexicon/english_fixture.h"

namespace euphone {
namespace {

using fixture::Arpabet;
using fixture::Phones;
using testing::HasSubstr;

TEST(ParseDictionary, ReadsWordsVariantsAndComments) {
  const auto entries = ParseDictionary(
      "# a whole line\n"
      "aalborg AO1 L B AO0 R G # place, danish\r\n"
      "\n"
      "aalborg(2)\tAA1 L B AO0 R G\n"
      "A. EY1",
      Phones());
  ASSERT_TRUE(entries) << entries.error().message;
  ASSERT_EQ(entries->size(), 3u);
  EXPECT_EQ((*entries)[0].word, "aalborg");
  EXPECT_EQ(Arpabet((*entries)[0].phones), "AO1 L B AO0 R G");
  EXPECT_EQ((*entries)[1].word, "aalborg");
  EXPECT_EQ((*entries)[1].line, 4u);
  EXPECT_EQ((*entries)[2].word, "a.");
}

TEST(ParseDictionary, TakesOnlyANumberInBracketsForAVariant) {
  const auto entries = ParseDictionary("a(b) B\nc() B\n(2) B\nd(10) B\n", Phones());
  ASSERT_TRUE(entries) << entries.error().message;
  std::vector<std::string> words;
  for (const auto& entry : *entries) words.push_back(entry.word);
  EXPECT_THAT(words, testing::ElementsAre("a(b)", "c()", "(2)", "d"));
}

TEST(ParseDictionary, NamesTheLineTheWordAndTheFault) {
  const auto unknown = ParseDictionary("cat K AE1 T\ndog D AW1 QQ\n", Phones());
  ASSERT_FALSE(unknown);
  EXPECT_THAT(unknown.error().message, HasSubstr("line 2: dog: 'QQ'"));
  const auto bare = ParseDictionary("cat # K AE1 T\n", Phones());
  ASSERT_FALSE(bare);
  EXPECT_THAT(bare.error().message, HasSubstr("line 1: cat: no phones"));
}

TEST(ParseDictionary, FindsNothingInAnEmptyText) {
  EXPECT_TRUE(ParseDictionary("", Phones())->empty());
  EXPECT_TRUE(ParseDictionary("\n# nothing\n   \t\n", Phones())->empty());
}

TEST(ParsePhones, WantsAtLeastOne) {
  EXPECT_EQ(Arpabet(*ParsePhones("  p R\tah0 N ", Phones())), "P R AH0 N");
  EXPECT_EQ(ParsePhones(" ", Phones()).error().code, Errc::kInvalidArgument);
}

}  // namespace
}  // namespace euphone
