#include "session/second_look.h"

#include <gtest/gtest.h>

#include <optional>
#include <utility>
#include <vector>

#include "align/scripted_speech.h"

namespace euphone {
namespace {

/// Gives every word the same accuracy.
class FlatScorer final : public Scorer {
 public:
  FlatScorer(double accuracy, std::optional<double> read_above)
      : accuracy_(accuracy), read_above_(read_above) {}

  Result<Judgement> Judge(const SentenceEvidence& sentence, const Posteriors&) const override {
    Judgement judgement;
    for (const WordEvidence& word : sentence.words) {
      judgement.words.emplace_back().phones.assign(word.phones.size(), accuracy_);
      judgement.words.back().accuracy = word.phones.empty() ? 0.0 : accuracy_;
    }
    return judgement;
  }
  std::optional<double> read_above() const override { return read_above_; }

 private:
  double accuracy_;
  std::optional<double> read_above_;
};

/// Two words of which only the first and something unlike the second are said.
class SecondLookTest : public testing::Test {
 protected:
  SecondLookTest() {
    ScriptedSpeech speech;
    speech.Silence(10).Say({1, 2, 3}).Silence(40);
    posteriors_ = {.ctc = speech.ctc, .frames = speech.frames, .features = {}};
    words_ = {{{{1, 2, 3}}, true}, {{{4, 5}}}};
    script_.sentences = {{.span = {}, .first_word = 0, .word_count = 2}};
    for (const AlignWord& word : words_) {
      script_.words.emplace_back();
      Pronunciation pronunciation;
      for (const int phone : word.variants[0])
        pronunciation.phones.push_back({static_cast<PhoneId>(phone), {}});
      pronunciations_.push_back({std::move(pronunciation)});
    }
  }

  /// How the second word is taken.
  ReadingKind Second(const Scorer& scorer) {
    const auto first = Align(posteriors_.ctc, posteriors_.frames, words_, {});
    EXPECT_TRUE(first.has_value());
    const AlignedReading reading{.script = script_,
                                 .pronunciations = pronunciations_,
                                 .alignment = *first,
                                 .posteriors = posteriors_,
                                 .grid = grid_,
                                 .pcm = {}};
    const auto settled = LookAgain(reading, words_, {}, scorer);
    EXPECT_TRUE(settled.has_value());
    return settled->readings.back().kind;
  }

  Posteriors posteriors_;
  std::vector<AlignWord> words_;
  Script script_;
  std::vector<std::vector<Pronunciation>> pronunciations_;
  FrameGrid grid_{.rate = SampleRate{16000}, .hop = 192, .first_centre = 96};
};

TEST_F(SecondLookTest, AWordThatTheScorerFindsSaidWellEnoughCountsAsRead) {
  EXPECT_EQ(Second(FlatScorer(60.0, 50.0)), ReadingKind::kRead);
}

TEST_F(SecondLookTest, AWordThatTheScorerDoesNotHearEitherStaysLeftOut) {
  EXPECT_EQ(Second(FlatScorer(40.0, 50.0)), ReadingKind::kOmitted);
}

TEST_F(SecondLookTest, AScorerThatCannotTellChangesNothing) {
  EXPECT_EQ(Second(FlatScorer(100.0, std::nullopt)), ReadingKind::kOmitted);
}

}  // namespace
}  // namespace euphone
