#include "reference/sound_carrier.h"

#include <gtest/gtest.h>

#include <string>

#include "base/file.h"

namespace euphone {
namespace {

class SoundCarrierTest : public ::testing::Test {
 protected:
  const PhoneSet phones_ =
      PhoneSet::Parse(ReadFile(EUPHONE_SOURCE_DIR "/contract/phones.en-us.json", 1 << 20).value())
          .value();
};

TEST_F(SoundCarrierTest, VowelsStandBetweenHAndDAndConsonantsBeforeAVowel) {
  EXPECT_EQ(CarrierOf("IY", phones_)->name, "hh-iy-d");
  EXPECT_EQ(CarrierOf("th", phones_)->name, "th-aa");
  EXPECT_EQ(CarrierOf("NG", phones_)->name, "s-ih-ng");
  EXPECT_EQ(CarrierOf("ZH", phones_)->name, "aa-zh-ah");
}

TEST_F(SoundCarrierTest, EverySoundHasASyllableThatHoldsIt) {
  for (PhoneId id = 0; id < static_cast<PhoneId>(phones_.size()); ++id) {
    const auto carrier = CarrierOf(phones_.info(id).arpabet, phones_);
    ASSERT_TRUE(carrier) << phones_.info(id).arpabet;
    bool held = false, vowel = false;
    for (const Phone& phone : carrier->phones) {
      held = held || phone.id == id;
      vowel = vowel || phones_.info(phone.id).vowel;
    }
    EXPECT_TRUE(held && vowel) << carrier->name;
  }
}

TEST_F(SoundCarrierTest, AnUnknownSoundIsRefused) {
  const auto carrier = CarrierOf("QQ", phones_);
  ASSERT_FALSE(carrier);
  EXPECT_EQ(carrier.error().code, Errc::kInvalidArgument);
}

}  // namespace
}  // namespace euphone
