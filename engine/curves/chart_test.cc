#include "curves/chart.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>

#include "curves/curve_documents.h"
#include "curves/number.h"
#include "curves/scene.h"
#include "curves/synthetic_learner_fixture.h"
#include "curves/text_chart.h"

namespace euphone {
namespace {

using fixture::PointsOf;
using fixture::SyntheticLearner;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

ChartLine Line(const SyntheticLearner& learner, const std::string& name = "all sounds") {
  return LearnerLine({name, PointsOf(learner, 3)}, {});
}

CurveChart ChartOf(std::vector<ChartLine> lines) {
  return {.kind = "learner",
          .title = "Ana",
          .x_title = "practices",
          .y_title = "score",
          .scale = {},
          .whole_scale = true,
          .lines = std::move(lines)};
}

std::vector<std::string> RowsOf(const std::string& text) {
  std::vector<std::string> rows;
  std::istringstream stream(text);
  for (std::string row; std::getline(stream, row);) rows.push_back(row);
  return rows;
}

/// Columns: characters that are no continuation of UTF-8.
int Columns(const std::string& row) {
  return static_cast<int>(std::ranges::count_if(
      row, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

TEST(Chart, TellsWhereALearnerIsWhereItLeadsAndWhenTheTargetIsReached) {
  const ChartLine line = Line({.truth = {CurveShape::kPower, 100.0, -60.0, 0.3}, .noise = 4.0});
  EXPECT_EQ(StateOf(line), "learning");
  ASSERT_EQ(line.notes.size(), 3u);
  EXPECT_THAT(line.notes[0], AllOf(HasSubstr("Now 8"), HasSubstr("power law")));
  EXPECT_THAT(line.notes[1], HasSubstr("In 20 more practices: 8"));
  EXPECT_THAT(line.notes[2], HasSubstr("80"));
  EXPECT_DOUBLE_EQ(line.curve.back().x, line.now + 20.0);
  EXPECT_EQ(line.forecast->value.value, line.curve.back().y);
}

TEST(Chart, DoesNotCountToATargetThatIsAboutReached) {
  const Series series{"", PointsOf({}, 3)};
  const double now = LearnerLine(series, {}).outcome->fit->At(240.0).value;
  const ChartLine line = LearnerLine(series, {.target = now - 0.5});
  EXPECT_THAT(line.notes[2], HasSubstr("is about reached: between now and"));
}

TEST(Chart, SaysWhyThereIsNoCurve) {
  EXPECT_THAT(Line({.days = 3}).notes[0], HasSubstr("3 points of 24 practices; it takes 8 points"));
  EXPECT_THAT(LearnerLine({"TH", {}}, {}).notes, ElementsAre(HasSubstr("Too little")));
  const ChartLine flat = Line({.truth = {CurveShape::kPower, 70.0, 0.0, 0.4}});
  EXPECT_EQ(StateOf(flat), "plateau");
  EXPECT_THAT(flat.notes[0], HasSubstr("nothing so far that is more than chance"));
  EXPECT_EQ(StateOf(Line({.truth = {CurveShape::kPower, 40.0, 45.0, 0.4}})), "worse");
}

TEST(Chart, SetsTwoBesideEachOther) {
  const auto apart = CompareLearners(
      Line({}), Line({.truth = {CurveShape::kPower, 60.0, -30.0, 0.4}, .noise = 4.0}));
  ASSERT_EQ(apart.size(), 4u);
  EXPECT_EQ(apart[1].what, "now");
  EXPECT_EQ(apart[1].overlap, false);
  EXPECT_LT(apart[1].b.value, apart[1].a.value);
  EXPECT_EQ(CompareLearners(Line({}), Line({}))[1].overlap, true);
  EXPECT_TRUE(CompareLearners(Line({}), LearnerLine({"TH", {}}, {})).empty());
  const ChartLine a{.name = "a", .points = {{.x = 1, .y = 3}, {.x = 2, .y = 1}, {.x = 3, .y = 2}}};
  const auto runs = CompareRuns(a, {.name = "b", .points = {{.x = 9, .y = 5}}}, Better::kLower);
  EXPECT_EQ(runs[0].a.value, 2.0);
  EXPECT_EQ(runs[1].a.value, 1.0);
  EXPECT_EQ(runs[2].a.value, 2.0);
  EXPECT_FALSE(runs[0].overlap) << "nothing is known of their intervals";
}

TEST(Chart, FitsEveryTerminal) {
  const CurveChart chart = ChartOf({Line({}), Line({.days = 12, .noise = 12.0}, "TH /θ/")});
  for (const int width : {40, 80, 120}) {
    for (const std::string& row : RowsOf(TextChart(chart, {.width = width})))
      EXPECT_LE(Columns(row), width) << row;
  }
  const std::string plain = TextChart(chart, {.unicode = false});
  EXPECT_TRUE(
      std::ranges::all_of(plain, [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); }));
  EXPECT_THAT(plain, AllOf(HasSubstr("x TH /?/"), HasSubstr("practices")));
  EXPECT_THAT(TextChart(chart, {}), Not(HasSubstr("\x1b")));
  EXPECT_THAT(TextChart(chart, {.colour = true}), HasSubstr("\x1b[36m●\x1b[0m"));
}

TEST(Chart, IsToldWithoutAPlotWhereNothingWasMeasured) {
  const std::string text = TextChart(ChartOf({LearnerLine({"TH", {}}, {})}), {});
  EXPECT_EQ(RowsOf(text).size(), 4u) << text;
  EXPECT_THAT(text, Not(HasSubstr("│")));
  EXPECT_THAT(SvgOf(SceneOf(ChartOf({}))), HasSubstr("</svg>"));
}

TEST(Chart, IsTheSameInEveryForm) {
  const CurveChart chart = ChartOf({Line({})});
  const auto json = CurvesJson(chart);
  EXPECT_EQ(json["lines"][0]["points"].size(), 30u);
  EXPECT_EQ(json["lines"][0]["fit"]["shape"], "power");
  EXPECT_EQ(json["lines"][0]["forecast"]["more"], 20.0);
  const std::vector<std::string> rows = RowsOf(CurvesCsv(chart));
  EXPECT_EQ(rows.size(), 1 + 30 + chart.lines[0].curve.size());
  EXPECT_EQ(rows[0], "run,kind,x,y,low,high,count,label");
  EXPECT_THAT(rows[1], HasSubstr("all sounds,measured,4,"));
  for (const std::string& note : chart.lines[0].notes) {
    EXPECT_THAT(SvgOf(SceneOf(chart)), HasSubstr(note));
    EXPECT_THAT(json["lines"][0]["notes"].dump(), HasSubstr(note));
  }
}

TEST(Chart, KeepsNamesFromBreakingADocument) {
  CurveChart chart = ChartOf({Line({}, "a<b>&\"c\",d\x01")});
  EXPECT_THAT(SvgOf(SceneOf(chart)), HasSubstr("a&lt;b&gt;&amp;&quot;c&quot;,d?"));
  EXPECT_THAT(CurvesCsv(chart), HasSubstr("\n\"a<b>&\"\"c\"\",d\x01\",measured"));
}

TEST(Chart, MarksAxesWithRoundNumbers) {
  EXPECT_THAT(RoundMarks(0.0, 100.0, 5), ElementsAre(0.0, 20.0, 40.0, 60.0, 80.0, 100.0));
  EXPECT_THAT(RoundMarks(-0.13, 0.12, 3), ElementsAre(-0.1, 0.0, 0.1));
  EXPECT_TRUE(RoundMarks(1.0, 1.0, 5).empty());
  EXPECT_TRUE(RoundMarks(-1e308, 1e308, 5).empty());
}

TEST(Chart, WritesFiguresAsPeopleReadThem) {
  EXPECT_EQ(Figure(12.50, 2), "12.5");
  EXPECT_EQ(Figure(-0.0, 2), "0");
  EXPECT_EQ(Figure(0.00012, 2), "0.00012");
  EXPECT_EQ(Figure(std::numeric_limits<double>::infinity(), 2), "–");
  EXPECT_EQ(CountOf(1.0, "practice"), "1 practice");
  EXPECT_EQ(CountOf(std::numeric_limits<double>::infinity(), "practice"), "never");
  EXPECT_THAT(Wrapped("ein Wort, überlang", 5), ElementsAre("ein", "Wort,", "überl", "ang"));
}

}  // namespace
}  // namespace euphone
