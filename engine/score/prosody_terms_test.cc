#include "score/prosody_terms.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

namespace euphone {
namespace {

double Of(const PhoneProsody& prosody, ProsodyTerm term) {
  return prosody[static_cast<std::size_t>(term)];
}

/// Frames of 10 ms. Four phones of 200 ms: a tone of 100 Hz, one of 200 Hz and a tenth of the
/// amplitude, 100 ms of silence, silence, and the first tone again.
class ProsodyTerms : public ::testing::Test {
 protected:
  ProsodyTerms() {
    Tone(100, 0.5);
    Tone(200, 0.05);
    pcm_.resize(pcm_.size() + 1600 + 3200, 0.0F);
    Tone(100, 0.5);
    sentence_.pcm = pcm_;
    sentence_.grid = {.rate = {16000}, .hop = 160, .first_centre = 80};
    sentence_.words = {
        {.phones = {{0, Stress::kPrimary}, {0, Stress::kSecondary}},
         .spans = {{.phone = 0, .begin = 0, .end = 20}, {.phone = 0, .begin = 20, .end = 40}},
         .evidence = {}},
        {},
        {.phones = {{1, Stress::kNone}, {0, Stress::kUnstressed}},
         .spans = {{.phone = 1, .begin = 50, .end = 70}, {.phone = 0, .begin = 70, .end = 90}},
         .evidence = {}}};
    terms_ = MeasureProsody(sentence_);
  }

  void Tone(double hz, double amplitude) {
    for (int i = 0; i < 3200; ++i) {
      pcm_.push_back(
          static_cast<float>(amplitude * std::sin(2 * std::numbers::pi * hz * i / 16000.0)));
    }
  }

  std::vector<float> pcm_;
  SentenceEvidence sentence_;
  std::vector<PhoneProsody> terms_;
};

TEST_F(ProsodyTerms, AreGivenForEachPhoneThatWasRead) { EXPECT_EQ(terms_.size(), 4u); }

TEST_F(ProsodyTerms, TellLengthAndThePauseBeforeAPhone) {
  for (const PhoneProsody& phone : terms_) {
    EXPECT_NEAR(Of(phone, ProsodyTerm::kLogDuration), std::log(0.2), 1e-9);
  }
  EXPECT_EQ(Of(terms_[0], ProsodyTerm::kPauseBefore), 0);
  EXPECT_EQ(Of(terms_[1], ProsodyTerm::kPauseBefore), 0);
  EXPECT_NEAR(Of(terms_[2], ProsodyTerm::kPauseBefore), 0.1, 1e-9);
}

TEST_F(ProsodyTerms, TellTheStressThatTheDictionaryAsksFor) {
  EXPECT_EQ(Of(terms_[0], ProsodyTerm::kPrimaryStress), 1);
  EXPECT_EQ(Of(terms_[0], ProsodyTerm::kSecondaryStress), 0);
  EXPECT_EQ(Of(terms_[1], ProsodyTerm::kPrimaryStress), 0);
  EXPECT_EQ(Of(terms_[1], ProsodyTerm::kSecondaryStress), 1);
  EXPECT_EQ(Of(terms_[3], ProsodyTerm::kPrimaryStress), 0);
}

TEST_F(ProsodyTerms, TellLoudnessAgainstTheSentence) {
  EXPECT_NEAR(Of(terms_[0], ProsodyTerm::kLevelDb) - Of(terms_[1], ProsodyTerm::kLevelDb), 20, 0.1);
  double sum = 0;
  for (const PhoneProsody& phone : terms_) sum += Of(phone, ProsodyTerm::kLevelDb);
  EXPECT_NEAR(sum, 0, 1e-9);
}

TEST_F(ProsodyTerms, TellPitchAgainstTheVoicedPhones) {
  EXPECT_NEAR(Of(terms_[0], ProsodyTerm::kPitchSemitones), -4, 0.2);
  EXPECT_NEAR(Of(terms_[1], ProsodyTerm::kPitchSemitones), 8, 0.2);
  EXPECT_EQ(Of(terms_[1], ProsodyTerm::kVoiced), 1);
  EXPECT_EQ(Of(terms_[2], ProsodyTerm::kPitchSemitones), 0);
  EXPECT_EQ(Of(terms_[2], ProsodyTerm::kVoiced), 0);
}

TEST_F(ProsodyTerms, SurviveSpansBeyondTheAudio) {
  sentence_.words[2].spans[1].end = 400;
  for (const PhoneProsody& phone : MeasureProsody(sentence_)) {
    for (const double value : phone) EXPECT_TRUE(std::isfinite(value));
  }
}

}  // namespace
}  // namespace euphone
