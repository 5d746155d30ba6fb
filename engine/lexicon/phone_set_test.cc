#include "lexicon/phone_set.h"

#include <gtest/gtest.h>

#include <string>

#include "lexicon/english_fixture.h"

namespace euphone {
namespace {

using fixture::Phones;

TEST(PhoneSet, NumbersThePhonesInTheOrderOfTheContract) {
  EXPECT_EQ(Phones().size(), 39u);
  EXPECT_EQ(Phones().Find("AA"), PhoneId{0});
  EXPECT_EQ(Phones().Find("ZH"), PhoneId{38});
  EXPECT_EQ(Phones().Find("AA1"), std::nullopt);
}

TEST(PhoneSet, KnowsTheArticulationOfConsonants) {
  const PhoneInfo& th = Phones().info(*Phones().Find("TH"));
  EXPECT_EQ(th.manner, "fricative");
  EXPECT_EQ(th.place, "dental");
  EXPECT_FALSE(th.voiced);
  EXPECT_FALSE(th.vowel);
}

TEST(PhoneSet, TakesVowelsToBeVoiced) { EXPECT_TRUE(Phones().info(*Phones().Find("AE")).voiced); }

TEST(PhoneSet, ReadsAndWritesEveryPhoneWithEveryStress) {
  for (std::size_t index = 0; index < Phones().size(); ++index) {
    const auto id = static_cast<PhoneId>(index);
    const bool vowel = Phones().info(id).vowel;
    for (int stress = vowel ? 0 : -1; stress <= (vowel ? 2 : -1); ++stress) {
      const Phone phone{id, static_cast<Stress>(stress)};
      EXPECT_EQ(Phones().ParsePhone(Phones().Arpabet(phone)).value(), phone);
    }
  }
}

TEST(PhoneSet, ReadsLowerCase) {
  EXPECT_EQ(Phones().ParsePhone("ah0").value(), Phones().ParsePhone("AH0").value());
}

TEST(PhoneSet, TakesAVowelWithoutADigitAsStressed) {
  EXPECT_EQ(Phones().ParsePhone("AH")->stress, Stress::kPrimary);
}

TEST(PhoneSet, RefusesADigitOnAConsonantAndWhatIsNoPhone) {
  for (const char* wrong : {"B0", "AH3", "XX", "ə", "", "1", "AH00"}) {
    const auto phone = Phones().ParsePhone(wrong);
    ASSERT_FALSE(phone.has_value()) << wrong;
    EXPECT_EQ(phone.error().code, Errc::kInvalidArgument);
    EXPECT_NE(phone.error().message.find(wrong), std::string::npos) << phone.error().message;
  }
}

TEST(PhoneSet, WritesTheReducedFormInIpaOnlyWithoutStress) {
  EXPECT_EQ(Phones().Ipa(*Phones().ParsePhone("AH0")), "ə");
  EXPECT_EQ(Phones().Ipa(*Phones().ParsePhone("AH2")), "ʌ");
  EXPECT_EQ(Phones().Ipa(*Phones().ParsePhone("ER0")), "ɚ");
  EXPECT_EQ(Phones().Ipa(*Phones().ParsePhone("OW0")), "oʊ");
  EXPECT_EQ(Phones().Ipa(*Phones().ParsePhone("R")), "ɹ");
}

TEST(PhoneSet, SaysWhatIsWrongWithAFile) {
  for (const char* wrong : {
           "",
           "[]",
           "{}",
           R"({"phones": []})",
           R"({"phones": 7})",
           R"({"phones": [{"arpabet": "B", "ipa": "b", "kind": "consonant"}]})",
           R"({"phones": [{"arpabet": "", "ipa": "ʌ", "kind": "vowel"}]})",
           R"({"phones": [{"arpabet": "AH", "ipa": "ʌ", "kind": "vowel"},
                          {"arpabet": "AH", "ipa": "ə", "kind": "vowel"}]})",
       }) {
    const auto set = PhoneSet::Parse(wrong);
    ASSERT_FALSE(set.has_value()) << wrong;
    EXPECT_EQ(set.error().code, Errc::kCorrupt);
    EXPECT_TRUE(set.error().message.starts_with("phone set: ")) << set.error().message;
  }
}

}  // namespace
}  // namespace euphone
