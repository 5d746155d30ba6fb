#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "report/report.h"
#include "score/analysis_fixture.h"

namespace euphone {
namespace {

struct Interval {
  std::string xmin;
  std::string xmax;
  std::string text;  // Still quoted.
};

struct Grid {
  std::string xmax;
  std::map<std::string, std::vector<Interval>> tiers;
};

/// Reads what WriteTextGrid wrote; a field out of place gives a failure.
Grid Read(const std::string& text) {
  Grid grid;
  std::vector<Interval>* tier = nullptr;
  std::istringstream lines(text);
  std::string line;
  while (std::getline(lines, line)) {
    const std::size_t equals = line.find(" = ");
    if (equals == std::string::npos) continue;
    const std::string key =
        line.substr(line.find_first_not_of(' '), equals - line.find_first_not_of(' '));
    const std::string value = line.substr(equals + 3);
    const bool interval = line.starts_with("            ");
    if (key == "name") tier = &grid.tiers[value];
    if (key == "xmax" && !interval && grid.xmax.empty()) grid.xmax = value;
    if (!interval || tier == nullptr) continue;
    if (key == "xmin") tier->push_back({value, "", ""});
    if (key == "xmax") tier->back().xmax = value;
    if (key == "text") tier->back().text = value;
  }
  return grid;
}

void ExpectWellFormed(const Grid& grid) {
  EXPECT_EQ(grid.tiers.size(), 5u);
  for (const auto& [name, tier] : grid.tiers) {
    ASSERT_FALSE(tier.empty()) << name;
    EXPECT_EQ(tier.front().xmin, "0") << name;
    EXPECT_EQ(tier.back().xmax, grid.xmax) << name;
    for (std::size_t i = 0; i < tier.size(); ++i) {
      EXPECT_LT(std::stod(tier[i].xmin), std::stod(tier[i].xmax)) << name << " " << i;
      if (i == 0) continue;
      EXPECT_EQ(tier[i].xmin, tier[i - 1].xmax) << name << " " << i;
    }
  }
}

class TextGrid : public testing::Test {
 protected:
  const PhoneSet phones_ = fixture::EnglishPhones();
};

TEST_F(TextGrid, CoversEveryRecordingWithoutGapsOrOverlaps) {
  for (const Analysis& analysis :
       {fixture::Example(phones_), fixture::Story(phones_), fixture::Perfect(phones_),
        fixture::AllOmitted(phones_), fixture::Withheld(phones_), fixture::Empty()}) {
    SCOPED_TRACE(analysis.id);
    ExpectWellFormed(Read(WriteTextGrid(analysis, phones_, {})));
  }
}

TEST_F(TextGrid, HasWordsPhonesAndScoresAtTheirTimes) {
  const Grid grid = Read(WriteTextGrid(fixture::Example(phones_), phones_, {}));
  const std::vector<Interval>& phones = grid.tiers.at("\"phones\"");
  EXPECT_EQ(phones[0].text, "\"\"");
  EXPECT_EQ(phones[1].text, "\"TH\"");
  EXPECT_EQ(phones[1].xmin, "0.4");
  EXPECT_EQ(phones[1].xmax, "0.5");
  EXPECT_EQ(grid.tiers.at("\"scores\"")[1].text, "\"12\"");
  EXPECT_EQ(grid.tiers.at("\"words\"")[1].text, "\"thank\"");
  EXPECT_EQ(grid.tiers.at("\"syllables\"")[1].text, "\"TH AE1 NG K\"");
}

TEST_F(TextGrid, DoublesQuotesInLabels) {
  Analysis analysis = fixture::Example(phones_);
  analysis.words[0].text = "a \"b\"\nc";
  const Grid grid = Read(WriteTextGrid(analysis, phones_, {}));
  EXPECT_EQ(grid.tiers.at("\"words\"")[1].text, "\"a \"\"b\"\" c\"");
}

TEST_F(TextGrid, CutsIntervalsThatOverlapOrLeaveTheRecording) {
  Analysis analysis = fixture::Example(phones_);
  analysis.words[1].span = {0, analysis.samples * 2};
  ExpectWellFormed(Read(WriteTextGrid(analysis, phones_, {})));
}

TEST_F(TextGrid, LeavesAScoreThatIsNoNumberEmpty) {
  Analysis analysis = fixture::Example(phones_);
  analysis.words[0].phones[0].score = std::nan("");
  const Grid grid = Read(WriteTextGrid(analysis, phones_, {}));
  EXPECT_EQ(grid.tiers.at("\"scores\"")[1].text, "\"\"");
}

}  // namespace
}  // namespace euphone
