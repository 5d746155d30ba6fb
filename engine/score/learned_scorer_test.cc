#include "score/learned_scorer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "model/fake_scoring_model.h"
#include "score/calibration_fixture.h"

namespace euphone {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::size_t kFramesPerPhone = 4;

Calibration Plain() {
  return *Calibration::Parse(testing::SimpleCalibration(), testing::TwoPhones());
}

ScoringSpec Spec(std::size_t max_phones = 50) {
  ScoringSpec spec;
  spec.name = "toy 1.0.0";
  spec.feature_width = 1;
  spec.classes = 3;
  spec.word_scores = {"accuracy", "stress", "total"};
  spec.sentence_scores = {"accuracy", "fluency", "prosodic", "total"};
  spec.max_phones = max_phones;
  spec.hears = true;
  return spec;
}

/// What a phone is worth to the toy: the mean of its feature.
float Level(const ScoringInput& input, std::size_t phone) {
  float sum = 0.0F;
  for (std::int64_t frame = input.spans[2 * phone]; frame < input.spans[2 * phone + 1]; ++frame) {
    sum += input.features.at(static_cast<std::size_t>(frame), 0);
  }
  return sum / static_cast<float>(input.spans[2 * phone + 1] - input.spans[2 * phone]);
}

/// Three members, 0.1 apart. A phone is its level; a word and the sentence are means of theirs, and
/// so are stress, total and the others, each one more than the one before it.
ScoringOutput Judged(const ScoringInput& input) {
  const std::size_t phones = input.phones.size();
  const auto words = static_cast<std::size_t>(input.words.back()) + 1;
  ScoringOutput output{Matrix::Filled(3, phones, 0), Matrix::Filled(3, 3 * words, 0),
                       Matrix::Filled(3, 4, 0), Matrix::Filled(phones, 3, std::log(0.25F))};
  std::vector<float> sums(words, 0.0F), counts(words, 0.0F);
  float whole = 0.0F;
  for (std::size_t i = 0; i < phones; ++i) {
    sums[static_cast<std::size_t>(input.words[i])] += Level(input, i);
    counts[static_cast<std::size_t>(input.words[i])] += 1.0F;
    whole += Level(input, i) / static_cast<float>(phones);
    output.heard.row(i)[static_cast<std::size_t>(input.phones[i]) + 1] = std::log(0.5F);
  }
  for (std::size_t m = 0; m < 3; ++m) {
    const float off = 0.1F * static_cast<float>(m) - 0.1F;
    for (std::size_t i = 0; i < phones; ++i) output.phones.row(m)[i] = Level(input, i) + off;
    for (std::size_t w = 0; w < words; ++w) {
      for (std::size_t k = 0; k < 3; ++k) {
        output.words.row(m)[3 * w + k] = sums[w] / counts[w] + static_cast<float>(k) + off;
      }
    }
    for (std::size_t s = 0; s < 4; ++s) {
      output.sentence.row(m)[s] = whole + static_cast<float>(s) + off;
    }
  }
  return output;
}

LearnedScorer Toy(ScoringSpec spec = Spec(), Calibration calibration = Plain(),
                  FakeScoringModel::Script script = Judged) {
  auto model = std::make_shared<const FakeScoringModel>(std::move(spec), std::move(script));
  return LearnedScorer::Create(std::move(model), std::move(calibration)).value();
}

/// A recording with `before` frames before the first phone and 300 after the last.
struct Spoken {
  SentenceEvidence sentence;
  Posteriors posteriors;
};

/// Words as the levels of their phones; none: left out. Phones alternate between 0 and 1.
Spoken Say(const std::vector<std::vector<float>>& words, std::size_t before = 0) {
  Spoken spoken;
  std::vector<float> levels(before, 77.0F);
  for (const auto& word : words) {
    WordEvidence& evidence = spoken.sentence.words.emplace_back();
    for (const float level : word) {
      const auto id = static_cast<PhoneId>(evidence.phones.size() % 2);
      evidence.phones.push_back({.id = id, .stress = Stress::kNone});
      evidence.spans.push_back(
          {.phone = id, .begin = levels.size(), .end = levels.size() + kFramesPerPhone});
      evidence.evidence.push_back({});
      levels.insert(levels.end(), kFramesPerPhone, level);
    }
  }
  levels.insert(levels.end(), 300, 77.0F);
  spoken.posteriors.ctc = Matrix::Filled(levels.size(), 3, std::log(1.0F / 3));
  spoken.posteriors.frames = spoken.posteriors.ctc;
  spoken.posteriors.features = {levels.size(), 1, levels};
  return spoken;
}

void ExpectSame(const Judgement& a, const Judgement& b) {
  ASSERT_EQ(a.words.size(), b.words.size());
  for (std::size_t w = 0; w < a.words.size(); ++w) {
    EXPECT_EQ(a.words[w].phones, b.words[w].phones);
    EXPECT_EQ(a.words[w].phone_spreads, b.words[w].phone_spreads);
    EXPECT_EQ(a.words[w].accuracy, b.words[w].accuracy);
    EXPECT_EQ(a.words[w].stress, b.words[w].stress);
    EXPECT_EQ(a.words[w].heard.size(), b.words[w].heard.size());
  }
  EXPECT_NEAR(a.accuracy, b.accuracy, 1e-4);
  EXPECT_NEAR(*a.total, *b.total, 1e-4);
  EXPECT_NEAR(*a.spread, *b.spread, 1e-4);
}

TEST(LearnedScorer, PutsEachScoreInItsPlaceOnAScaleOfAHundred) {
  const Spoken spoken = Say({{1.0F, 1.5F}, {0.5F}});
  const auto judged = Toy().Judge(spoken.sentence, spoken.posteriors);
  ASSERT_TRUE(judged) << judged.error().message;
  ASSERT_EQ(judged->words.size(), 2u);
  EXPECT_NEAR(judged->words[0].phones[0], 50, 1e-4);
  EXPECT_NEAR(judged->words[0].phones[1], 75, 1e-4);
  EXPECT_NEAR(judged->words[1].phones[0], 25, 1e-4);
  EXPECT_NEAR(judged->words[0].accuracy, 12.5, 1e-4);
  EXPECT_NEAR(*judged->words[0].stress, 22.5, 1e-4);
  EXPECT_NEAR(*judged->words[0].total, 32.5, 1e-4);
  EXPECT_NEAR(judged->words[1].accuracy, 5, 1e-4);
  EXPECT_NEAR(judged->accuracy, 10, 1e-4);
  EXPECT_NEAR(*judged->fluency, 20, 1e-4);
  EXPECT_NEAR(*judged->prosody, 30, 1e-4);
  EXPECT_NEAR(*judged->total, 40, 1e-4);
}

TEST(LearnedScorer, SaysHowFarTheMembersOfItsEnsembleAreApart) {
  const Spoken spoken = Say({{1.0F, 1.5F}});
  const auto judged = Toy().Judge(spoken.sentence, spoken.posteriors);
  // Members 0.1 apart: a sample standard deviation of 0.1, times 50 or 10.
  EXPECT_NEAR(judged->words[0].phone_spreads[1], 5, 1e-4);
  EXPECT_NEAR(*judged->words[0].spread, 1, 1e-4);
  EXPECT_NEAR(*judged->spread, 1, 1e-4);
}

TEST(LearnedScorer, HasNoSpreadWithASingleMember) {
  const auto alone = [](const ScoringInput& input) -> Result<ScoringOutput> {
    ScoringOutput output = Judged(input);
    for (Matrix* table : {&output.phones, &output.words, &output.sentence}) {
      table->rows = 1;
      table->values.resize(table->columns);
    }
    return output;
  };
  const Spoken spoken = Say({{1.0F, 1.5F}});
  const auto judged = Toy(Spec(), Plain(), alone).Judge(spoken.sentence, spoken.posteriors);
  ASSERT_TRUE(judged) << judged.error().message;
  EXPECT_NEAR(judged->words[0].phones[0], 45, 1e-4);
  EXPECT_EQ(judged->words[0].phone_spreads[0], 0);
  EXPECT_EQ(judged->words[0].spread, 0.0);
}

TEST(LearnedScorer, KeepsScoresWithinTheScale) {
  const Spoken spoken = Say({{3.0F, -1.0F}});
  const auto judged = Toy().Judge(spoken.sentence, spoken.posteriors);
  EXPECT_THAT(judged->words[0].phones, ElementsAre(100, 0));
  EXPECT_THAT(judged->words[0].phone_spreads, ElementsAre(0, 0));
}

TEST(LearnedScorer, SendsEachLevelThroughItsOwnCurve) {
  Calibration calibration = Plain();
  const auto constant = [](double y) { return Curve{.x = {0, 100}, .y = {y, y}}; };
  calibration.learned = {.phone = Curve{.x = {0, 50, 100}, .y = {0, 80, 100}},
                         .word = constant(61),
                         .sentence = constant(62),
                         .fluency = constant(63),
                         .prosody = constant(64),
                         .total = constant(65),
                         .phone_bands = std::nullopt,
                         .word_bands = std::nullopt,
                         .mispronounced_below = std::nullopt};
  const Spoken spoken = Say({{1.0F}});
  const auto judged = Toy(Spec(), calibration).Judge(spoken.sentence, spoken.posteriors);
  EXPECT_NEAR(judged->words[0].phones[0], 80, 1e-4);
  // 72, 80 and 82 of the members at 45, 50 and 55.
  EXPECT_NEAR(judged->words[0].phone_spreads[0], std::sqrt(28.0), 1e-3);
  EXPECT_EQ(judged->words[0].accuracy, 61);
  EXPECT_EQ(judged->accuracy, 62);
  EXPECT_EQ(judged->fluency, 63.0);
  EXPECT_EQ(judged->prosody, 64.0);
  EXPECT_EQ(judged->total, 65.0);
}

TEST(LearnedScorer, TellsWhatWasHeardWhereItsModelDoes) {
  const Spoken spoken = Say({{1.0F, 1.5F}});
  const auto judged = Toy().Judge(spoken.sentence, spoken.posteriors);
  ASSERT_EQ(judged->words[0].heard.size(), 2u);
  EXPECT_NEAR(judged->words[0].heard[1].nothing, 0.25, 1e-6);
  EXPECT_EQ(judged->words[0].heard[1].phones[0].phone, 1);
  EXPECT_NEAR(judged->words[0].heard[1].phones[0].probability, 2.0 / 3, 1e-6);
  ScoringSpec silent = Spec();
  silent.hears = false;
  const auto other = Toy(silent).Judge(spoken.sentence, spoken.posteriors);
  EXPECT_TRUE(other->words[0].heard.empty());
}

TEST(LearnedScorer, LeavesOpenWhatItsModelDoesNotJudgeAndTakesFluencyFromTheTempo) {
  ScoringSpec spec = Spec();
  spec.word_scores = {"accuracy"};
  spec.sentence_scores = {"accuracy"};
  const auto only_accuracy = [](const ScoringInput& input) -> Result<ScoringOutput> {
    ScoringOutput output = Judged(input);
    const auto words = static_cast<std::size_t>(input.words.back()) + 1;
    output.words = Matrix::Filled(3, words, 7.0F);
    output.sentence = Matrix::Filled(3, 1, 6.0F);
    return output;
  };
  Spoken spoken = Say({{1.0F}});
  spoken.sentence.tempo.speech_rate = 3;
  const auto judged = Toy(spec, Plain(), only_accuracy).Judge(spoken.sentence, spoken.posteriors);
  EXPECT_NEAR(judged->words[0].accuracy, 70, 1e-4);
  EXPECT_FALSE(judged->words[0].stress);
  EXPECT_FALSE(judged->words[0].total);
  EXPECT_NEAR(judged->accuracy, 60, 1e-4);
  EXPECT_FALSE(judged->prosody);
  EXPECT_FALSE(judged->total);
  EXPECT_EQ(judged->spread, 0.0);
  EXPECT_EQ(judged->fluency, 30.0);
}

TEST(LearnedScorer, DoesNotShowItsModelAWordThatWasLeftOut) {
  const Spoken whole = Say({{1.0F, 1.5F}, {}, {0.5F}, {}});
  const auto check = [](const ScoringInput& input) -> Result<ScoringOutput> {
    EXPECT_THAT(input.words, ElementsAre(0, 0, 1));
    EXPECT_THAT(input.phones, ElementsAre(0, 1, 0));
    return Judged(input);
  };
  const auto judged = Toy(Spec(), Plain(), check).Judge(whole.sentence, whole.posteriors);
  ASSERT_TRUE(judged) << judged.error().message;
  ASSERT_EQ(judged->words.size(), 4u);
  EXPECT_EQ(judged->words[1].accuracy, 0);
  EXPECT_TRUE(judged->words[1].phones.empty());
  EXPECT_FALSE(judged->words[1].spread);
  EXPECT_NEAR(judged->words[2].phones[0], 25, 1e-4);
}

TEST(LearnedScorer, CountsWordsLeftOutAsNothingInTheSentencesAccuracyAndTotal) {
  const Spoken all = Say({{1.0F, 1.5F}, {0.5F}}), half = Say({{1.0F, 1.5F}, {}});
  const auto said = [](const ScoringInput& input) -> Result<ScoringOutput> {
    auto answer = Judged(input);
    answer.sentence.values.assign(answer.sentence.values.size(), 6.0F);
    return answer;
  };
  const auto whole = Toy(Spec(), Plain(), said).Judge(all.sentence, all.posteriors);
  const auto part = Toy(Spec(), Plain(), said).Judge(half.sentence, half.posteriors);
  EXPECT_NEAR(part->accuracy, whole->accuracy / 2, 1e-9);
  EXPECT_NEAR(*part->total, *whole->total / 2, 1e-9);
  EXPECT_NEAR(*part->fluency, *whole->fluency, 1e-9);
}

TEST(LearnedScorer, JudgesNothingWhereNothingWasRead) {
  const Spoken nothing = Say({{}, {}});
  const auto judged = Toy().Judge(nothing.sentence, nothing.posteriors);
  ASSERT_TRUE(judged);
  EXPECT_EQ(judged->words.size(), 2u);
  EXPECT_EQ(judged->accuracy, 0);
  EXPECT_FALSE(judged->total);
}

TEST(LearnedScorer, ShowsItsModelTheSentenceAndALittleAroundIt) {
  std::vector<std::size_t> frames;
  const auto count = [&](const ScoringInput& input) -> Result<ScoringOutput> {
    frames.push_back(input.features.rows);
    EXPECT_EQ(input.ctc.rows, input.features.rows);
    EXPECT_EQ(input.frames.rows, input.features.rows);
    return Judged(input);
  };
  const LearnedScorer scorer = Toy(Spec(), Plain(), count);
  const std::vector<std::vector<float>> words = {{1.0F, 1.5F}, {0.5F}};
  const Spoken early = Say(words), late = Say(words, 200);
  const auto first = scorer.Judge(early.sentence, early.posteriors);
  const auto second = scorer.Judge(late.sentence, late.posteriors);
  ExpectSame(*first, *second);
  EXPECT_THAT(frames, ElementsAre(12 + 25, 25 + 12 + 25));
}

TEST(LearnedScorer, JudgesALongTextInPartsAsIfItWereOne) {
  std::vector<std::size_t> sizes;
  const auto count = [&](const ScoringInput& input) -> Result<ScoringOutput> {
    sizes.push_back(input.phones.size());
    EXPECT_EQ(input.words.front(), 0);
    return Judged(input);
  };
  const Spoken spoken = Say({{1.0F, 1.5F}, {0.5F}, {}, {0.25F, 1.75F, 1.0F}, {0.5F}}, 40);
  const auto whole = Toy().Judge(spoken.sentence, spoken.posteriors);
  const auto parts = Toy(Spec(4), Plain(), count).Judge(spoken.sentence, spoken.posteriors);
  ASSERT_TRUE(whole && parts);
  EXPECT_THAT(sizes, ElementsAre(3, 4));
  ExpectSame(*whole, *parts);
}

TEST(LearnedScorer, RefusesAWordThatItsModelCannotTakeWhole) {
  const Spoken spoken = Say({{1, 1}, {1, 1, 1, 1, 1}});
  const auto judged = Toy(Spec(4)).Judge(spoken.sentence, spoken.posteriors);
  ASSERT_FALSE(judged);
  EXPECT_EQ(judged.error().code, Errc::kTooLarge);
  EXPECT_EQ(judged.error().message,
            "a word of 5 sounds cannot be judged, at most 4 can; write it as several words");
}

TEST(LearnedScorer, MeasuresTheProsodyThatItsModelAsksFor) {
  ScoringSpec spec = Spec(2);
  spec.prosody_terms = {"primary_stress", "log_duration"};
  std::vector<float> seen;
  const auto look = [&](const ScoringInput& input) -> Result<ScoringOutput> {
    EXPECT_EQ(input.prosody.rows, input.phones.size());
    EXPECT_EQ(input.prosody.columns, 2u);
    seen.insert(seen.end(), input.prosody.values.begin(), input.prosody.values.end());
    return Judged(input);
  };
  Spoken spoken = Say({{1.0F, 1.0F}, {1.0F}});
  spoken.sentence.grid = {.rate = {1000}, .hop = 250, .first_centre = 0};  // A phone lasts 1 s.
  spoken.sentence.words[1].phones[0].stress = Stress::kPrimary;
  ASSERT_TRUE(Toy(spec, Plain(), look).Judge(spoken.sentence, spoken.posteriors));
  EXPECT_THAT(seen, ElementsAre(0, 0, 0, 0, 1, 0));
}

TEST(LearnedScorer, IsNotMadeForAModelThatAsksForAnUnknownTerm) {
  ScoringSpec spec = Spec();
  spec.prosody_terms = {"voiced", "charm"};
  const auto scorer =
      LearnedScorer::Create(std::make_shared<const FakeScoringModel>(spec, Judged), Plain());
  ASSERT_FALSE(scorer);
  EXPECT_EQ(scorer.error().code, Errc::kUnsupported);
  EXPECT_THAT(scorer.error().message, HasSubstr("toy 1.0.0: its scorer asks for 'charm'"));
  EXPECT_FALSE(LearnedScorer::Create(nullptr, Plain()));
}

TEST(LearnedScorer, SaysSoWhereTheAcousticModelGivesNoFeatures) {
  Spoken spoken = Say({{1.0F}});
  spoken.posteriors.features = {};
  const auto judged = Toy().Judge(spoken.sentence, spoken.posteriors);
  ASSERT_FALSE(judged);
  EXPECT_EQ(judged.error().code, Errc::kInternal);
  EXPECT_THAT(judged.error().message, HasSubstr("no features of width 1"));
}

TEST(LearnedScorer, PassesOnWhyItsModelCouldNotRun) {
  const auto fail = [](const ScoringInput&) {
    return Result<ScoringOutput>(Error{Errc::kInternal, "out of memory"});
  };
  const Spoken spoken = Say({{1.0F}});
  const auto judged = Toy(Spec(), Plain(), fail).Judge(spoken.sentence, spoken.posteriors);
  ASSERT_FALSE(judged);
  EXPECT_EQ(judged.error().message, "out of memory");
}

}  // namespace
}  // namespace euphone
