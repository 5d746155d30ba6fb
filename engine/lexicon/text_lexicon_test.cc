#include "lexicon/text_lexicon.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "lexicon/english_fixture.h"

namespace euphone {
namespace {

using fixture::Arpabet;
using fixture::Phones;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(TextLexicon, KeepsTheVariantsOfAWordInOrder) {
  const auto lexicon = TextLexicon::Parse(
      "Nguyen  W IH1 N\n"
      "Zo\u00EB Z OW1 IY0\n"
      "nguyen\tN UW0 Y EH1 N\n",
      Phones(), Origin::kUser);
  ASSERT_TRUE(lexicon) << lexicon.error().message;
  EXPECT_THAT(Arpabet(lexicon->Find("nguyen")), ElementsAre("W IH1 N", "N UW0 Y EH1 N"));
  EXPECT_EQ(lexicon->Find("zoe").front().origin, Origin::kUser);
  EXPECT_TRUE(lexicon->Find("Nguyen").empty());
  EXPECT_TRUE(lexicon->Find("").empty());
  EXPECT_EQ(lexicon->word_count(), 2u);
}

TEST(TextLexicon, ReadsPhonesInIpaToo) {
  const auto lexicon = TextLexicon::Parse(
      "\xEF\xBB\xBFtomato t\u0259\u02C8m\u0251\u02D0to\u028A  # after a byte order mark\n"
      "tomato T AH0 M EY1 T OW2\n",
      Phones(), Origin::kUser);
  ASSERT_TRUE(lexicon) << lexicon.error().message;
  EXPECT_THAT(Arpabet(lexicon->Find("tomato")),
              ElementsAre("T AH0 M AA1 T OW0", "T AH0 M EY1 T OW2"));
}

TEST(TextLexicon, RefusesWhatIsNoWord) {
  const auto lexicon = TextLexicon::Parse("cat K AE1 T\n%percent P ER0\n", Phones(), Origin::kUser);
  ASSERT_FALSE(lexicon);
  EXPECT_EQ(lexicon.error().code, Errc::kInvalidArgument);
  EXPECT_THAT(lexicon.error().message, HasSubstr("line 2: the word must be Latin letters"));
}

TEST(TextLexicon, NamesTheFileThatItCannotRead) {
  const auto absent = TextLexicon::Open("no/such/words.txt", Phones(), Origin::kUser);
  ASSERT_FALSE(absent);
  EXPECT_EQ(absent.error().code, Errc::kNotFound);

  const auto path = std::filesystem::path(testing::TempDir()) / "faulty_words.txt";
  ASSERT_TRUE(WriteFileAtomically(path, "cat K AE1 T\ncat K \u00E6 T\n"));
  const auto faulty = TextLexicon::Open(path, Phones(), Origin::kUser);
  ASSERT_FALSE(faulty);
  EXPECT_THAT(faulty.error().message,
              HasSubstr("faulty_words.txt: line 2: cat: 'K' in 'K \u00E6 T'"));
  EXPECT_THAT(faulty.error().message, HasSubstr("ARPAbet"));
}

}  // namespace
}  // namespace euphone
