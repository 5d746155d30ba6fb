#include "audio/raw_format.h"

#include <gtest/gtest.h>

namespace euphone {
namespace {

TEST(RawFormat, ReadsEncodingRateAndChannels) {
  EXPECT_EQ(ParseRawFormat("s24be:44100:2").value(),
            (RawFormat{RawEncoding::kS24Be, SampleRate{44100}, 2}));
}

TEST(RawFormat, TakesOneChannelAt16KilohertzWhereNothingIsSaid) {
  EXPECT_EQ(ParseRawFormat("f32le").value(),
            (RawFormat{RawEncoding::kF32Le, SampleRate{16000}, 1}));
}

TEST(RawFormat, ReadsBackEveryName) {
  for (int i = 0; i <= static_cast<int>(RawEncoding::kMuLaw); ++i) {
    const auto encoding = static_cast<RawEncoding>(i);
    const auto parsed = ParseRawFormat(NameOf(encoding));
    ASSERT_TRUE(parsed) << NameOf(encoding);
    EXPECT_EQ(parsed->encoding, encoding);
  }
}

TEST(RawFormat, RefusesWhatItDoesNotUnderstand) {
  for (const char* text :
       {"", "mp3", "s16le:x", "s16le:16000:x", "s16le:16000:1:1", "s16le:16000:1:", "s16le:1",
        "s16le:10000000", "s16le:16000:0", "s16le:16000:65", "s16le:-16000", "s16le:99999999999"}) {
    const auto parsed = ParseRawFormat(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().code, Errc::kInvalidArgument) << text;
  }
}

TEST(RawFormat, SaysWhichRatesAreSupported) {
  EXPECT_EQ(ParseRawFormat("u8:1").error().message,
            "raw format 'u8:1': a sample rate of 1 Hz; supported are 4000 to 768000 Hz");
}

}  // namespace
}  // namespace euphone
