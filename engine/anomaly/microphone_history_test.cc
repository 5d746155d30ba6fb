#include "anomaly/microphone_history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace euphone {
namespace {

using testing::HasSubstr;

MicrophoneTake Take() {
  MicrophoneTake take{"2025-11-12", "a \"take\".wav", {}};
  double value = -31.25;
  for (const MicrophoneField& field : kMicrophoneFields) take.measures.*field.value = value += 7.5;
  return take;
}

TEST(MicrophoneTake, ComesBackAsItWasWritten) {
  const std::string line = ToLine(Take());
  EXPECT_EQ(line.find('\n'), std::string::npos);
  const auto again = ParseTake(line);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(ToLine(*again), line);
  EXPECT_EQ(again->recording, "a \"take\".wav");
  EXPECT_EQ(again->measures.noise_dbfs, Take().measures.noise_dbfs);
}

TEST(MicrophoneTake, IsRefusedByWhatIsWrong) {
  EXPECT_THAT(ParseTake("hello").error().message, HasSubstr("no JSON object"));
  EXPECT_EQ(ParseTake(R"({"schema":"euphone.microphone/9"})").error().code, Errc::kUnsupported);
  std::string line = ToLine(Take());
  EXPECT_THAT(ParseTake(line.replace(line.find("-11-"), 4, "-13-")).error().message,
              HasSubstr("'2025-13-12' is no day"));
  line = ToLine(Take());
  EXPECT_THAT(ParseTake(line.replace(line.find("tilt_db"), 7, "tilt_xx")).error().message,
              HasSubstr("'tilt_db' is missing"));
}

TEST(MicrophoneHistory, IsReadLineByLineInTheOrderOfDays) {
  MicrophoneTake later = Take();
  later.day = "2025-11-13";
  const auto takes = ParseHistory(ToLine(Take()) + "\n\n" + ToLine(later) + "\r\n");
  ASSERT_TRUE(takes) << takes.error().message;
  EXPECT_EQ(takes->size(), 2u);
  EXPECT_TRUE(ParseHistory("")->empty());
  const auto shuffled = ParseHistory(ToLine(later) + "\n" + ToLine(Take()));
  ASSERT_FALSE(shuffled);
  EXPECT_THAT(shuffled.error().message, HasSubstr("line 2: 2025-11-12 comes after 2025-11-13"));
  EXPECT_THAT(ParseHistory(ToLine(Take()) + "\n{}").error().message, HasSubstr("line 2"));
}

TEST(Day, IsCountedAndWrittenOut) {
  EXPECT_EQ(*DayNumber("1970-01-01"), 0);
  EXPECT_EQ(*DayNumber("2000-03-01"), 11017);
  EXPECT_EQ(*DayNumber("2025-11-12"), 20404);
  EXPECT_EQ(WrittenDay("2025-11-12"), "Wednesday, 12 November 2025");
  EXPECT_EQ(WrittenDay("1970-01-01"), "Thursday, 1 January 1970");
  EXPECT_EQ(WrittenDay("2024-02-29"), "Thursday, 29 February 2024");
  for (const char* wrong : {"2025-02-29", "2025-11-31", "2025-00-10", "25-11-12", "2025/11/12", "",
                            "2025-11-1x", "2025-11-12 "})
    EXPECT_FALSE(DayNumber(wrong)) << wrong;
}

}  // namespace
}  // namespace euphone
