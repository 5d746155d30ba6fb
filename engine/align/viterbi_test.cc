#include "align/viterbi.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "align/graph.h"
#include "align/scripted_speech.h"

namespace euphone {
namespace {

constexpr std::size_t kClasses = ScriptedSpeech::kClasses;

std::vector<AlignWord> ThreeWords() {
  return {{{{1, 2, 3}}, true}, {{{4, 5, 6}}, false}, {{{7, 8, 9}}, false}};
}

TEST(Viterbi, KnowsAtAnyTimeWhatHasBeenReadSoFar) {
  const AlignGraph graph = *BuildGraph(ThreeWords(), kClasses);
  Viterbi search(graph, kClasses, {});
  EXPECT_TRUE(search.Trace().empty());
  for (std::size_t w = 0; w < 3; ++w) {
    ScriptedSpeech speech;
    speech.Say(ThreeWords()[w].variants[0]).Silence(10);
    for (std::size_t t = 0; t < speech.ctc.rows; ++t) search.Advance(speech.ctc.row(t));
    const std::vector<Reading> visits = search.Trace();
    ASSERT_EQ(visits.size(), w + 1);
    EXPECT_EQ(visits.back().word, w);
    EXPECT_EQ(visits.back().kind, ReadingKind::kRead);
  }
}

TEST(Viterbi, ScoresAPerfectReadingWithNothingAndDeparturesAtTheirCost) {
  const AlignGraph graph = *BuildGraph(ThreeWords(), kClasses);
  const AlignConfig config;
  const auto score = [&](const ScriptedSpeech& speech) {
    Viterbi search(graph, kClasses, config);
    for (std::size_t t = 0; t < speech.ctc.rows; ++t) search.Advance(speech.ctc.row(t));
    return search.score();
  };
  EXPECT_NEAR(score(ScriptedSpeech().Say({1, 2, 3, 4, 5, 6, 7, 8, 9})), 0.0, 1e-5);
  EXPECT_NEAR(score(ScriptedSpeech().Say({1, 2, 3, 7, 8, 9})),
              -config.costs.omission - 3 * config.costs.omitted_phone, 1e-5);
  EXPECT_NEAR(score(ScriptedSpeech().Say({1, 2, 3, 4, 30, 6, 7, 8, 9})),
              -config.costs.substituted_phone, 1e-5);
  EXPECT_NEAR(score(ScriptedSpeech().Say({1, 2, 3, 4, 5, 6, 30, 31, 32, 33, 7, 8, 9})),
              -config.costs.insertion - 4 * config.costs.inserted_phone, 1e-5);
  EXPECT_NEAR(score(ScriptedSpeech().Say({1, 2, 3, 4, 5, 6, 4, 5, 6, 7, 8, 9})),
              -config.costs.restart, 1e-5);
}

TEST(Viterbi, FindsItsWayThroughALongTextWithANarrowWindow) {
  std::mt19937 random(3);
  std::vector<AlignWord> words(300);
  ScriptedSpeech speech;
  for (std::size_t w = 0; w < words.size(); ++w) {
    std::vector<int> phones(2 + random() % 5);
    for (int& phone : phones) phone = static_cast<int>(random() % 39);
    words[w] = {{phones}, w % 8 == 0};
    speech.Say(phones);
  }
  const AlignGraph graph = *BuildGraph(words, kClasses);
  AlignConfig config;
  config.max_active_words = 20;
  Viterbi search(graph, kClasses, config);
  for (std::size_t t = 0; t < speech.ctc.rows; ++t) search.Advance(speech.ctc.row(t));
  const std::vector<Reading> visits = search.Trace();
  ASSERT_EQ(visits.size(), words.size());
  for (std::size_t w = 0; w < words.size(); ++w) EXPECT_EQ(visits[w].word, w);
}

}  // namespace
}  // namespace euphone
