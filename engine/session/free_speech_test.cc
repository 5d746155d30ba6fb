#include "session/free_speech.h"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "model/fake_acoustic_model.h"
#include "model/fake_recogniser.h"
#include "score/gop_scorer.h"
#include "session/english_calibration.h"

namespace euphone {
namespace {

/// The real language pack and a real recording, for the quality gate; what is heard and recognised
/// in it is what the test says.
class FreeSpeech : public ::testing::Test {
 protected:
  void SetUp() override {
    auto pack = LanguagePack::Open(EUPHONE_BINARY_DIR "/share/euphone/packs/en-us");
    ASSERT_TRUE(pack) << pack.error().message;
    pack_ = std::make_shared<const LanguagePack>(*std::move(pack));
    auto recording = ReadRecording(EUPHONE_SOURCE_DIR "/samples/so762-010270265.opus");
    ASSERT_TRUE(recording) << recording.error().message;
    recording_ = *std::move(recording);
  }

  /// An analyzer that hears "See mouth."
  Analyzer HearingSeeMouth() const {
    AcousticSpec spec;
    spec.name = "fake";
    spec.grid = {.rate = {16000}, .hop = 192, .first_centre = 96};
    spec.classes = {"<blank>"};
    for (std::size_t id = 0; id < pack_->phones.size(); ++id)
      spec.classes.push_back(pack_->phones.info(static_cast<PhoneId>(id)).arpabet);
    std::vector<ScriptedSegment> segments = {{0, 20}};
    for (const char* phone : {"S", "IY", "M", "AW", "TH"})
      segments.push_back({static_cast<std::size_t>(*pack_->phones.Find(phone)) + 1, 8});
    segments.push_back({0, 20});
    const Calibration calibration =
        *Calibration::Parse(testing::EnglishCalibration(pack_->phones), pack_->phones);
    AnalyzerParts parts{.model = std::make_shared<FakeAcousticModel>(
                            spec, ScriptedPosteriors(spec.classes.size(), segments)),
                        .lexicon = std::make_shared<const Lexicon>(*Lexicon::Create(
                            {.pack = pack_, .user_words = {}, .grapheme_model = nullptr})),
                        .scorer = std::make_shared<GopScorer>(calibration),
                        .calibration = calibration};
    return *Analyzer::Create(std::move(parts), {});
  }

  Result<Analysis> Analyze(Result<Transcript> transcript, RecogniserSpec spec = {}) const {
    return AnalyzeFreeSpeech(HearingSeeMouth(), FakeRecogniser(spec, std::move(transcript)),
                             recording_, "take");
  }

  std::shared_ptr<const LanguagePack> pack_;
  Recording recording_;
};

TEST_F(FreeSpeech, IsScoredAgainstWhatWasRecognisedAndMarkedAsSuch) {
  const auto analysis = Analyze(Transcript{"See mouth.", std::log(0.5)});
  ASSERT_TRUE(analysis) << analysis.error().message;
  EXPECT_EQ(analysis->verdict, Verdict::kScored);
  EXPECT_EQ(analysis->id, "take");
  EXPECT_EQ(analysis->script.original, "See mouth.");
  EXPECT_EQ(analysis->text_source, TextSource::kRecognised);
  EXPECT_NEAR(*analysis->text_probability, 0.5, 1e-12);
  EXPECT_TRUE(analysis->scores.accuracy);
  EXPECT_FALSE(analysis->scores.completeness);
  ASSERT_EQ(analysis->sentences.size(), 1u);
  EXPECT_FALSE(analysis->sentences[0].scores.completeness);
}

TEST_F(FreeSpeech, LeavesOutNoWordThatTheRecogniserHeard) {
  const auto analysis = Analyze(Transcript{"See a mouth.", -0.1});
  ASSERT_TRUE(analysis) << analysis.error().message;
  ASSERT_EQ(analysis->words.size(), 3u);
  for (const WordScore& word : analysis->words) EXPECT_NE(word.error, WordError::kOmitted);
}

TEST_F(FreeSpeech, HasNoWordsWhereNoneWereRecognised) {
  for (const char* text : {"", "…", "{}"}) {
    const auto analysis = Analyze(Transcript{text, -1.0});
    ASSERT_TRUE(analysis) << analysis.error().message;
    EXPECT_EQ(analysis->verdict, Verdict::kWithheld);
    EXPECT_FALSE(analysis->quality.withheld());
    EXPECT_TRUE(analysis->words.empty());
    EXPECT_EQ(analysis->text_source, TextSource::kRecognised);
    EXPECT_FALSE(analysis->text_probability);
  }
}

TEST_F(FreeSpeech, IsNotWrittenDownWhereTheRecordingAllowsNoScore) {
  recording_.samples.assign(32000, 0.0F);
  const auto analysis = Analyze(Transcript{"Thank you for watching.", -1.0});
  ASSERT_TRUE(analysis) << analysis.error().message;
  EXPECT_EQ(analysis->verdict, Verdict::kWithheld);
  EXPECT_TRUE(analysis->quality.withheld());
  EXPECT_EQ(analysis->script.original, "");
}

TEST_F(FreeSpeech, IsNotScoredAgainstWordsThatNobodySaid) {
  const auto analysis = Analyze(Transcript{"Quite another sentence of several words.", -1.0});
  ASSERT_TRUE(analysis) << analysis.error().message;
  EXPECT_EQ(analysis->verdict, Verdict::kWrongText);
  EXPECT_EQ(analysis->text_source, TextSource::kRecognised);
}

TEST_F(FreeSpeech, TakesNoPronunciationFromARecogniser) {
  const auto analysis = Analyze(Transcript{"See {mouth|Q}.", -1.0});
  ASSERT_TRUE(analysis) << analysis.error().message;
  EXPECT_EQ(analysis->script.original, "See  mouth|Q .");
}

TEST_F(FreeSpeech, PassesOnWhyTheRecogniserFailed) {
  EXPECT_EQ(Analyze(Error{Errc::kInternal, "no"}).error().message, "no");
  RecogniserSpec slow;
  slow.name = "slow";
  slow.rate = SampleRate{8000};
  EXPECT_EQ(Analyze(Transcript{"See mouth.", 0.0}, slow).error().code, Errc::kInvalidArgument);
}

}  // namespace
}  // namespace euphone
