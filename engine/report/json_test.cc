#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <locale>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "report/report.h"
#include "score/analysis_fixture.h"

namespace euphone {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

/// Writes 1234.5 as 1.234,5; unlike a named locale, it is on every machine.
class GermanNumbers : public std::numpunct<char> {
  char do_decimal_point() const override { return ','; }
  char do_thousands_sep() const override { return '.'; }
  std::string do_grouping() const override { return "\3"; }
};

class JsonReports : public testing::Test {
 protected:
  json Euphone() const { return json::parse(WriteJson(example_, phones_, {})); }
  json Azure(const ReportOptions& options = {}) const {
    return json::parse(WriteAzure(example_, phones_, options));
  }

  const PhoneSet phones_ = fixture::EnglishPhones();
  Analysis example_ = fixture::Example(phones_);
};

TEST_F(JsonReports, OneLineAndPrettySayTheSame) {
  const std::string line = WriteJson(example_, phones_, {.pretty = false});
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  EXPECT_EQ(json::parse(line), Euphone());
}

TEST_F(JsonReports, SameInputGivesSameBytes) {
  for (const ReportFormat& format : kReportFormats) {
    EXPECT_EQ(format.write(example_, phones_, {}),
              format.write(fixture::Example(fixture::EnglishPhones()), phones_, {}))
        << format.name;
  }
}

TEST_F(JsonReports, OffsetsPointAtTheWordInBytesAndInUtf16) {
  example_.script.original = "😀 Thank";
  example_.script.words = {{.text = "thank", .span = {5, 10}, .inline_pronunciation = {}}};
  example_.script.sentences = {};
  example_.script.notes = {};
  example_.sentences = {};
  example_.words.resize(1);
  const json word = Euphone()["text"]["words"][0];
  EXPECT_EQ(word["start_byte"], 5);
  EXPECT_EQ(word["start_utf16"], 3);
  EXPECT_EQ(word["end_utf16"], 8);
}

TEST_F(JsonReports, TellWhatTheCoachSays) {
  EXPECT_FALSE(Euphone()["feedback"].contains("advice"));
  example_.advice = {{.tip = "contrast/s-th:TH-S-1",
                      .text = "Show the tip.",
                      .article = "contrast/s-th",
                      .word = 0,
                      .phone = 0,
                      .pair = {{"think", "sink"}}},
                     {.tip = "features:TH-S", .text = "Only air.", .article = "", .word = 1}};
  const json advice = Euphone()["feedback"]["advice"];
  ASSERT_EQ(advice.size(), 2u);
  EXPECT_EQ(advice[0]["text"], "Show the tip.");
  EXPECT_EQ(advice[0]["pair"], (json{"think", "sink"}));
  EXPECT_TRUE(advice[1]["article"].is_null());
  EXPECT_TRUE(advice[1]["phone"].is_null());
}

TEST_F(JsonReports, TellWhereStressAndPhrasingWentWrong) {
  example_ = fixture::Perfect(phones_);
  example_.pauses = {{{0, 9600}, 1, false}};
  example_.advice = {{.tip = "x", .text = "In one go.", .article = "", .word = 1}};
  example_.advice[0].place = ProsodyPlace{.kind = PlaceKind::kPause, .next_word = 2};
  const json feedback = Euphone()["feedback"];
  const json place = {
      {"kind", "pause"}, {"next_word", 2}, {"syllable", nullptr}, {"heard_syllable", nullptr}};
  EXPECT_EQ(feedback["advice"][0]["place"], place);
  EXPECT_EQ(feedback["focus"]["place"], place);
  EXPECT_EQ(feedback["focus"]["kind"], "unneeded_pause");
}

TEST_F(JsonReports, WhatWasNotMeasuredIsNull) {
  const json report = Euphone();
  EXPECT_TRUE(report["scores"]["prosody"].is_null());
  EXPECT_TRUE(report["words"][1]["accuracy"].is_null());
  EXPECT_TRUE(report["words"][1]["script_word"].is_null());
  EXPECT_TRUE(report["words"][0]["syllables"][0]["stress_heard"].is_null());
}

TEST_F(JsonReports, GiveTheCurvesAndWhatIsHeardInThem) {
  const json prosody = Euphone()["prosody"];
  const json& curve = prosody["curve"];
  EXPECT_EQ(curve["step_s"], 0.25);
  ASSERT_EQ(curve["pitch_hz"].size(), 10u);
  ASSERT_EQ(curve["level_db"].size(), 10u);
  EXPECT_TRUE(curve["pitch_hz"][0].is_null()) << "there is no voice";
  EXPECT_EQ(curve["pitch_hz"][3], 123.5);
  EXPECT_EQ(curve["pitch_semitones"][2], 0.0) << "the speaker's middle";
  EXPECT_EQ(curve["pitch_semitones"][3], 2.0);
  EXPECT_EQ(curve["level_db"][2], -21.0);
  EXPECT_TRUE(prosody["rhythm"].is_null());
  EXPECT_TRUE(prosody["sentences"][0]["monotone"].is_null());
  EXPECT_EQ(prosody["sentences"][0]["ends"][0]["heard"], "rise");
  EXPECT_EQ(prosody["sentences"][0]["ends"][0]["asked"], "any");
  EXPECT_EQ(prosody["breaks"][0]["kind"], "unexpected");
  EXPECT_EQ(prosody["breaks"][0]["silence_s"], 0.6);
}

TEST_F(JsonReports, OfARecordingWithoutAScoreHaveEmptyCurves) {
  const json prosody = json::parse(WriteJson(fixture::WrongText(phones_), phones_, {}))["prosody"];
  EXPECT_TRUE(prosody["middle_hz"].is_null());
  EXPECT_EQ(prosody["curve"]["step_s"], 0.0);
  EXPECT_TRUE(prosody["curve"]["pitch_hz"].empty());
}

TEST_F(JsonReports, WhatOnlyALearnedScorerGivesIsLeftOutWithoutOne) {
  const json report = Euphone();
  EXPECT_FALSE(report["scores"].contains("uncertainty"));
  for (const char* field : {"stress", "total", "uncertainty"}) {
    EXPECT_FALSE(report["words"][0].contains(field)) << field;
  }
  EXPECT_FALSE(report["words"][0]["phones"][0].contains("uncertainty"));
}

TEST_F(JsonReports, TellWhatALearnedScorerGives) {
  example_.scores.uncertainty = 1.26;
  example_.scores.prosody = 70.0;
  example_.sentences[0].scores.uncertainty = 1.5;
  example_.words[0].stress = 88.0;
  example_.words[0].total = 54.04;
  example_.words[0].uncertainty = 2.25;
  example_.words[0].phones[1].uncertainty = 0.0;
  const json report = Euphone();
  EXPECT_EQ(report["scores"]["uncertainty"], 1.3);
  EXPECT_EQ(report["sentences"][0]["scores"]["uncertainty"], 1.5);
  EXPECT_EQ(report["words"][0]["stress"], 88.0);
  EXPECT_EQ(report["words"][0]["total"], 54.0);
  EXPECT_EQ(report["words"][0]["phones"][1]["uncertainty"], 0.0);
  EXPECT_FALSE(report["words"][0]["phones"][0].contains("uncertainty"));
  EXPECT_EQ(Azure()["NBest"][0]["PronunciationAssessment"]["ProsodyScore"], 70.0);
}

TEST_F(JsonReports, TellTheSoundThatWasHeardInstead) {
  const json report = Euphone();
  EXPECT_EQ(report["words"][0]["phones"][0]["heard_instead"], "S");
  EXPECT_TRUE(report["words"][0]["phones"][1]["heard_instead"].is_null());
  EXPECT_EQ(report["feedback"]["focus"]["word"], 0);
  EXPECT_EQ(report["feedback"]["focus"]["phone"], 0);
}

TEST_F(JsonReports, ANumberThatIsNotFiniteIsNull) {
  example_.scores.total = std::nan("");
  example_.words[0].phones[0].score = HUGE_VAL;
  const std::string text = WriteJson(example_, phones_, {});
  EXPECT_THAT(text, Not(HasSubstr("nan")));
  EXPECT_TRUE(json::parse(text)["scores"]["total"].is_null());
  EXPECT_TRUE(json::parse(text)["words"][0]["phones"][0]["score"].is_null());
  EXPECT_TRUE(Azure()["NBest"][0]["PronunciationAssessment"]["PronScore"].is_null());
}

TEST_F(JsonReports, TextsAreEscapedAndBrokenBytesReplaced) {
  example_.id = "a\"\\\n😀\xff";
  EXPECT_EQ(Euphone()["id"], "a\"\\\n😀\uFFFD");
  EXPECT_EQ(Azure()["Id"], "a\"\\\n😀\uFFFD");
}

TEST_F(JsonReports, TheLocaleChangesNoFormat) {
  const auto write_all = [&] {
    std::string text;
    for (const ReportFormat& format : kReportFormats) text += format.write(example_, phones_, {});
    return text;
  };
  const std::string before = write_all();
  const std::locale old = std::locale::global(std::locale(std::locale(), new GermanNumbers));
  const std::string after = write_all();
  const std::string probe = (std::ostringstream() << 1234.5).str();
  std::locale::global(old);
  ASSERT_EQ(probe, "1.234,5");
  EXPECT_EQ(before, after);
}

TEST_F(JsonReports, AzureCountsTimeInHundredsOfNanoseconds) {
  const json report = Azure();
  EXPECT_EQ(report["RecognitionStatus"], "Success");
  EXPECT_EQ(report["Offset"], 4'000'000);
  EXPECT_EQ(report["Duration"], 16'500'000);
  const json& phoneme = report["NBest"][0]["Words"][0]["Phonemes"][0];
  EXPECT_EQ(phoneme["Offset"], 4'000'000);
  EXPECT_EQ(phoneme["Duration"], 1'000'000);
}

TEST_F(JsonReports, AzureNamesErrorsAndLeavesOutWhatWasNotMeasured) {
  const json best = Azure()["NBest"][0];
  const json& words = best["Words"];
  EXPECT_EQ(words[0]["PronunciationAssessment"]["ErrorType"], "Mispronunciation");
  EXPECT_EQ(words[1]["PronunciationAssessment"]["ErrorType"], "Insertion");
  EXPECT_FALSE(words[1]["PronunciationAssessment"].contains("AccuracyScore"));
  EXPECT_EQ(words[2]["PronunciationAssessment"]["ErrorType"], "None");
  EXPECT_EQ(words[3]["PronunciationAssessment"]["ErrorType"], "Omission");
  EXPECT_FALSE(best["PronunciationAssessment"].contains("ProsodyScore"));
  EXPECT_EQ(best["Lexical"], "thank you");
}

TEST_F(JsonReports, AzureTellsAPauseWithTheWordAfterIt) {
  const json words = Azure()["NBest"][0]["Words"];
  const auto prosody_break = [&](std::size_t word) {
    return words[word]["PronunciationAssessment"]["Feedback"]["Prosody"]["Break"];
  };
  EXPECT_EQ(prosody_break(0)["ErrorTypes"][0], "None");
  EXPECT_EQ(prosody_break(1)["ErrorTypes"][0], "UnexpectedBreak");
  EXPECT_EQ(prosody_break(1)["BreakLength"], 6'000'000);
  EXPECT_EQ(prosody_break(2)["ErrorTypes"][0], "None");
}

TEST_F(JsonReports, AzureTellsAMissingPauseWithTheWordAfterIt) {
  example_.pauses.clear();
  example_.words[2].error = WordError::kMissingPause;
  example_.words[3].error = WordError::kNone;
  const json words = Azure()["NBest"][0]["Words"];
  EXPECT_EQ(words[3]["PronunciationAssessment"]["Feedback"]["Prosody"]["Break"]["ErrorTypes"][0],
            "MissingBreak");
}

TEST_F(JsonReports, AzureWritesSapiOrIpa) {
  example_.words[2].phones[1].phone = phones_.ParsePhone("AH0").value();
  example_.words[2].phones[0].phone = phones_.ParsePhone("HH").value();
  const json sapi = Azure()["NBest"][0]["Words"][2];
  EXPECT_EQ(sapi["Phonemes"][0]["Phoneme"], "h");
  EXPECT_EQ(sapi["Phonemes"][1]["Phoneme"], "ax");
  const json ipa = Azure({.alphabet = PhoneAlphabet::kIpa})["NBest"][0]["Words"][2];
  EXPECT_EQ(ipa["Phonemes"][1]["Phoneme"], "ə");
  EXPECT_EQ(ipa["Syllables"][0]["Syllable"], "hə");
}

TEST_F(JsonReports, AzureSaysWhyThereIsNoScore) {
  example_ = fixture::WrongText(phones_);
  EXPECT_EQ(Azure()["RecognitionStatus"], "NoMatch");
  EXPECT_FALSE(Azure().contains("NBest"));
  example_ = fixture::Withheld(phones_);
  EXPECT_EQ(Azure()["RecognitionStatus"], "InitialSilenceTimeout");
  example_.quality.findings[0].kind = FindingKind::kNoisy;
  EXPECT_EQ(Azure()["RecognitionStatus"], "BabbleTimeout");
}

}  // namespace
}  // namespace euphone
