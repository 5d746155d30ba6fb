#include "lesson/lesson_pack.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace euphone {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class LessonPackTest : public ::testing::Test {
 protected:
  LessonPackTest() { fs::create_directories(folder_ / "reference"); }
  ~LessonPackTest() override { fs::remove_all(folder_); }

  fs::path Write(const std::string& name, const std::string& content) const {
    std::ofstream(folder_ / name) << content;
    return folder_ / name;
  }
  std::string Refusal(const std::string& content) const {
    const auto pack = LessonPack::Open(Write("wrong.tsv", content));
    EXPECT_FALSE(pack) << content;
    return pack ? "" : pack.error().message;
  }

  fs::path folder_ = fs::temp_directory_path() / ("euphone_lesson_" + std::to_string(::getpid()));
};

TEST_F(LessonPackTest, AFolderHoldsSentencesAndRecordings) {
  Write("reference/hello.opus", "");
  Write("lesson.tsv",
        "\xEF\xBB\xBF# title: Saying hello\r\n# language: en-US\r\n# made by a teacher\r\n\r\n"
        "id\ttext\taudio\tspeaker\tlicence\tnote\r\n"
        "hello\tGood morning!\treference/hello.opus\tMs Baker\tCC-BY-4.0\tSmile.\r\n"
        "bye\tSee you later.\r\n");
  const auto pack = LessonPack::Open(folder_);
  ASSERT_TRUE(pack) << pack.error().message;
  EXPECT_EQ(pack->title, "Saying hello");
  EXPECT_EQ(pack->language, "en-US");
  ASSERT_EQ(pack->items.size(), 2u);
  const LessonItem& hello = pack->items[0];
  EXPECT_EQ(hello.text, "Good morning!");
  EXPECT_EQ(hello.audio, folder_ / "reference/hello.opus");
  EXPECT_EQ(hello.speaker, "Ms Baker");
  EXPECT_EQ(hello.licence, "CC-BY-4.0");
  EXPECT_EQ(hello.note, "Smile.");
  ASSERT_NE(pack->Find("bye"), nullptr);
  EXPECT_EQ(pack->Find("bye")->text, "See you later.");
  EXPECT_TRUE(pack->Find("bye")->audio.empty());
  EXPECT_EQ(pack->Find("nobody"), nullptr);
}

TEST_F(LessonPackTest, ASingleFileIsAPackOfItsName) {
  const auto pack = LessonPack::Open(Write("greetings.tsv", "text\tid\nGood morning!\ta"));
  ASSERT_TRUE(pack) << pack.error().message;
  EXPECT_EQ(pack->name, "greetings");
  EXPECT_EQ(pack->title, "greetings");
  EXPECT_EQ(pack->items[0].id, "a");
}

TEST_F(LessonPackTest, EachMistakeIsNamedWithItsLine) {
  EXPECT_THAT(Refusal("id\ttext\n"), HasSubstr("there is no sentence in it"));
  EXPECT_THAT(Refusal(""), HasSubstr("there is no sentence in it"));
  EXPECT_THAT(Refusal("id\twords\na\tHi.\n"), HasSubstr("wrong.tsv:1: there is no column 'words'"));
  EXPECT_THAT(Refusal("id\tid\n"), HasSubstr("'id' is there twice"));
  EXPECT_THAT(Refusal("id\tnote\na\tb\n"), HasSubstr("the column 'text' is missing"));
  EXPECT_THAT(Refusal("id\ttext\na b\tHi.\n"), HasSubstr(":2: the id 'a b' must be"));
  EXPECT_THAT(Refusal("id\ttext\na\tHi.\n\na\tHo.\n"), HasSubstr(":4: the id 'a' is there twice"));
  EXPECT_THAT(Refusal("id\ttext\na\t\n"), HasSubstr("'a' has no text"));
  EXPECT_THAT(Refusal("id\ttext\na\tHi.\tmore\n"), HasSubstr("more columns than"));
}

TEST_F(LessonPackTest, RecordingsMustBeThereAndInsideThePack) {
  const std::string header = "id\ttext\taudio\na\tHi.\t";
  EXPECT_THAT(Refusal(header + "reference/none.wav\n"),
              HasSubstr("'reference/none.wav' is not there"));
  EXPECT_THAT(Refusal(header + "../a.wav\n"), HasSubstr("must lie in the pack's folder"));
  EXPECT_THAT(Refusal(header + "/etc/a.wav\n"), HasSubstr("must lie in the pack's folder"));
  EXPECT_THAT(Refusal(header + "a.mp3\n"), HasSubstr("must end in .opus, .wav or .flac"));
}

TEST_F(LessonPackTest, APackThatIsNotThereIsNotFound) {
  const auto pack = LessonPack::Open(folder_ / "nothing.tsv");
  ASSERT_FALSE(pack);
  EXPECT_EQ(pack.error().code, Errc::kNotFound);
}

TEST_F(LessonPackTest, ThePacksOfThisProjectCanBeRead) {
  std::size_t packs = 0;
  for (const auto& entry :
       fs::directory_iterator(fs::path(EUPHONE_SOURCE_DIR) / "packs/en-us/lessons")) {
    const auto pack = LessonPack::Open(entry.path());
    ASSERT_TRUE(pack) << pack.error().message;
    EXPECT_GE(pack->items.size(), 16u) << pack->name;
    EXPECT_EQ(pack->language, "en-US");
    EXPECT_NE(pack->title, pack->name);
    ++packs;
  }
  EXPECT_GE(packs, 2u);
}

TEST_F(LessonPackTest, WhatWasWrittenReadsTheSame) {
  LessonPack pack;
  pack.name = "school";
  pack.title = "At\tschool";
  pack.language = "en-US";
  pack.items = {{.id = "a", .text = "Good morning!", .note = "Two\nlines"},
                {.id = "b", .text = "Bye."}};
  const auto read = LessonPack::Parse(pack.ToText(), "school");
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->title, "At school");
  EXPECT_EQ(read->language, "en-US");
  ASSERT_EQ(read->items.size(), 2u);
  EXPECT_EQ(read->items[0].text, "Good morning!");
  EXPECT_EQ(read->items[0].note, "Two lines");
  EXPECT_EQ(read->ToText(), pack.ToText());
}

TEST_F(LessonPackTest, OfContentAloneNoRecordingIsTaken) {
  const auto refused = LessonPack::Parse("id\ttext\taudio\na\tHello.\ta.wav\n", "mine");
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("mine:2"));
  EXPECT_TRUE(LessonPack::Parse("id\ttext\taudio\na\tHello.\n", "mine"));
}

}  // namespace
}  // namespace euphone
