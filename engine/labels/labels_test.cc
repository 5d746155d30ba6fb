#include "labels/labels.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace euphone {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

Labels Cat() {
  return {.recording = "cat.wav",
          .seconds = 1.0,
          .tiers = {{"words", {{0.1, 0.5, "the \"cat\""}, {0.5, 0.9, "sat"}}},
                    {"taps", {{0.25, 0.25, "tap"}}}}};
}

void ExpectSame(const LabelTier& read, const LabelTier& written, double apart = 1e-9) {
  EXPECT_EQ(read.name, written.name);
  ASSERT_EQ(read.labels.size(), written.labels.size());
  for (std::size_t i = 0; i < read.labels.size(); ++i) {
    EXPECT_NEAR(read.labels[i].begin, written.labels[i].begin, apart);
    EXPECT_NEAR(read.labels[i].end, written.labels[i].end, apart);
    EXPECT_EQ(read.labels[i].text, written.labels[i].text);
  }
}

Labels One(const Result<std::vector<Labels>>& read) {
  EXPECT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->size(), 1u);
  return read->front();
}

std::string WhyNot(const Result<std::vector<Labels>>& read) {
  EXPECT_FALSE(read);
  return read ? "" : read.error().message;
}

TEST(LabelFormats, WhatIsWrittenIsReadAgain) {
  for (const char* name : {"textgrid", "elan"}) {
    SCOPED_TRACE(name);
    const LabelFormat* format = FindLabelFormat(name);
    ASSERT_NE(format, nullptr);
    const Labels read = One(format->read(format->write(Cat())));
    ASSERT_EQ(read.tiers.size(), 2u);
    ExpectSame(read.tiers[0], Cat().tiers[0]);
    ExpectSame(read.tiers[1], Cat().tiers[1]);
  }
}

TEST(LabelFormats, OneTierIsAllThatSomeHold) {
  const Labels audacity = One(ReadAudacity(WriteAudacity(Cat())));
  ASSERT_EQ(audacity.tiers.size(), 1u);
  EXPECT_EQ(audacity.tiers[0].labels[0].text, "the \"cat\"");
  EXPECT_DOUBLE_EQ(audacity.tiers[0].labels[1].end, 0.9);
  const Labels ctm = One(ReadCtm(WriteCtm(Cat())));
  EXPECT_EQ(ctm.recording, "cat.wav");
  EXPECT_EQ(ctm.tiers[0].labels[0].text, "the_\"cat\"");
  EXPECT_NEAR(ctm.tiers[0].labels[1].begin, 0.5, 1e-9);
}

TEST(LabelFormats, TellEachOthersFilesApart) {
  for (const LabelFormat& writer : LabelFormats()) {
    for (const LabelFormat& reader : LabelFormats()) {
      if (&writer == &reader) continue;
      SCOPED_TRACE(std::string(writer.name) + " as " + std::string(reader.name));
      const auto read = reader.read(writer.write(Cat()));
      ASSERT_FALSE(read);
      EXPECT_EQ(read.error().code, Errc::kUnsupported);
    }
  }
}

TEST(TextGridReader, ReadsPraatsShortFormat) {
  const Labels read = One(ReadTextGrid(
      "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n0\n2.5\n<exists>\n1\n"
      "\"IntervalTier\"\n\"Mary\"\n0\n2.5\n2\n0\n1.25\n\"\"\n1.25\n2.5\n\"hé\"\n"));
  EXPECT_DOUBLE_EQ(read.seconds, 2.5);
  ExpectSame(read.tiers.at(0), {"Mary", {{1.25, 2.5, "hé"}}});
}

TEST(TextGridReader, ReadsUtf16AsPraatSavesIt) {
  std::string utf16 = "\xFE\xFF";
  for (const char c :
       std::string("\"ooTextFile\" \"TextGrid\" 0 1 <exists> 1 \"TextTier\" \"t\" 0 1 "
                   "1 0.5 \"x"))
    (utf16 += '\0') += c;
  utf16 += std::string("\x01\x59\xD8\x3D\xDE\x00", 6) + std::string("\0\"", 2);  // ř, a smile
  EXPECT_EQ(One(ReadTextGrid(utf16)).tiers.at(0).labels.at(0).text, "xř😀");
  EXPECT_THAT(WhyNot(ReadTextGrid(utf16.substr(0, utf16.size() - 1))), HasSubstr("UTF-16"));
}

TEST(TextGridReader, SaysWhereSomethingIsMissing) {
  EXPECT_THAT(WhyNot(ReadTextGrid("\"ooTextFile\"\n\"TextGrid\"\n0\n1\n<exists>\n1\n"
                                  "\"IntervalTier\"\n\"a\"\n0\n1\n2\n0\n1\n\"x\"\n")),
              StartsWith("line 15: a number is missing"));
  EXPECT_THAT(WhyNot(ReadTextGrid("\"ooTextFile\" \"TextGrid\" 0 1 <exists> 1 \"IntervalTier\" "
                                  "\"a\" 0 1 2 0.5 1 \"x\" 0 0.5 \"y\"")),
              HasSubstr("time runs backwards"));
  EXPECT_THAT(WhyNot(ReadTextGrid("\"ooTextFile\" \"TextGrid\" 0 1 <exists> 1 \"never closed")),
              HasSubstr("quotation marks"));
  EXPECT_THAT(WhyNot(ReadTextGrid("\"ooTextFile\" \"TextGrid\" 0 1 <exists> 1e300")),
              HasSubstr("makes no sense"));
  EXPECT_THAT(WhyNot(ReadTextGrid("ooBinaryFile\x08TextGrid")), HasSubstr("binary"));
}

TEST(TextGridWriter, HasNoGapsAndNoOverlaps) {
  const std::string grid = WriteTextGrid(
      {.recording = {}, .seconds = 1.0, .tiers = {{"t", {{0.2, 0.6, "a"}, {0.5, 2.0, "b"}}}}});
  EXPECT_THAT(grid, HasSubstr("intervals: size = 3"));
  EXPECT_THAT(grid, HasSubstr("xmin = 0.6\n            xmax = 1\n"));
}

TEST(ElanReader, PutsSlotsWithoutATimeBetweenTheirNeighbours) {
  const Labels read = One(ReadElan(
      "<ANNOTATION_DOCUMENT><TIME_ORDER><TIME_SLOT TIME_SLOT_ID='a' TIME_VALUE='0'/>"
      "<TIME_SLOT TIME_SLOT_ID='b'/><TIME_SLOT TIME_SLOT_ID='c' TIME_VALUE='1000'/></TIME_ORDER>"
      "<TIER TIER_ID='words'>"
      "<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID='1' TIME_SLOT_REF1='b' TIME_SLOT_REF2='c'>"
      "<ANNOTATION_VALUE>two</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>"
      "<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID='2' TIME_SLOT_REF1='a' TIME_SLOT_REF2='b'>"
      "<ANNOTATION_VALUE>one &amp; a half</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>"
      "</TIER><TIER TIER_ID='gloss'><ANNOTATION><REF_ANNOTATION ANNOTATION_ID='3' "
      "ANNOTATION_REF='1'><ANNOTATION_VALUE>zwei</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>"
      "</TIER></ANNOTATION_DOCUMENT>"));
  ExpectSame(read.tiers.at(0), {"words", {{0.0, 0.5, "one & a half"}, {0.5, 1.0, "two"}}});
  ExpectSame(read.tiers.at(1), {"gloss", {{0.5, 1.0, "zwei"}}});
}

TEST(ElanReader, RefusesWhatPointsNowhere) {
  EXPECT_THAT(WhyNot(ReadElan("<ANNOTATION_DOCUMENT><TIER TIER_ID='t'><ANNOTATION><REF_ANNOTATION "
                              "ANNOTATION_ID='3' ANNOTATION_REF='9'/></ANNOTATION></TIER>"
                              "</ANNOTATION_DOCUMENT>")),
              HasSubstr("points to one that is not there"));
  EXPECT_THAT(WhyNot(ReadElan("<ANNOTATION_DOCUMENT><TIER>")), HasSubstr("is no XML"));
  EXPECT_THAT(WhyNot(ReadElan("<html/>")), HasSubstr("ELAN"));
}

TEST(CtmReader, KeepsRecordingsApart) {
  const auto read = ReadCtm(";; made by hand\nb 1 0.5 0.25 two 0.9\na 1 0 1 one\nb 1 0 0.5 one\n");
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_EQ(read->size(), 2u);
  EXPECT_EQ((*read)[0].recording, "b");
  ExpectSame((*read)[0].tiers.at(0), {"words", {{0.0, 0.5, "one"}, {0.5, 0.75, "two"}}});
  EXPECT_THAT(WhyNot(ReadCtm("a 1 0 1 one\na 1 x 1 two\n")), StartsWith("line 2: "));
  EXPECT_THAT(WhyNot(ReadCtm("")), HasSubstr("CTM"));
}

TEST(AudacityReader, PassesOverFrequencies) {
  const Labels read = One(ReadAudacity("0.5\t1.0\tone\r\n\\\t200\t4000\r\n0.25\t0.25\t\r\n"));
  ExpectSame(read.tiers.at(0), {"labels", {{0.25, 0.25, ""}, {0.5, 1.0, "one"}}});
  EXPECT_THAT(WhyNot(ReadAudacity("0.5\t1.0\tone\n1.0\t0.5\ttwo\n")), StartsWith("line 2: "));
}

}  // namespace
}  // namespace euphone
