// CTM, CSV and SRT: one record a line.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <sstream>
#include <string>
#include <vector>

#include "report/report.h"
#include "score/analysis_fixture.h"

namespace euphone {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> LinesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

class Tables : public testing::Test {
 protected:
  const PhoneSet phones_ = fixture::EnglishPhones();
  Analysis example_ = fixture::Example(phones_);
};

TEST_F(Tables, CtmLeavesOutWordsThatWereNotSaid) {
  const std::vector<std::string> lines = LinesOf(WriteCtm(example_, phones_, {}));
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0], "thanks 1 0.400 0.450 thank 0.644");
}

TEST_F(Tables, CtmFieldsNeverContainSpaces) {
  example_.id = "my file";
  example_.words[0].text = "a b";
  EXPECT_EQ(LinesOf(WriteCtm(example_, phones_, {}))[0], "my_file 1 0.400 0.450 a_b 0.644");
}

TEST_F(Tables, CtmNeighboursMeet) {
  example_.words[0].phones[0].span.end += 5;  // Not on a millisecond.
  example_.words[0].phones[1].span.begin += 5;
  const std::vector<std::string> lines =
      LinesOf(WriteCtm(example_, phones_, {.label_phones = true}));
  std::string skip;
  double start = 0.0;
  double length = 0.0;
  std::istringstream(lines[0]) >> skip >> skip >> start >> length;
  double next = 0.0;
  std::istringstream(lines[1]) >> skip >> skip >> next;
  EXPECT_NEAR(start + length, next, 1e-9);
}

TEST_F(Tables, CtmWritesPhonesInIpaIfAsked) {
  const ReportOptions ipa{.alphabet = PhoneAlphabet::kIpa, .label_phones = true};
  EXPECT_THAT(WriteCtm(example_, phones_, ipa), HasSubstr(" θ "));
}

TEST_F(Tables, CsvHasALineForEveryPhoneAndForEveryWordWithout) {
  const std::vector<std::string> lines = LinesOf(WriteCsv(example_, phones_, {}));
  EXPECT_EQ(lines.size(), 1u + 4u + 2u + 2u + 1u);
  const auto commas = std::ranges::count(lines[0], ',');
  for (const std::string& line : lines) {
    EXPECT_EQ(std::ranges::count(line, ','), commas) << line;
    EXPECT_TRUE(line.ends_with("\r")) << line;
  }
}

TEST_F(Tables, CsvOfSeveralRecordingsHasOneHeader) {
  const std::string first = WriteCsv(example_, phones_, {});
  const std::string second = WriteCsv(example_, phones_, {.csv_header = false});
  EXPECT_EQ(first.substr(first.find('\n') + 1), second);
}

TEST_F(Tables, CsvQuotesCommasQuotesAndLineBreaks) {
  example_.id = "a,\"b\"\nc 😀";
  EXPECT_THAT(WriteCsv(example_, phones_, {}), HasSubstr("\"a,\"\"b\"\"\nc 😀\","));
}

TEST_F(Tables, NumbersThatAreNotFiniteAreLeftOut) {
  PhoneScore& phone = example_.words[0].phones[0];
  phone.score = std::nan("");
  phone.heard.nothing = std::nan("");
  phone.evidence.fill(-HUGE_VAL);
  example_.words[0].accuracy = std::nan("");
  for (const std::string& table : {WriteCsv(example_, phones_, {}), WriteCtm(example_, phones_, {}),
                                   WriteCtm(example_, phones_, {.label_phones = true})}) {
    EXPECT_THAT(table, AllOf(Not(HasSubstr("nan")), Not(HasSubstr("inf"))));
  }
}

TEST_F(Tables, SrtHasASubtitleForEverySentenceThatWasRead) {
  Analysis story = fixture::Story(phones_);
  story.sentences[0].span = {0, 0};
  EXPECT_EQ(WriteSrt(story, phones_, {}),
            "1\n00:00:04,000 --> 00:00:06,000\nXylo sings; he lives here!\n");
}

TEST_F(Tables, SrtCountsHours) {
  example_.sentences[0].span = {16000LL * 3723, 16000LL * 3723 + 8000};
  EXPECT_THAT(WriteSrt(example_, phones_, {}), HasSubstr("01:02:03,000 --> 01:02:03,500"));
}

TEST_F(Tables, ARecordingWithoutWordsGivesNoRecords) {
  const Analysis empty = fixture::Empty();
  EXPECT_EQ(WriteCtm(empty, phones_, {}), "");
  EXPECT_EQ(WriteSrt(empty, phones_, {}), "");
  EXPECT_EQ(WriteCsv(empty, phones_, {.csv_header = false}), "");
}

}  // namespace
}  // namespace euphone
