#include "corpus/corpus.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <string>

#include "base/file.h"

namespace euphone {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class CorpusTest : public ::testing::Test {
 protected:
  CorpusTest()
      : folder_(fs::temp_directory_path() / ("euphone-corpus-" + std::to_string(::getpid()))) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~CorpusTest() override { fs::remove_all(folder_); }

  void Write(const std::string& name, const std::string& content) const {
    ASSERT_TRUE(WriteFileAtomically(folder_ / name, content));
  }
  std::string Read(const std::string& name) const {
    return ReadFile(folder_ / name, 1 << 20).value();
  }
  std::string WhyNot(const std::string& name = "") const {
    const auto read = ReadCorpus(folder_ / name);
    EXPECT_FALSE(read);
    return read ? "" : read.error().message;
  }

  fs::path folder_;
};

TEST_F(CorpusTest, AFolderOfKaldisIsRead) {
  Write("one.wav", "");
  Write("wav.scp", "ann-1  one.wav\nben-1\t/data/two.flac\n");
  Write("text", "ann-1 the  cat\nben-1\n");
  Write("utt2spk", "ann-1 ann\n");
  ASSERT_TRUE(IsCorpus(folder_));
  const auto read = ReadCorpus(folder_);
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_EQ(read->size(), 2u);
  EXPECT_EQ((*read)[0].id, "ann-1");
  EXPECT_EQ((*read)[0].audio, folder_ / "one.wav");
  EXPECT_EQ((*read)[0].text, "the  cat");
  EXPECT_EQ((*read)[0].speaker, "ann");
  EXPECT_FALSE((*read)[0].stretch);
  EXPECT_EQ((*read)[1].audio, "/data/two.flac");
  EXPECT_EQ((*read)[1].text, "");
}

TEST_F(CorpusTest, SegmentsAreStretchesOfTheirRecording) {
  Write("wav.scp", "lesson /data/lesson.wav\n");
  Write("segments", "ann-1 lesson 0.5 2.25\nann-2  lesson  3 4\n");
  const auto read = ReadCorpus(folder_);
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_EQ(read->size(), 2u);
  EXPECT_DOUBLE_EQ((*read)[0].stretch->end, 2.25);
  EXPECT_DOUBLE_EQ((*read)[1].stretch->begin, 3.0);
  Write("segments", "ann-1 lesson 2 1\n");
  EXPECT_THAT(WhyNot(), HasSubstr("ann-1 ends before it has begun"));
  Write("segments", "ann-1 other 1 2\n");
  EXPECT_THAT(WhyNot(), HasSubstr("wav.scp does not have"));
  Write("segments", "ann-1 lesson one 2\n");
  EXPECT_THAT(WhyNot(), HasSubstr("no recording, begin and end"));
}

TEST_F(CorpusTest, NoCommandOfAListIsRun) {
  const fs::path touched = folder_ / "touched";
  Write("wav.scp", "a touch " + touched.string() + " |\n");
  EXPECT_THAT(WhyNot(), HasSubstr("comes from a command, and none is run"));
  EXPECT_FALSE(fs::exists(touched));
  Write("wav.scp", "a raw.ark:17\n");
  EXPECT_THAT(WhyNot(), HasSubstr("archive"));
}

TEST_F(CorpusTest, AFolderThatWasWrittenIsReadAgain) {
  const std::vector<ListedUtterance> written = {
      {.id = "b-2", .audio = "/d/x.wav", .text = "two", .speaker = "b", .stretch = {{1.5, 2.0}}},
      {.id = "B-1", .audio = "/d/x.wav", .text = "", .speaker = "b", .stretch = {{0.0, 1.5}}}};
  ASSERT_TRUE(WriteKaldiFolder(written, folder_ / "data"));
  EXPECT_EQ(Read("data/segments"), "B-1 /d/x.wav 0.000 1.500\nb-2 /d/x.wav 1.500 2.000\n");
  EXPECT_EQ(Read("data/wav.scp"), "/d/x.wav /d/x.wav\n");
  EXPECT_EQ(Read("data/spk2utt"), "b B-1 b-2\n");
  EXPECT_EQ(Read("data/text"), "b-2 two\n");
  const auto read = ReadCorpus(folder_ / "data");
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->at(1).text, "two");
  EXPECT_DOUBLE_EQ(read->at(1).stretch->begin, 1.5);
}

TEST_F(CorpusTest, AFolderIsNotWrittenWhereKaldiCouldNotReadIt) {
  for (const ListedUtterance& wrong :
       {ListedUtterance{.id = "a b", .audio = "/x.wav", .text = {}, .speaker = {}},
        ListedUtterance{.id = "a", .audio = "/x y.wav", .text = {}, .speaker = {}},
        ListedUtterance{.id = "", .audio = "/x.wav", .text = {}, .speaker = {}}})
    EXPECT_FALSE(WriteKaldiFolder({wrong}, folder_ / "data"));
  const ListedUtterance whole{.id = "a", .audio = "/x.wav", .text = {}, .speaker = {}};
  EXPECT_FALSE(WriteKaldiFolder({whole, whole}, folder_ / "data"));
  EXPECT_FALSE(fs::exists(folder_ / "data"));
}

constexpr const char* kRecordings =
    R"({"id":"r","sources":[{"type":"file","channels":[0],"source":"/d/r.flac"}],"sampling_rate":16000,"num_samples":80000,"duration":5.0})"
    "\n";

TEST_F(CorpusTest, LhotsesSupervisionsFindTheirRecordings) {
  Write("mini_recordings_dev.jsonl", kRecordings);
  Write(
      "mini_supervisions_dev.jsonl",
      R"({"id":"r-0","recording_id":"r","start":0.0,"duration":5.0,"channel":0,"text":"all of it","speaker":"ann"})"
      "\n\n"
      R"({"id":"r-1","recording_id":"r","start":1.0,"duration":2.5,"text":null})"
      "\n");
  const auto read = ReadCorpus(folder_ / "mini_supervisions_dev.jsonl");
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_EQ(read->size(), 2u);
  EXPECT_EQ((*read)[0].text, "all of it");
  EXPECT_EQ((*read)[0].speaker, "ann");
  EXPECT_FALSE((*read)[0].stretch);
  EXPECT_DOUBLE_EQ((*read)[1].stretch->end, 3.5);
  EXPECT_THAT(WhyNot("mini_recordings_dev.jsonl"), HasSubstr("give the supervisions or cuts"));
  fs::remove(folder_ / "mini_recordings_dev.jsonl");
  EXPECT_THAT(WhyNot("mini_supervisions_dev.jsonl"), HasSubstr("looked for in"));
}

TEST_F(CorpusTest, LhotsesCutsHoldTheirs) {
  const std::string recording =
      std::string(kRecordings).substr(0, std::string(kRecordings).size() - 1);
  Write(
      "cuts.jsonl",
      R"({"id":"c","start":1,"duration":2,"channel":0,"type":"MonoCut","supervisions":[{"id":"s","recording_id":"r","start":0,"duration":1,"text":"one","speaker":"ben"},{"id":"t","recording_id":"r","start":1,"duration":1,"text":"two"}],"recording":)" +
          recording + "}\n");
  const auto read = ReadCorpus(folder_ / "cuts.jsonl");
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->at(0).text, "one two");
  EXPECT_EQ(read->at(0).speaker, "ben");
  EXPECT_DOUBLE_EQ(read->at(0).stretch->end, 3.0);
  Write("cuts.jsonl", R"({"id":"m","type":"MixedCut","tracks":[]})");
  EXPECT_THAT(WhyNot("cuts.jsonl"), HasSubstr("cuts.jsonl line 1: m is a mixed or empty cut"));
  Write("cuts.jsonl", "not JSON");
  EXPECT_THAT(WhyNot("cuts.jsonl"), HasSubstr("line 1"));
  Write("cuts.jsonl", "");
  EXPECT_THAT(WhyNot("cuts.jsonl"), HasSubstr("names no utterance"));
  Write("cuts.jsonl.gz", "not packed");
  EXPECT_THAT(WhyNot("cuts.jsonl.gz"), HasSubstr("gzip"));
}

}  // namespace
}  // namespace euphone
