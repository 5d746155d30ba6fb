#include "mcp_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "score/analysis_fixture.h"

namespace euphone::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class CompactReportTest : public ::testing::Test {
 protected:
  const PhoneSet phones_ = fixture::EnglishPhones();
};

TEST_F(CompactReportTest, TellsEachWordThatWentWrongAndWhatWasHeardInstead) {
  const std::string report = CompactReport(fixture::Example(phones_), phones_);
  EXPECT_THAT(report, AllOf(HasSubstr("Scores, of 100: total "), HasSubstr("- Thank at "),
                            HasSubstr("TH /θ/ was said as S /s/"), HasSubstr("- Zoë: omitted"),
                            Not(HasSubstr("- you"))));
}

TEST_F(CompactReportTest, ClaimsOfSoundsOnlyWhatTheDiagnosisDoes) {
  Analysis analysis = fixture::Example(phones_);
  PhoneScore& th = analysis.words[0].phones[0];
  th.diagnosis = Diagnosis{Claim::kDropped, std::nullopt, 0.97};
  EXPECT_THAT(CompactReport(analysis, phones_), HasSubstr("TH /θ/ was left out"));
  th.diagnosis = Diagnosis{Claim::kNotSure, std::nullopt, 0.0};
  EXPECT_THAT(CompactReport(analysis, phones_), HasSubstr("TH /θ/ may not be right"));
}

TEST_F(CompactReportTest, GivesTheCoachsAdviceOnce) {
  Analysis analysis = fixture::Example(phones_);
  analysis.advice = {{.tip = "x",
                      .text = "Show the tip.",
                      .article = "",
                      .word = 0,
                      .phone = 0,
                      .pair = {{"think", "sink"}}}};
  const std::string report = CompactReport(analysis, phones_);
  EXPECT_THAT(report, HasSubstr("The coach says:\n- Show the tip. Words to try: think, sink.\n"));
  EXPECT_EQ(report.find("Show the tip"), report.rfind("Show the tip"));
}

TEST_F(CompactReportTest, SaysWhereATipBelongsUnlessThatIsTheFirstThingToDo) {
  Analysis analysis = fixture::Example(phones_);
  analysis.advice = {{.tip = "x", .text = "Say it in one go.", .article = "", .word = 0}};
  analysis.advice[0].place = ProsodyPlace{.kind = PlaceKind::kPause, .next_word = 2};
  const std::string line = "- You stopped between “Thank” and “you”. Say it in one go.\n";
  EXPECT_THAT(CompactReport(analysis, phones_), HasSubstr(line));
  analysis = fixture::Perfect(phones_);
  analysis.pauses = {{{0, 9600}, 1, false}};
  analysis.advice = {{.tip = "x", .text = "Say it in one go.", .article = "", .word = 1}};
  analysis.advice[0].place = ProsodyPlace{.kind = PlaceKind::kPause, .next_word = 2};
  const std::string report = CompactReport(analysis, phones_);
  EXPECT_EQ(report.find("You stopped between"), report.rfind("You stopped between"));
  EXPECT_THAT(report, HasSubstr("- Say it in one go.\n"));
}

TEST_F(CompactReportTest, SaysThatNothingIsWrongWhereNothingIs) {
  EXPECT_THAT(CompactReport(fixture::Perfect(phones_), phones_),
              HasSubstr("No word had anything evidently wrong."));
}

TEST_F(CompactReportTest, HasNoScoresWhereThereAreNone) {
  for (const Analysis& analysis :
       {fixture::WrongText(phones_), fixture::Withheld(phones_), fixture::Unrecognised()}) {
    const std::string report = CompactReport(analysis, phones_);
    EXPECT_THAT(report, AllOf(Not(HasSubstr("Scores")), Not(HasSubstr("\n- "))));
    EXPECT_FALSE(report.empty());
  }
}

}  // namespace
}  // namespace euphone::cli
