#include "align/readings.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <vector>

namespace euphone {
namespace {

/// Visits from letters as in the result of Resolved, one after the other, 10 frames each.
std::vector<Reading> Visits(const std::string& script) {
  std::vector<Reading> visits;
  ReadingKind kind = ReadingKind::kRead;
  for (const char letter : script) {
    if (letter == '~') kind = ReadingKind::kRepeated;
    if (letter == '+') kind = ReadingKind::kInserted;
    if (letter < '0' || letter > '9') continue;
    const std::size_t begin = visits.size() * 10;
    const auto word = static_cast<std::size_t>(letter - '0');
    visits.push_back(
        {kind, word, 0, begin, begin + 10, {{1, begin, begin + 5}, {2, begin + 5, begin + 10}}});
    kind = ReadingKind::kRead;
  }
  return visits;
}

std::string Resolved(const std::string& script, std::size_t word_count,
                     std::size_t inserted_phones = 2) {
  std::string text;
  std::size_t now = 0;
  for (const Reading& reading : ResolveVisits(Visits(script), word_count, inserted_phones)) {
    if (reading.kind == ReadingKind::kOmitted) text += '-';
    if (reading.kind == ReadingKind::kInserted) text += '+';
    if (reading.kind == ReadingKind::kRepeated) text += '~';
    text += std::to_string(reading.word);
    EXPECT_LE(now, reading.begin);
    now = reading.end;
  }
  return text;
}

TEST(ResolveVisits, AddsOmittedWordsWhereTheyBelong) {
  EXPECT_EQ(Resolved("", 3), "-0-1-2");
  EXPECT_EQ(Resolved("13", 5), "-01-23-4");
}

TEST(ResolveVisits, LetsTheLastOfEqualReadingsCount) {
  EXPECT_EQ(Resolved("01112", 3), "0~1~112");
  EXPECT_EQ(Resolved("012012", 3), "~0~1~2012");
  EXPECT_EQ(Resolved("01~2123", 4), "0~1~2123");
}

TEST(ResolveVisits, KeepsTheEarlierReadingOfWordsThatTheLaterLacks) {
  EXPECT_EQ(Resolved("01213", 4), "012~13");
  EXPECT_EQ(Resolved("01230", 4), "0123~0");
}

TEST(ResolveVisits, CallsAWordOmittedThatWasOnlyBegun) { EXPECT_EQ(Resolved("0~12", 3), "0~1-12"); }

TEST(ResolveVisits, PutsInsertionsBehindTheOmittedWordsBeforeThem) {
  EXPECT_EQ(Resolved("0+23", 4), "0-1+2-23");
  EXPECT_EQ(Resolved("0+22", 3), "0-1+22");
  EXPECT_EQ(Resolved("01+212", 3), "0~1+212");
}

TEST(ResolveVisits, LeavesOutInsertionsOfFewPhones) {
  EXPECT_EQ(Resolved("0+11", 2, 2), "0+11");
  EXPECT_EQ(Resolved("0+11", 2, 3), "01");
}

}  // namespace
}  // namespace euphone
