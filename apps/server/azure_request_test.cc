#include "server/azure_request.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace euphone::server {
namespace {

constexpr const char* kDocument = R"({"RecognitionStatus":"Success","NBest":[{"Confidence":0.9,
"PronunciationAssessment":{"AccuracyScore":81.0,"FluencyScore":70.0,"ProsodyScore":60.0,
"CompletenessScore":100.0,"PronScore":75.0},"Words":[{"Word":"think","PronunciationAssessment":
{"AccuracyScore":50.0,"ErrorType":"None"},"Syllables":[{"Syllable":"x","PronunciationAssessment":
{"AccuracyScore":40.0}}],"Phonemes":[{"Phoneme":"th","PronunciationAssessment":
{"AccuracyScore":30.0,"NBestPhonemes":[{"Phoneme":"s","Score":90.0},
{"Phoneme":"th","Score":5.0}]}}]}]}]})";

nlohmann::json Answer(const AzureRequest& request) {
  return nlohmann::json::parse(AzureAnswer(kDocument, request))["NBest"][0];
}

TEST(AzureRequestTest, TheHeaderIsReadWhateverItsLetters) {
  // {"ReferenceText":"I think.","GradingSystem":"HundredMark","granularity":"word",
  //  "EnableMiscue":"True","Dimension":"Comprehensive","NBestPhonemeCount":3}
  const auto request = AzureRequest::Parse(
      "eyJSZWZlcmVuY2VUZXh0IjoiSSB0aGluay4iLCJHcmFkaW5nU3lzdGVtIjoiSHVuZHJlZE1hcmsiLCJncmFudWxhcml"
      "0eSI6IndvcmQiLCJFbmFibGVNaXNjdWUiOiJUcnVlIiwiRGltZW5zaW9uIjoiQ29tcHJlaGVuc2l2ZSIsIk5CZXN0UG"
      "hvbmVtZUNvdW50IjozfQ==");
  ASSERT_TRUE(request) << request.error().message;
  EXPECT_EQ(request->text, "I think.");
  EXPECT_TRUE(request->hundred_marks);
  EXPECT_TRUE(request->miscue);
  EXPECT_TRUE(request->comprehensive);
  EXPECT_EQ(request->granularity, AzureRequest::Granularity::kWord);
  EXPECT_EQ(request->nbest_phonemes, 3);
}

TEST(AzureRequestTest, WhatIsNotSaidHasTheServicesDefaults) {
  const auto request = AzureRequest::Parse("e30=");  // {}
  ASSERT_TRUE(request);
  EXPECT_FALSE(request->hundred_marks || request->miscue || request->comprehensive ||
               request->prosody || request->ipa);
  for (const char* wrong : {"", "e3", "!!!!", "W10=", "eyJhIjox"})
    EXPECT_FALSE(AzureRequest::Parse(wrong)) << wrong;
}

TEST(AzureRequestTest, MarksAreOutOfFiveAndOfAccuracyAlone) {
  const auto best = Answer({});
  EXPECT_DOUBLE_EQ(best["AccuracyScore"], 4.1);
  EXPECT_FALSE(best.contains("PronScore"));
  EXPECT_DOUBLE_EQ(best["Words"][0]["AccuracyScore"], 2.5);
  EXPECT_EQ(best["Words"][0]["ErrorType"], "None");
  EXPECT_DOUBLE_EQ(best["Words"][0]["Phonemes"][0]["AccuracyScore"], 1.5);
  EXPECT_DOUBLE_EQ(best["Words"][0]["Phonemes"][0]["PronunciationAssessment"]["AccuracyScore"],
                   1.5);
  EXPECT_DOUBLE_EQ(best["Words"][0]["Phonemes"][0]["NBestPhonemes"][0]["Score"], 90.0);
}

TEST(AzureRequestTest, AllDimensionsComeWhereTheyAreAskedFor) {
  const auto best = Answer({.hundred_marks = true, .comprehensive = true});
  EXPECT_DOUBLE_EQ(best["PronScore"], 75.0);
  EXPECT_DOUBLE_EQ(best["PronunciationAssessment"]["FluencyScore"], 70.0);
  EXPECT_FALSE(best.contains("ProsodyScore"));
  EXPECT_TRUE(Answer({.comprehensive = true, .prosody = true}).contains("ProsodyScore"));
}

TEST(AzureRequestTest, OnlyTheGranularityThatWasAskedForComes) {
  const auto words = Answer({.granularity = AzureRequest::Granularity::kWord});
  EXPECT_FALSE(words["Words"][0].contains("Phonemes"));
  EXPECT_FALSE(words["Words"][0].contains("Syllables"));
  EXPECT_FALSE(Answer({.granularity = AzureRequest::Granularity::kFullText}).contains("Words"));
  AzureRequest one;
  one.nbest_phonemes = 1;
  EXPECT_EQ(Answer(one)["Words"][0]["Phonemes"][0]["NBestPhonemes"].size(), 1U);
}

}  // namespace
}  // namespace euphone::server
