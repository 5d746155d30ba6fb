#include "score/intonation.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <string>
#include <string_view>

namespace euphone {
namespace {

constexpr std::int64_t kHop = 10;  // At 1 kHz: samples are milliseconds.
constexpr std::int64_t kWordMs = 300;

using Curve = std::function<double(double)>;  // Semitones above 100 Hz at a time in seconds.

/// A reading of `text`, whose words are separated by spaces: each lasts 300 ms, one after the
/// other, and has one stressed syllable, a vowel throughout.
Analysis Reading(std::string_view text, const Curve& curve) {
  Analysis analysis;
  analysis.rate = 1000;
  analysis.script.original = text;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find(' ', from), text.size());
    const std::string_view token = text.substr(from, end - from);
    const std::string_view bare = token.substr(0, token.find_first_of(",.?!"));
    SpokenWord spoken{
        .text = std::string(bare), .span = {from, from + bare.size()}, .inline_pronunciation = {}};
    spoken.pause_expected_after = bare.size() < token.size();
    const auto begin = static_cast<std::int64_t>(analysis.script.words.size()) * kWordMs;
    WordScore word;
    word.script_word = analysis.script.words.size();
    word.span = {begin, begin + kWordMs};
    word.phones.emplace_back().span = word.span;
    word.syllables = {
        {.syllable = {.first = 0, .count = 1, .nucleus = 0, .stress = Stress::kPrimary},
         .span = word.span,
         .stress_heard = std::nullopt}};
    analysis.words.push_back(word);
    analysis.script.words.push_back(spoken);
    from = end + 1;
  }
  analysis.script.sentences = {
      {.span = {0, text.size()}, .first_word = 0, .word_count = analysis.script.words.size()}};
  analysis.samples = static_cast<std::int64_t>(analysis.words.size()) * kWordMs;
  analysis.prosody.voice.hop = kHop;
  for (std::int64_t at = 0; at < analysis.samples; at += kHop) {
    const double semitones = curve(static_cast<double>(at) / 1000.0);
    analysis.prosody.voice.pitch_hz.push_back(
        static_cast<float>(100.0 * std::exp2(semitones / 12.0)));
  }
  return analysis;
}

SentenceMelody MelodyOf(const Analysis& analysis) { return MeasureMelody(analysis).at(0); }

/// Waves of ±6 semitones, each word alike, then straight on from the last word at this rate.
Curve LastWordMoves(std::size_t words, double semitones_per_second) {
  return [=](double t) {
    const double last = 0.3 * static_cast<double>(words - 1);
    return t < last ? 6.0 * std::sin(20.0 * t) : semitones_per_second * (t - last);
  };
}

TEST(Intonation, OfAStatementThatFallsIsAsAsked) {
  const SentenceMelody melody = MelodyOf(Reading("we all like green tea.", LastWordMoves(5, -30)));
  ASSERT_EQ(melody.ends.size(), 1u);
  const PhraseEnd& end = melody.ends[0];
  EXPECT_EQ(end.word, 4u);
  EXPECT_EQ(end.nucleus_word, 4u);
  EXPECT_NEAR(end.semitones, -30 * 0.25, 0.1) << "from the first to the last 50 ms of 300";
  EXPECT_EQ(end.heard, Movement::kFall);
  EXPECT_EQ(end.asked, AskedMovement::kFall);
  EXPECT_EQ(end.agrees, true);
}

TEST(Intonation, OfAStatementThatRisesIsNotAsAsked) {
  const PhraseEnd end = MelodyOf(Reading("we like tea.", LastWordMoves(3, 30))).ends.at(0);
  EXPECT_EQ(end.heard, Movement::kRise);
  EXPECT_EQ(end.agrees, false);
}

TEST(Intonation, OfAYesNoQuestionShouldRise) {
  const auto agrees = [](double slope) {
    return MelodyOf(Reading("do you like tea?", LastWordMoves(4, slope))).ends.at(0).agrees;
  };
  EXPECT_EQ(agrees(30), true);
  EXPECT_EQ(agrees(-30), false);
  EXPECT_EQ(agrees(0), std::nullopt) << "level is neither";
}

TEST(Intonation, OfAWhQuestionShouldFall) {
  const PhraseEnd end = MelodyOf(Reading("what do you like?", LastWordMoves(4, -30))).ends.at(0);
  EXPECT_EQ(end.asked, AskedMovement::kFall);
  EXPECT_EQ(end.agrees, true);
}

TEST(Intonation, IsFreeAtACommaAndHeardThere) {
  const SentenceMelody melody =
      MelodyOf(Reading("milk, tea.", [](double t) { return t < 0.3 ? 20.0 * t : -20.0 * t; }));
  ASSERT_EQ(melody.ends.size(), 2u);
  EXPECT_EQ(melody.ends[0].word, 0u);
  EXPECT_EQ(melody.ends[0].heard, Movement::kRise);
  EXPECT_EQ(melody.ends[0].asked, AskedMovement::kAny);
  EXPECT_EQ(melody.ends[0].agrees, std::nullopt);
  EXPECT_EQ(melody.ends[1].heard, Movement::kFall);
}

TEST(Intonation, MovesFromTheLastStressedSyllableOn) {
  Analysis analysis = Reading("we saw it.", [](double t) { return -10.0 * t; });
  analysis.words[2].origin = Origin::kWeakForm;
  const PhraseEnd end = MelodyOf(analysis).ends.at(0);
  EXPECT_EQ(end.nucleus_word, 1u);
  EXPECT_EQ(end.word, 2u);
  EXPECT_NEAR(end.semitones, -10.0 * 0.55, 0.1);
}

TEST(Intonation, SaysNothingOfAnEndThatWasNotReadOrHasNoVoice) {
  Analysis left_out = Reading("we all like tea.", LastWordMoves(4, -30));
  left_out.words[3].phones.clear();
  EXPECT_TRUE(MelodyOf(left_out).ends.empty());
  EXPECT_TRUE(MelodyOf(left_out).range_semitones);
  Analysis whispered = Reading("we all like tea.", LastWordMoves(4, -30));
  for (std::size_t i = 95; i < 120; ++i) whispered.prosody.voice.pitch_hz[i] = 0.0F;
  EXPECT_TRUE(MelodyOf(whispered).ends.empty());
}

TEST(Intonation, RangeLeavesOutStrayFrames) {
  Analysis analysis = Reading("we all like good tea.", [](double t) { return 8.0 * t / 1.5; });
  analysis.prosody.voice.pitch_hz[70] = 480.0F;
  analysis.prosody.voice.pitch_hz[71] = 61.0F;
  EXPECT_NEAR(*MelodyOf(analysis).range_semitones, 0.9 * 8.0, 0.3);
}

TEST(Intonation, CallsALongSentenceOnOneNoteMonotone) {
  const Curve flat = [](double t) { return 0.5 * std::sin(20.0 * t); };
  EXPECT_EQ(MelodyOf(Reading("we all like a good tea.", flat)).monotone, true);
  EXPECT_EQ(MelodyOf(Reading("we all like a good tea.", LastWordMoves(6, -30))).monotone, false);
  EXPECT_EQ(MelodyOf(Reading("we like tea.", flat)).monotone, std::nullopt) << "too short to tell";
}

TEST(Intonation, OfAClippedOrVoicelessRecordingIsNotMeasured) {
  Analysis clipped = Reading("we all like a good tea.", LastWordMoves(6, -30));
  EXPECT_NEAR(*MiddlePitch(clipped), 100.0, 20.0);
  clipped.quality.findings = {{.kind = FindingKind::kClipped,
                               .severity = Severity::kWarning,
                               .value = 1.0,
                               .unit = "%",
                               .message = "",
                               .advice = ""}};
  Analysis voiceless = Reading("we all like a good tea.", LastWordMoves(6, -30));
  for (float& hz : voiceless.prosody.voice.pitch_hz) hz = 0.0F;
  for (const Analysis& analysis : {clipped, voiceless}) {
    const SentenceMelody melody = MelodyOf(analysis);
    EXPECT_FALSE(melody.range_semitones);
    EXPECT_FALSE(melody.monotone);
    EXPECT_TRUE(melody.ends.empty());
    EXPECT_FALSE(MiddlePitch(analysis));
  }
}

}  // namespace
}  // namespace euphone
