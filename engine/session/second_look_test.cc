#include "session/second_look.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "align/scripted_speech.h"

namespace euphone {
namespace {

/// How the second of two words, of three phones each, is taken where `after` follows the first.
ReadingKind SecondWordAfter(const std::vector<int>& after) {
  ScriptedSpeech speech;
  speech.Silence(10).Say({1, 2, 3}).Say(after).Silence(10);
  const Posteriors posteriors{.ctc = speech.ctc, .frames = speech.frames, .features = {}};
  const std::vector<AlignWord> words = {{{{1, 2, 3}}, true}, {{{4, 5, 6}}}};
  Script script;
  script.words.resize(2);
  script.sentences = {{.span = {}, .first_word = 0, .word_count = 2}};
  const std::vector<std::vector<Pronunciation>> pronunciations(2);
  const FrameGrid grid{.rate = SampleRate{16000}, .hop = 192, .first_centre = 96};
  const auto first = Align(posteriors.ctc, posteriors.frames, words, {});
  EXPECT_TRUE(first.has_value());
  EXPECT_TRUE(std::ranges::any_of(
      first->readings, [](const Reading& step) { return step.kind == ReadingKind::kOmitted; }));
  const AlignedReading reading{.script = script,
                               .pronunciations = pronunciations,
                               .alignment = *first,
                               .posteriors = posteriors,
                               .grid = grid,
                               .pcm = {}};
  const auto settled = LookAgain(reading, words, {}, {.phone_seconds = 0.05});
  EXPECT_TRUE(settled.has_value());
  for (const Reading& step : settled->readings) {
    if (step.word == 1 && step.kind != ReadingKind::kInserted) return step.kind;
  }
  ADD_FAILURE() << "the second word is nowhere";
  return ReadingKind::kInserted;
}

TEST(SecondLook, AWordThatFindsTimeForItsPhonesWasRead) {
  EXPECT_EQ(SecondWordAfter({7, 8, 9}), ReadingKind::kRead);
}

TEST(SecondLook, AWordForWhichThereIsNoTimeStaysLeftOut) {
  EXPECT_EQ(SecondWordAfter({}), ReadingKind::kOmitted);
}

}  // namespace
}  // namespace euphone
