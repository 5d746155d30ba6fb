#include "align/boundaries.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "align/scripted_speech.h"

namespace euphone {
namespace {

/// One reading whose phones have spikes of one frame at the given places.
Reading Spikes(const std::vector<int>& phones, const std::vector<std::size_t>& places) {
  Reading reading;
  for (std::size_t i = 0; i < phones.size(); ++i)
    reading.phones.push_back({phones[i], places[i], places[i] + 1});
  return reading;
}

void ExpectSpans(const Reading& reading, const std::vector<std::size_t>& begins,
                 const std::vector<std::size_t>& ends) {
  ASSERT_EQ(reading.phones.size(), begins.size());
  for (std::size_t i = 0; i < begins.size(); ++i) {
    EXPECT_EQ(reading.phones[i].begin, begins[i]) << "phone " << i;
    EXPECT_EQ(reading.phones[i].end, ends[i]) << "phone " << i;
  }
  EXPECT_EQ(reading.begin, begins.front());
  EXPECT_EQ(reading.end, ends.back());
}

TEST(PlaceBoundaries, FollowsTheFramesWhereverTheSpikesAre) {
  ScriptedSpeech speech;
  speech.Silence(20).Say({1, 2, 3}).Silence(20);
  for (const std::size_t shift : {0U, 3U, 5U}) {
    std::vector<Reading> readings{Spikes({1, 2, 3}, {20 + shift, 26 + shift, 32 + shift})};
    PlaceBoundaries(speech.frames, {}, readings);
    ExpectSpans(readings[0], {20, 26, 32}, {26, 32, 38});
  }
}

TEST(PlaceBoundaries, LeavesPausesBetweenPhonesAndWordsOut) {
  ScriptedSpeech speech;
  speech.Say({1}).Silence(30).Say({2}).Silence(30).Say({3});
  std::vector<Reading> readings{Spikes({1, 2}, {2, 38}), Spikes({3}, {75})};
  PlaceBoundaries(speech.frames, {}, readings);
  ExpectSpans(readings[0], {0, 36}, {6, 42});
  ExpectSpans(readings[1], {72}, {78});
}

TEST(PlaceBoundaries, GivesAnUnclearPhoneTheFramesBetweenItsNeighbours) {
  ScriptedSpeech speech;
  speech.Say({1, 30, 3}).Silence(10);
  std::vector<Reading> readings{Spikes({1, 2, 3}, {3, 9, 15})};
  PlaceBoundaries(speech.frames, {}, readings);
  ExpectSpans(readings[0], {0, 6, 12}, {6, 12, 18});
}

TEST(PlaceBoundaries, FallsBackToTheMiddleBetweenSpikesWhenTheFramesSayNothing) {
  const Matrix frames = Matrix::Filled(100, 40, -std::log(40.0F));
  std::vector<Reading> readings{Spikes({1, 2, 3}, {30, 40, 46})};
  PlaceBoundaries(frames, {}, readings);
  EXPECT_NEAR(static_cast<double>(readings[0].phones[1].begin), 35.5, 1.0);
  EXPECT_NEAR(static_cast<double>(readings[0].phones[2].begin), 43.5, 1.0);
  EXPECT_NEAR(static_cast<double>(readings[0].begin), 22.0, 2.0);  // pull_range before the spike
  EXPECT_NEAR(static_cast<double>(readings[0].end), 55.0, 2.0);
}

TEST(PlaceBoundaries, KeepsOrderWhenSpikesTouch) {
  ScriptedSpeech speech;
  speech.Say({1, 2});
  std::vector<Reading> readings{Spikes({1, 7, 8, 9, 2}, {4, 5, 6, 7, 8})};
  PlaceBoundaries(speech.frames, {}, readings);
  std::size_t now = 0;
  for (const PhoneSpan& phone : readings[0].phones) {
    EXPECT_LE(now, phone.begin);
    EXPECT_LT(phone.begin, phone.end);
    now = phone.end;
  }
  EXPECT_EQ(now, 12U);
}

TEST(PlaceBoundaries, MovesOmittedWordsToTheEndOfTheReadingBefore) {
  ScriptedSpeech speech;
  speech.Say({1}).Silence(10);
  std::vector<Reading> readings{Spikes({1}, {2}), {ReadingKind::kOmitted, 1, 0, 3, 3, {}}};
  PlaceBoundaries(speech.frames, {}, readings);
  EXPECT_EQ(readings[1].begin, 6U);
  EXPECT_EQ(readings[1].end, 6U);
}

}  // namespace
}  // namespace euphone
