#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lexicon/english_fixture.h"
#include "lexicon/ipa.h"

namespace euphone {
namespace {

using fixture::Arpabet;
using fixture::Phones;
using testing::HasSubstr;

std::string Read(std::string_view ipa) {
  const auto phones = ParseIpa(ipa, Phones());
  return phones ? Arpabet(*phones) : phones.error().message;
}

TEST(ParseIpa, ReadsWordsAsDictionariesPrintThem) {
  EXPECT_EQ(Read("təˈmɑːtoʊ"), "T AH0 M AA1 T OW0");
  EXPECT_EQ(Read("[ˈwɔːtər]"), "W AO1 T ER0");
  EXPECT_EQ(Read("tʃɜːrtʃ"), "CH ER1 CH");
  EXPECT_EQ(Read("ˈd͡ʒæz"), "JH AE1 Z");
  EXPECT_EQ(Read("prəˌnʌnsiˈeɪʃən"), "P R AH0 N AH2 N S IY0 EY1 SH AH0 N");
  EXPECT_EQ(Read("ˈbɒtl̩"), "B AA1 T AH0 L");
  EXPECT_EQ(Read("ˈəʊvə"), "OW1 V AH0");
  EXPECT_EQ(Read("θɪŋ"), "TH IH1 NG");
  EXPECT_EQ(Read("gɡ"), "G G");
  EXPECT_EQ(Read("'dʒɔɪ.fəl"), "JH OY1 F AH0 L");
}

TEST(ParseIpa, GivesVowelsTheStressThatTheMarksLeave) {
  EXPECT_EQ(Read("kæt"), "K AE1 T");
  EXPECT_EQ(Read("ðə"), "DH AH0");
  EXPECT_EQ(Read("əˈɡɛn"), "AH0 G EH1 N");
  EXPECT_EQ(Read("ˈʌðɚ"), "AH1 DH ER0");
  EXPECT_EQ(Read("əbaʊt"), "AH0 B AW1 T");
}

TEST(ParseIpa, ReadsBackWhatIpaWrites) {
  for (const char* word :
       {"P R AH0 N AH2 N S IY0 EY1 SH AH0 N", "W AO1 T ER0", "B ER1 TH D EY2", "K AE1 T", "DH AH0",
        "S IY1", "HH M", "M IH1 ZH ER0", "Y UW1 S L AH0 S", "CH AO1 JH AW2 B OY2 W UH2 D AY2"}) {
    EXPECT_EQ(Read(Ipa(Arpabet(word), Phones(), fixture::Syllables())), word);
  }
}

TEST(ParseIpa, NamesWhatIsNoSoundOfTheLanguage) {
  EXPECT_THAT(Read("baʀ"), HasSubstr("'ʀ' in 'baʀ'"));
  EXPECT_THAT(Read("/ˈwɔɾɚ/"), HasSubstr("'ɾ' in 'ˈwɔɾɚ'"));
  EXPECT_THAT(Read("K æ T"), HasSubstr("'K' in 'K æ T'"));
  EXPECT_THAT(Read("ˈ"), HasSubstr("no sounds"));
  EXPECT_THAT(Read("//"), HasSubstr("'/'"));
}

TEST(LooksLikeIpa, TellsItFromArpabet) {
  for (const char* ipa : {"kæt", "/pin/", " [pin] ", "ˈpin"}) EXPECT_TRUE(LooksLikeIpa(ipa)) << ipa;
  for (const char* other : {"K AE1 T", "pin", "", "/", "P / N"}) EXPECT_FALSE(LooksLikeIpa(other));
}

}  // namespace
}  // namespace euphone
