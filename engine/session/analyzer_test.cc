#include "session/analyzer.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "model/fake_acoustic_model.h"
#include "score/gop_scorer.h"
#include "session/english_calibration.h"

namespace euphone {
namespace {

/// The real language pack and a real recording (for the quality gate), but a model that hears what
/// the test says.
class AnalyzerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto pack = LanguagePack::Open(std::string(EUPHONE_BINARY_DIR) + "/share/euphone/packs/en-us");
    ASSERT_TRUE(pack) << pack.error().message;
    pack_ = std::make_shared<const LanguagePack>(*std::move(pack));
    auto lexicon = Lexicon::Create({.pack = pack_, .user_words = {}, .grapheme_model = nullptr});
    ASSERT_TRUE(lexicon) << lexicon.error().message;
    lexicon_ = std::make_shared<const Lexicon>(*std::move(lexicon));
    auto recording =
        ReadRecording(std::string(EUPHONE_SOURCE_DIR) + "/samples/so762-010270265.opus");
    ASSERT_TRUE(recording) << recording.error().message;
    recording_ = *std::move(recording);
  }

  std::size_t Column(const std::string& arpabet) const {
    return static_cast<std::size_t>(*pack_->phones.Find(arpabet)) + 1;
  }

  /// An analyzer whose model hears these phones, "" being 240 ms of silence.
  Analyzer Hearing(const std::vector<std::string>& phones,
                   std::shared_ptr<const Scorer> scorer = nullptr) const {
    std::vector<ScriptedSegment> segments;
    for (const std::string& phone : phones) {
      segments.push_back(phone.empty() ? ScriptedSegment{0, 20}
                                       : ScriptedSegment{Column(phone), 8});
    }
    AcousticSpec spec;
    spec.name = "fake";
    spec.version = "1.0.0";
    spec.grid = {.rate = {16000}, .hop = 192, .first_centre = 96};
    spec.classes = {"<blank>"};
    for (std::size_t id = 0; id < pack_->phones.size(); ++id) {
      spec.classes.push_back(pack_->phones.info(static_cast<PhoneId>(id)).arpabet);
    }
    const Calibration calibration =
        *Calibration::Parse(testing::EnglishCalibration(pack_->phones), pack_->phones);
    AnalyzerParts parts;
    parts.model = std::make_shared<FakeAcousticModel>(
        spec, ScriptedPosteriors(spec.classes.size(), segments));
    parts.lexicon = lexicon_;
    parts.scorer = scorer ? std::move(scorer) : std::make_shared<GopScorer>(calibration);
    parts.calibration = calibration;
    return *Analyzer::Create(std::move(parts), {});
  }

  Analysis Analyze(const std::vector<std::string>& heard, const std::string& text) const {
    auto analysis = Hearing(heard).Analyze(recording_, text, "test");
    EXPECT_TRUE(analysis) << analysis.error().message;
    return *std::move(analysis);
  }

  std::shared_ptr<const LanguagePack> pack_;
  std::shared_ptr<const Lexicon> lexicon_;
  Recording recording_;
};

TEST_F(AnalyzerTest, ScoresWhatWasReadAsWritten) {
  const Analysis analysis = Analyze({"", "S", "IY", "M", "AW", "TH", ""}, "See mouth.");
  ASSERT_EQ(analysis.verdict, Verdict::kScored);
  ASSERT_EQ(analysis.words.size(), 2u);
  for (const WordScore& word : analysis.words) {
    EXPECT_EQ(word.error, WordError::kNone);
    EXPECT_EQ(word.band, Band::kClear);
  }
  EXPECT_DOUBLE_EQ(*analysis.scores.completeness, 100.0);
  EXPECT_FALSE(analysis.scores.prosody);
  EXPECT_EQ(analysis.model, "fake 1.0.0");
}

TEST_F(AnalyzerTest, HearsWhichSoundWasSaidInstead) {
  const Analysis analysis = Analyze({"", "S", "IY", "M", "AW", "S", ""}, "See mouth.");
  ASSERT_EQ(analysis.verdict, Verdict::kScored);
  const PhoneScore& last = analysis.words[1].phones.back();
  EXPECT_LT(last.score, 70);
  ASSERT_FALSE(last.heard.phones.empty());
  EXPECT_EQ(pack_->phones.info(last.heard.phones[0].phone).arpabet, "S");
  EXPECT_GT(analysis.words[1].phones[0].score, 90) << "its neighbours were right";
}

TEST_F(AnalyzerTest, FindsAWordThatWasLeftOut) {
  const Analysis analysis = Analyze({"", "S", "IY", "M", "AW", "TH", ""}, "See big mouth.");
  ASSERT_EQ(analysis.words.size(), 3u);
  EXPECT_EQ(analysis.words[1].error, WordError::kOmitted);
  EXPECT_DOUBLE_EQ(*analysis.words[1].accuracy, 0.0);
  EXPECT_NEAR(*analysis.scores.completeness, 200.0 / 3, 1e-9);
}

/// Gives every word and sound the same, and tells all that a scorer can tell.
class LavishScorer final : public Scorer {
 public:
  Result<Judgement> Judge(const SentenceEvidence& sentence, const Posteriors&) const override {
    EXPECT_FALSE(sentence.pcm.empty());
    EXPECT_EQ(sentence.grid.hop, 192);
    Judgement judgement;
    for (const WordEvidence& word : sentence.words) {
      const std::size_t phones = word.phones.size();
      judgement.words.push_back({.phones = std::vector<double>(phones, 91),
                                 .phone_spreads = std::vector<double>(phones, 3),
                                 .heard = std::vector<Heard>(phones, {{{7, 0.75}}, 0.125}),
                                 .accuracy = 92,
                                 .stress = 93,
                                 .total = 94,
                                 .spread = 2});
    }
    judgement.accuracy = 81;
    judgement.fluency = 82;
    judgement.prosody = 83;
    judgement.total = 84;
    judgement.spread = 1;
    return judgement;
  }
};

TEST_F(AnalyzerTest, PutsAllThatAScorerTellsIntoItsPlace) {
  const auto analysis =
      Hearing({"", "S", "IY", "M", "AW", "TH", ""}, std::make_shared<LavishScorer>())
          .Analyze(recording_, "See mouth.", "test");
  ASSERT_TRUE(analysis) << analysis.error().message;
  EXPECT_EQ(analysis->scores.accuracy, 81.0);
  EXPECT_EQ(analysis->scores.fluency, 82.0);
  EXPECT_EQ(analysis->scores.prosody, 83.0);
  EXPECT_EQ(analysis->scores.total, 84.0) << "not the weighted mean";
  EXPECT_EQ(analysis->scores.uncertainty, 1.0);
  const WordScore& word = analysis->words[1];
  EXPECT_EQ(word.accuracy, 92.0);
  EXPECT_EQ(word.stress, 93.0);
  EXPECT_EQ(word.total, 94.0);
  EXPECT_EQ(word.uncertainty, 2.0);
  const PhoneScore& phone = word.phones[1];
  EXPECT_EQ(phone.score, 91);
  EXPECT_EQ(phone.uncertainty, 3.0);
  EXPECT_EQ(phone.heard.nothing, 0.125);
  ASSERT_EQ(phone.heard.phones.size(), 1u);
  EXPECT_EQ(phone.heard.phones[0].phone, 7);
}

TEST_F(AnalyzerTest, LeavesOpenWhatAPlainScorerDoesNotTell) {
  const Analysis analysis = Analyze({"", "S", "IY", "M", "AW", "TH", ""}, "See mouth.");
  EXPECT_FALSE(analysis.scores.uncertainty);
  EXPECT_FALSE(analysis.words[0].stress);
  EXPECT_FALSE(analysis.words[0].total);
  EXPECT_FALSE(analysis.words[0].uncertainty);
  EXPECT_FALSE(analysis.words[0].phones[0].uncertainty);
}

TEST_F(AnalyzerTest, TracksTheVoiceOfAllThatItScores) {
  const std::vector<std::string> heard = {"", "S", "IY", "M", "AW", "TH", ""};
  const Prosody scored = Analyze(heard, "See mouth.").prosody;
  EXPECT_EQ(scored.voice.hop, 160);
  EXPECT_EQ(scored.voice.pitch_hz.size(), recording_.samples.size() / 160);
  EXPECT_EQ(scored.voice.level_db.size(), scored.voice.pitch_hz.size());
  EXPECT_EQ(scored.sentences.size(), 1u);
  EXPECT_FALSE(scored.rhythm) << "two vowels have no rhythm";
  const Prosody other = Analyze(heard, "Purple elephants juggle frozen watermelons.").prosody;
  EXPECT_TRUE(other.voice.pitch_hz.empty());
  EXPECT_TRUE(other.sentences.empty());
}

TEST_F(AnalyzerTest, GivesNoScoreForAnotherText) {
  const Analysis analysis =
      Analyze({"", "S", "IY", "M", "AW", "TH", ""}, "Purple elephants juggle frozen watermelons.");
  EXPECT_EQ(analysis.verdict, Verdict::kWrongText);
  EXPECT_FALSE(analysis.scores.total);
  for (const WordScore& word : analysis.words) EXPECT_FALSE(word.accuracy);
}

TEST_F(AnalyzerTest, GivesNoScoreForSilence) {
  recording_.samples.assign(32000, 0.0f);
  const Analysis analysis = Analyze({"S", "IY"}, "See.");
  EXPECT_EQ(analysis.verdict, Verdict::kWithheld);
  EXPECT_EQ(analysis.words.size(), 1u);
  EXPECT_FALSE(analysis.scores.total);
}

TEST_F(AnalyzerTest, TellsTheEndOfEachStepInTheirOrder) {
  std::vector<AnalysisStep> ended;
  const Analyzer watched =
      Hearing({"", "S", "IY", ""}).Watched([&](AnalysisStep step) { ended.push_back(step); });
  ASSERT_TRUE(watched.Analyze(recording_, "See.", "test"));
  EXPECT_EQ(ended, (std::vector{AnalysisStep::kText, AnalysisStep::kGate, AnalysisStep::kHearing,
                                AnalysisStep::kAlignment, AnalysisStep::kScoring,
                                AnalysisStep::kVoice, AnalysisStep::kAdvice}));
  ended.clear();
  recording_.samples.assign(32000, 0.0f);
  ASSERT_TRUE(watched.Analyze(recording_, "See.", "test"));
  EXPECT_EQ(ended, (std::vector{AnalysisStep::kText, AnalysisStep::kGate}));
}

TEST_F(AnalyzerTest, RefusesAModelOfAnotherPhoneSet) {
  AnalyzerParts parts;
  AcousticSpec spec;
  spec.classes = {"<blank>", "AA"};
  parts.model = std::make_shared<FakeAcousticModel>(spec, Posteriors{});
  parts.lexicon = lexicon_;
  parts.calibration =
      *Calibration::Parse(testing::EnglishCalibration(pack_->phones), pack_->phones);
  parts.scorer = std::make_shared<GopScorer>(parts.calibration);
  EXPECT_EQ(Analyzer::Create(std::move(parts), {}).error().code, Errc::kInvalidArgument);
}

}  // namespace
}  // namespace euphone
