#include "align/tracker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "align/scripted_speech.h"

namespace euphone {
namespace {

constexpr std::size_t kClasses = ScriptedSpeech::kClasses;

std::vector<AlignWord> RandomWords(std::size_t count, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<AlignWord> words(count);
  for (std::size_t w = 0; w < count; ++w) {
    std::vector<int> phones(2 + random() % 5);
    for (int& phone : phones) phone = static_cast<int>(random() % 39);
    words[w] = {{phones}, w % 8 == 0};
  }
  return words;
}

Matrix Rows(const Matrix& all, std::size_t begin, std::size_t end) {
  Matrix part{0, all.columns, {}};
  AppendRows(all, begin, end, part);
  return part;
}

TEST(Tracker, KnowsTheWordThatIsBeingSaidAndTheOneThatComesNext) {
  const std::vector<AlignWord> words = {{{{1, 2, 3}}, true}, {{{4, 5, 6, 7}}}, {{{8, 9}}}};
  Tracker tracker = *Tracker::Create(words, kClasses, {});
  ScriptedSpeech speech;
  tracker.Push(speech.Say({1, 2, 3}).ctc);
  ASSERT_EQ(tracker.visits().size(), 1u);
  EXPECT_FALSE(tracker.current());
  EXPECT_EQ(tracker.next(), 1u);
  tracker.Push(ScriptedSpeech().Say({4, 5}).ctc);
  ASSERT_EQ(tracker.visits().size(), 1u);
  ASSERT_TRUE(tracker.current());
  EXPECT_EQ(tracker.current()->word, 1u);
  EXPECT_EQ(tracker.current()->phones.size(), 2u);
  tracker.Push(ScriptedSpeech().Say({6, 7}).ctc);
  EXPECT_EQ(tracker.visits().size(), 2u);
}

TEST(Tracker, DoesNotTakeAWordForReadBeforeItsLastSound) {
  const std::vector<AlignWord> words = {{{{1, 2, 3, 4, 5, 6, 7}}, true}, {{{8, 9}}}};
  Tracker tracker = *Tracker::Create(words, kClasses, {});
  tracker.Push(ScriptedSpeech().Say({1, 2, 3, 4, 5, 6}).ctc);
  EXPECT_TRUE(tracker.visits().empty());
}

TEST(Tracker, FollowsAReaderWhoSkipsGoesBackAndSaysSomethingElse) {
  const std::vector<AlignWord> words = RandomWords(30, 5);
  const auto say = [&](ScriptedSpeech& speech, std::size_t first, std::size_t last) {
    for (std::size_t w = first; w <= last; ++w) speech.Say(words[w].variants[0]);
  };
  ScriptedSpeech speech;
  say(speech, 0, 5);
  say(speech, 9, 14);
  say(speech, 11, 16);
  speech.Say({3, 30, 17, 22, 9, 30}).Silence(30);
  say(speech, 17, 20);
  Tracker tracker = *Tracker::Create(words, kClasses, {});
  tracker.Push(speech.ctc);
  std::vector<std::size_t> order;
  std::size_t inserted = 0;
  for (const Reading& visit : tracker.visits()) {
    if (visit.kind == ReadingKind::kInserted)
      ++inserted;
    else
      order.push_back(visit.word);
  }
  EXPECT_THAT(order, ::testing::ElementsAre(0, 1, 2, 3, 4, 5, 9, 10, 11, 12, 13, 14, 11, 12, 13, 14,
                                            15, 16, 17, 18, 19, 20));
  EXPECT_EQ(inserted, 1u);
}

TEST(Tracker, SaysTheSameHoweverTheFramesComeIn) {
  const std::vector<AlignWord> words = RandomWords(200, 6);
  ScriptedSpeech speech;
  for (const AlignWord& word : words) speech.Say(word.variants[0]);
  speech.Blur(1.5, 6);
  const auto track = [&](const std::vector<std::size_t>& sizes) {
    Tracker tracker = *Tracker::Create(words, kClasses, {});
    for (std::size_t at = 0, i = 0; at < speech.ctc.rows; ++i) {
      const std::size_t end = std::min(speech.ctc.rows, at + sizes[i % sizes.size()]);
      tracker.Push(Rows(speech.ctc, at, end));
      at = end;
    }
    std::vector<std::vector<std::size_t>> visits;
    for (const Reading& visit : tracker.visits())
      visits.push_back({visit.word, visit.begin, visit.end});
    return visits;
  };
  const auto whole = track({speech.ctc.rows});
  EXPECT_GT(whole.size(), 190u);
  EXPECT_EQ(track({1}), whole);
  EXPECT_EQ(track({12}), whole);
  EXPECT_EQ(track({7, 83, 1, 400}), whole);
}

TEST(Tracker, KeepsWhatHasSettledUntilItIsDropped) {
  const std::vector<AlignWord> words = RandomWords(300, 7);
  ScriptedSpeech speech;
  for (const AlignWord& word : words) speech.Say(word.variants[0]);
  Tracker tracker = *Tracker::Create(words, kClasses, {});
  std::size_t expected = 0;
  for (std::size_t at = 0; at < speech.ctc.rows; at += 12) {
    tracker.Push(Rows(speech.ctc, at, std::min(speech.ctc.rows, at + 12)));
    for (std::size_t i = 0; i < tracker.settled(); ++i)
      EXPECT_EQ(tracker.visits()[i].word, expected++);
    tracker.Drop(tracker.settled());
  }
  EXPECT_GT(expected, 280u);
  EXPECT_EQ(tracker.dropped(), expected);
}

TEST(Tracker, RefusesATextWithoutWords) { EXPECT_FALSE(Tracker::Create({}, kClasses, {})); }

}  // namespace
}  // namespace euphone
