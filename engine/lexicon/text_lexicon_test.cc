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
  EXPECT_THAT(faulty.error().message, HasSubstr("faulty_words.txt: line 2: cat: '\u00E6'"));
  EXPECT_THAT(faulty.error().message, HasSubstr("ARPAbet"));
}

}  // namespace
}  // namespace euphone
