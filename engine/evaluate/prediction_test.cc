#include "evaluate/prediction.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "evaluate/records.h"

namespace euphone {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

PhoneSet Phones() {
  return *PhoneSet::Parse(R"({"name":"t","phones":[
    {"arpabet":"AA","ipa":"ɑ","kind":"vowel"},
    {"arpabet":"B","ipa":"b","kind":"consonant","manner":"plosive","place":"bilabial","voiced":true}]})");
}

RatedRecording Rated() {
  RatedRecording recording;
  recording.utt = "u";
  recording.text = "BAA, BAA-B";
  for (const char* text : {"BAA", "BAAB"}) {
    RatedWord word;
    word.text = text;
    word.phones = {"B", "AA1"};
    recording.words.push_back(word);
  }
  return recording;
}

PhoneScore Score(PhoneId id, double score) {
  PhoneScore phone;
  phone.phone.id = id;
  phone.score = score;
  phone.heard.phones = {{.phone = 0, .probability = 0.9}};
  return phone;
}

/// The first word read, the second left out.
Analysis Read() {
  Analysis analysis;
  analysis.verdict = Verdict::kScored;
  analysis.script.words.resize(2);
  analysis.scores.accuracy = 71.23456;
  analysis.scores.total = 80.0;
  WordScore read, repeated, omitted;
  read.script_word = 0;
  read.accuracy = 65.0;
  read.phones = {Score(1, 30.0), Score(0, 100.0)};
  read.phones[1].heard.nothing = 0.7;
  repeated.script_word = 0;
  repeated.error = WordError::kRepeated;
  omitted.script_word = 1;
  omitted.error = WordError::kOmitted;
  omitted.accuracy = 0.0;
  analysis.words = {read, repeated, omitted};
  return analysis;
}

TEST(InlineTextTest, EveryWordBringsItsOwnPhones) {
  RatedRecording recording = Rated();
  EXPECT_EQ(InlineText(recording), "{BAA|B AA1} {BAAB|B AA1}");
  recording.words[1].phones.clear();
  EXPECT_EQ(InlineText(recording), "{BAA|B AA1} BAAB");
  recording.words.clear();
  EXPECT_EQ(InlineText(recording), "BAA, BAA-B");
}

TEST(PlainTextTest, OnlyWhatIsAllCapitalsIsMadeSmall) {
  RatedRecording recording = Rated();
  EXPECT_EQ(PlainText(recording), "baa, baa-b");
  recording.text = "To the US";
  EXPECT_EQ(PlainText(recording), "To the US");
}

TEST(PredictionTest, ScoresComeOnTheScalesOfTheCorpus) {
  const auto prediction = PredictionOf(Read(), Phones(), Rated());
  ASSERT_TRUE(prediction) << prediction.error().message;
  EXPECT_EQ(prediction->accuracy, 7.1235) << "rounded to four decimals";
  EXPECT_EQ(prediction->total, 8.0);
  EXPECT_FALSE(prediction->fluency);
  EXPECT_EQ(prediction->words[0].accuracy, 6.5);
  EXPECT_EQ(prediction->words[0].total, 6.5);
  EXPECT_FALSE(prediction->words[0].stress);
  EXPECT_THAT(prediction->words[0].phones, ElementsAre(0.6, 2.0));
  EXPECT_THAT(prediction->words[0].heard, ElementsAre("AA", "-")) << "the second was dropped";
}

TEST(PredictionTest, TellsWhatIsClaimedInPlaceOfWhatWasHeardMost) {
  Analysis analysis = Read();
  WordScore& word = analysis.words.front();
  word.certainty = Certainty::kWrong;
  const auto heard = [&](const Diagnosis& diagnosis) {
    word.phones[0].diagnosis = diagnosis;
    word.phones[1].diagnosis = Diagnosis{.claim = Claim::kRight, .said = {}, .probability = 1.0};
    return PredictionOf(analysis, Phones(), Rated())->words[0];
  };
  const PredictedWord other = heard({.claim = Claim::kSubstituted, .said = 0, .probability = 1.0});
  EXPECT_THAT(other.heard, ElementsAre("AA", "AA"));
  EXPECT_THAT(other.claims, ElementsAre(Certainty::kWrong, Certainty::kRight));
  EXPECT_EQ(other.certainty, Certainty::kWrong);
  EXPECT_EQ(heard({.claim = Claim::kDropped, .said = {}, .probability = 1.0}).heard[0], "-");
  EXPECT_EQ(heard({.claim = Claim::kDistorted, .said = {}, .probability = 1.0}).heard[0], "?");
  const PredictedWord unsure = heard({});
  EXPECT_EQ(unsure.heard[0], "?");
  EXPECT_EQ(unsure.claims[0], Certainty::kNotSure);
}

TEST(PredictionTest, AWordThatWasLeftOutGetsNothingForItselfAndItsSounds) {
  const auto prediction = PredictionOf(Read(), Phones(), Rated());
  EXPECT_EQ(prediction->words[1].accuracy, 0.0);
  EXPECT_THAT(prediction->words[1].phones, ElementsAre(0.0, 0.0));
  EXPECT_THAT(prediction->words[1].heard, IsEmpty());
}

TEST(PredictionTest, WhatDoesNotLineUpIsRefused) {
  Analysis analysis = Read();
  analysis.words[0].phones.pop_back();
  EXPECT_THAT(PredictionOf(analysis, Phones(), Rated()).error().message,
              HasSubstr("BAA was read with other phones"));
  analysis.script.words.resize(3);
  EXPECT_THAT(PredictionOf(analysis, Phones(), Rated()).error().message, HasSubstr("3 words"));
}

TEST(PredictionTest, ARecordingThatIsNotScoredSaysWhy) {
  Analysis analysis = Read();
  analysis.verdict = Verdict::kWithheld;
  analysis.quality.findings.push_back({});
  analysis.quality.findings.back().severity = Severity::kSevere;
  analysis.quality.findings.back().message = "there is only noise";
  const auto prediction = PredictionOf(analysis, Phones(), Rated());
  EXPECT_EQ(prediction->verdict, PredictionVerdict::kWithheld);
  EXPECT_EQ(prediction->reason, "there is only noise");
  EXPECT_THAT(prediction->words, IsEmpty());
}

TEST(RecordsTest, EveryRecordComesBackAsItWasWritten) {
  ScoredRecord scored;
  scored.prediction = *PredictionOf(Read(), Phones(), Rated());
  scored.audio_seconds = 1.5;
  const TextRecord text{.utt = "u",
                        .other = "v",
                        .own_text = PredictionVerdict::kScored,
                        .other_text = PredictionVerdict::kWrongText};
  const StabilityRecord stability{.utt = "u",
                                  .words = {{"a", std::vector{1.5}}, {"b", std::nullopt}}};
  Records records;
  for (const std::string& line : {RecordLine(scored), RecordLine(text), RecordLine(stability)}) {
    EXPECT_FALSE(records.Take(line.substr(0, line.size() - 1))) << "half a line";
    EXPECT_TRUE(records.Take(line));
  }
  EXPECT_EQ(RecordLine(records.scored["u"]), RecordLine(scored));
  EXPECT_EQ(RecordLine(records.texts["u"]), RecordLine(text));
  EXPECT_EQ(RecordLine(records.stability["u"]), RecordLine(stability));
}

TEST(RecordsTest, WhatIsNoRecordIsNotTaken) {
  Records records;
  for (const char* line :
       {"", "[]", "{}", "{\"scored\":1}", "{\"text\":\"u\"}", "{\"part\":\"x\"}"})
    EXPECT_FALSE(records.Take(line)) << line;
  EXPECT_THAT(records.scored, IsEmpty());
}

TEST(PredictionLineTest, HoldsNothingButTheFormat) {
  const std::string line = PredictionLine(*PredictionOf(Read(), Phones(), Rated()));
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  const auto json = nlohmann::json::parse(line);
  EXPECT_EQ(json["verdict"], "scored");
  EXPECT_FALSE(json.contains("fluency"));
  EXPECT_FALSE(json["words"][0].contains("heard"));
}

}  // namespace
}  // namespace euphone
