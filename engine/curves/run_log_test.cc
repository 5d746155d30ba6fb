#include "curves/run_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "base/file.h"

namespace euphone {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string Golden(const std::string& name) {
  const std::string folder = std::string(EUPHONE_SOURCE_DIR) + "/engine/curves/testdata/";
  return ReadFile(folder + name, std::size_t{1} << 20).value();
}

std::vector<RunLog> Table(const std::string& text, std::vector<std::string>* warnings = nullptr) {
  std::vector<std::string> unheeded;
  return ReadCurveCsv(text, "t.csv", warnings != nullptr ? *warnings : unheeded).value();
}

std::string Refused(const std::string& text) {
  std::vector<std::string> warnings;
  const auto runs = ReadCurveCsv(text, "t.csv", warnings);
  return runs ? "it was read" : runs.error().message;
}

TEST(CurveCsv, ReadsWhatTheTrainingWrites) {
  const auto runs =
      Table("epoch,step,train loss,held-out phone\n0,25,0.5,\n1,50,0.25,0.6\n\n2,75,,0.7\r\n");
  ASSERT_EQ(runs.size(), 1u);
  EXPECT_EQ(runs[0].axis, "step");
  ASSERT_EQ(runs[0].metrics.size(), 2u);
  EXPECT_EQ(runs[0].metrics[0].name, "train loss");
  ASSERT_EQ(runs[0].metrics[1].points.size(), 2u);
  EXPECT_EQ(runs[0].metrics[1].points[0].x, 50.0);
  EXPECT_EQ(Table("epoch,loss\n3,1\n")[0].axis, "epoch");
}

TEST(CurveCsv, ReadsAValueALineWithIntervals) {
  const auto runs = Table(
      "run,kind,x,y,low,high,count,label\n\"a, \"\"b\"\"\",measured,1,0.5,0.4,0.6,20,0.1\n"
      "c,,2,7,,,,\n\"a, \"\"b\"\"\",fit,1,9,,,,\n\"a, \"\"b\"\"\",measured,0,0.3,,,,\n");
  ASSERT_EQ(runs.size(), 2u);
  EXPECT_EQ(runs[0].name, "a, \"b\"");
  ASSERT_EQ(runs[0].metrics[0].points.size(), 2u) << "a fit is not measured";
  EXPECT_EQ(runs[0].metrics[0].points[0].x, 0.0) << "in order";
  EXPECT_EQ(runs[0].metrics[0].points[1].high, 0.6);
  EXPECT_EQ(runs[0].metrics[0].points[1].weight, 20.0);
}

TEST(CurveCsv, SaysInWhichLineItIsWrong) {
  EXPECT_EQ(Refused("step,loss\n1,2\n2,much\n"), "t.csv: line 3: 'much' is not a number");
  EXPECT_THAT(Refused(""), HasSubstr("no table of values"));
  EXPECT_THAT(Refused("\x01\x02\x03"), HasSubstr("no table of values"));
  EXPECT_THAT(Refused("step,loss\n"), HasSubstr("no values"));
  EXPECT_THAT(Refused("x,y\n,\n"), HasSubstr("no values"));
  EXPECT_THAT(Refused(std::string(3000, ',')), HasSubstr("columns"));
}

TEST(CurveCsv, LeavesOutWhatIsNoNumberAndTells) {
  std::vector<std::string> warnings;
  EXPECT_EQ(Table("step,loss\n1,nan\n2,inf\n3,1\n", &warnings)[0].metrics[0].points.size(), 1u);
  EXPECT_THAT(warnings, ElementsAre("t.csv: 2 values that are no numbers"));
}

/// The goldens are by TensorBoard itself: testdata/make_events.py.
TEST(Events, AreReadAsTensorBoardDoesAlsoOfARunThatWasTakenUp) {
  RunLog run;
  std::vector<std::string> warnings;
  ASSERT_TRUE(ReadEvents(Golden("events_1"), "1", run, warnings));
  ASSERT_EQ(run.metrics.size(), 2u);
  EXPECT_EQ(run.metrics[0].points.size(), 10u);
  ASSERT_TRUE(ReadEvents(Golden("events_2"), "2", run, warnings));
  EXPECT_THAT(warnings, IsEmpty());
  const auto expected = Table(Golden("events.csv"));
  for (std::size_t metric = 0; metric < 2; ++metric) {
    const Series &read = run.metrics[metric], &known = expected[0].metrics[metric];
    EXPECT_EQ(read.name, known.name);
    ASSERT_EQ(read.points.size(), known.points.size());
    for (std::size_t i = 0; i < read.points.size(); ++i) {
      EXPECT_EQ(read.points[i].x, known.points[i].x);
      EXPECT_NEAR(read.points[i].y, known.points[i].y, 1e-8);
    }
  }
}

TEST(Events, OfAFileThatIsCutOffComeAsFarAsTheyAreWhole) {
  const std::string whole = Golden("events_1");
  std::size_t warned = 0;
  for (std::size_t length = 0; length < whole.size(); ++length) {
    RunLog run;
    std::vector<std::string> warnings;
    const auto status = ReadEvents(whole.substr(0, length), "cut", run, warnings);
    if (status) warned += warnings.size();
    if (!status) {
      EXPECT_LT(length, 60u) << status.error().message;
    }
  }
  EXPECT_GT(warned, whole.size() / 2);
}

TEST(Events, BehindADamagedByteAreLeftOut) {
  std::string damaged = Golden("events_1");
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 1);
  RunLog run;
  std::vector<std::string> warnings;
  ASSERT_TRUE(ReadEvents(damaged, "file", run, warnings));
  EXPECT_THAT(warnings, ElementsAre(HasSubstr("file: damaged after record")));
  EXPECT_GT(run.metrics[0].points.size(), 1u);
  EXPECT_LT(run.metrics[0].points.size(), 10u);
  damaged = Golden("events_1");
  damaged[3] = 1;
  EXPECT_EQ(ReadEvents(damaged, "file", run, warnings).error().code, Errc::kCorrupt);
  EXPECT_EQ(ReadEvents("step,loss\n1,2\n3,4\n", "file", run, warnings).error().code,
            Errc::kCorrupt);
}

TEST(ShownName, IsValidAndOnOneLine) {
  EXPECT_EQ(ShownName("a\nb\x7f /θ/"), "a b  /θ/");
  EXPECT_EQ(ShownName("\xff\xc3<\xed\xa0\x80"),
            "?"
            "?<?"
            "?"
            "?");
  EXPECT_LE(ShownName(std::string(900, 'a')).size(), 203u);
}

}  // namespace
}  // namespace euphone
