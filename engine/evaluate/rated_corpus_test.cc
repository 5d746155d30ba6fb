#include "evaluate/rated_corpus.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace euphone {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kLine =
    R"({"utt":"a1","speaker":"7","age":9,"gender":"F","text":"GO ON","accuracy":8,"fluency":7,
"words":[{"text":"GO","accuracy":9,"stress":10,"total":8,"phones":["G","OW1"],"phones-accuracy":[2,1.4]},
{"text":"ON","phones":"AA1 N","phones-accuracy":[0,2]}],"accuracy_before_overwrite":[6,9,7,8]})";

std::string OneLine(std::string text) {
  std::erase(text, '\n');
  return text + "\n";
}

class RatedCorpusTest : public testing::Test {
 protected:
  RatedCorpusTest() : folder_(fs::path(testing::TempDir()) / "rated_corpus") {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~RatedCorpusTest() override { fs::remove_all(folder_); }

  void Write(const std::string& name, const std::string& content) const {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << content;
  }
  /// The one line that says what is wrong.
  std::string Complaint(CorpusHalf half = CorpusHalf::kDefault) const {
    const auto read = ReadRatedCorpus(folder_, half);
    return read ? "nothing is wrong" : read.error().message;
  }
  /// A half of the original layout with one recording of the speaker "0003".
  void WriteHalf(const std::string& half, const std::string& utt) const {
    Write(half + "/wav.scp", utt + "\tWAVE/SPEAKER0003/" + utt + ".WAV\n");
    Write(half + "/utt2spk", utt + "\t0003\n");
    Write(half + "/spk2age", "0003\t31\n");
    Write(half + "/spk2gender", "0003\tm\n");
  }

  fs::path folder_;
};

TEST_F(RatedCorpusTest, ALineOfTheCompactLayoutGivesAllThatItSays) {
  Write("scores.jsonl", OneLine(kLine));
  Write("audio/a1.flac", "");
  const auto read = ReadRatedCorpus(folder_, CorpusHalf::kDefault);
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_EQ(read->size(), 1u);
  const RatedRecording& recording = read->front();
  EXPECT_EQ(recording.speaker, "7");
  EXPECT_EQ(recording.age, 9);
  EXPECT_EQ(recording.gender, "f");
  EXPECT_EQ(recording.audio.filename(), "a1.flac");
  EXPECT_EQ(recording.accuracy, 8.0);
  EXPECT_EQ(recording.accuracy_before_overwrite, 7.5) << "the median of an even number";
  EXPECT_FALSE(recording.prosodic);
  ASSERT_EQ(recording.words.size(), 2u);
  EXPECT_EQ(recording.words[0].stress, 10.0);
  EXPECT_FALSE(recording.words[1].accuracy);
  EXPECT_THAT(recording.words[1].phones, ElementsAre("AA1", "N")) << "phones as one text";
  EXPECT_THAT(recording.words[1].phone_accuracy, ElementsAre(0.0, 2.0));
}

TEST_F(RatedCorpusTest, ARecordingWithoutMarksIsReadWithNone) {
  Write("scores.jsonl", "{\"utt\":\"x\",\"text\":\"Hello\"}\n\n");
  const auto read = ReadRatedCorpus(folder_, CorpusHalf::kDefault);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->front().speaker, "x") << "a speaker of its own";
  EXPECT_FALSE(read->front().age);
  EXPECT_THAT(read->front().words, IsEmpty());
}

TEST_F(RatedCorpusTest, ADamagedLineIsNamedByFileAndNumber) {
  const std::string good = OneLine(kLine);
  for (
      const auto& [line, part] : std::vector<std::pair<std::string, std::string>>{
          {"{\"utt\":", "is no JSON object"},
          {"[1]", "is no JSON object"},
          {R"({"text":"a"})", "utt is missing"},
          {R"({"utt":"../b","text":"a"})", "utt is no file name"},
          {R"({"utt":"b"})", "text is missing"},
          {R"({"utt":"b","text":"a","accuracy":11})", "accuracy is outside its scale"},
          {R"({"utt":"b","text":"a","accuracy":"8"})", "accuracy is no number"},
          {R"({"utt":"b","text":"a","words":[{"text":"a","phones":["AH0"],"phones-accuracy":[]}]})",
           "nothing is wrong"},
          {R"({"utt":"b","text":"a","words":[{"text":"a","phones":["AH0"],"phones-accuracy":[1,2]}]})",
           "words[0]: phones and phones-accuracy differ in length"},
          {R"({"utt":"b","text":"a","words":[{"text":"a","phones":[1]}]})", "words[0]: phones are"},
          {R"({"utt":"a1","text":"a"})", "a1 is there twice"}}) {
    Write("scores.jsonl", good + line + "\n");
    const std::string complaint = Complaint();
    EXPECT_THAT(complaint, HasSubstr(part)) << line;
    const bool has_line = part != "nothing is wrong" && !part.ends_with("twice");
    EXPECT_EQ(complaint.find("scores.jsonl:2: ") != std::string::npos, has_line) << complaint;
  }
}

TEST_F(RatedCorpusTest, AFolderThatIsNoCorpusIsCalledSo) {
  EXPECT_THAT(Complaint(), HasSubstr("neither scores.jsonl nor resource/scores.json"));
  Write("scores.jsonl", "\n");
  EXPECT_THAT(Complaint(), HasSubstr("holds no rated recording"));
  EXPECT_THAT(Complaint(CorpusHalf::kTest), HasSubstr("leave out --half"));
}

TEST_F(RatedCorpusTest, TheOriginalLayoutGivesTheTestHalfUnlessAskedOtherwise) {
  Write("resource/scores.json",
        R"({"t1":{"text":"GO","accuracy":3,"words":[{"text":"GO","phones":["G","OW1"]}]},
            "t2":{"text":"ON"}})");
  WriteHalf("train", "t1");
  WriteHalf("test", "t2");
  const auto names = [&](CorpusHalf half) {
    std::vector<std::string> utts;
    const auto read = ReadRatedCorpus(folder_, half);
    if (!read) return std::vector{read.error().message};
    for (const RatedRecording& recording : *read) utts.push_back(recording.utt);
    return utts;
  };
  EXPECT_THAT(names(CorpusHalf::kDefault), ElementsAre("t2"));
  EXPECT_THAT(names(CorpusHalf::kTrain), ElementsAre("t1"));
  EXPECT_THAT(names(CorpusHalf::kBoth), ElementsAre("t1", "t2"));
  const auto train = ReadRatedCorpus(folder_, CorpusHalf::kTrain);
  EXPECT_EQ(train->front().age, 31);
  EXPECT_EQ(train->front().gender, "m");
  EXPECT_EQ(train->front().audio, folder_ / "WAVE/SPEAKER0003/t1.WAV");
  EXPECT_EQ(train->front().accuracy, 3.0);
}

TEST_F(RatedCorpusTest, WhatTheOriginalLayoutLacksIsNamed) {
  Write("resource/scores.json", "{}");
  EXPECT_THAT(Complaint(), HasSubstr("wav.scp"));
  WriteHalf("test", "t9");
  EXPECT_THAT(Complaint(), HasSubstr("scores.json: t9 is missing"));
  Write("test/utt2spk", "t9\n");
  EXPECT_THAT(Complaint(), HasSubstr("utt2spk line 1: is no name and value"));
  Write("resource/scores.json", "[]");
  EXPECT_THAT(Complaint(), HasSubstr("scores.json: is no JSON object"));
}

}  // namespace
}  // namespace euphone
