#include "live/quiet_gate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace euphone {
namespace {

constexpr std::int64_t kUnit = 1'152;

/// Noise of so many dBFS.
std::vector<float> Room(double seconds, double level, unsigned seed = 1) {
  std::mt19937 random(seed);
  std::normal_distribution<float> sample(0.0F, std::pow(10.0F, static_cast<float>(level) / 20.0F));
  std::vector<float> pcm(static_cast<std::size_t>(seconds * 100.0) * QuietGate::kBlock);
  for (float& value : pcm) value = sample(random);
  return pcm;
}

struct Outcome {
  std::vector<float> heard;
  std::size_t spared = 0;
};

Outcome Through(QuietGate& gate, const std::vector<float>& pcm, bool nobody = true) {
  Outcome outcome;
  for (std::size_t at = 0; at < pcm.size(); at += QuietGate::kBlock) {
    const auto [heard, spared] = gate.Push(PcmView(pcm).subspan(at, QuietGate::kBlock), nobody);
    outcome.heard.insert(outcome.heard.end(), heard.begin(), heard.end());
    outcome.spared += spared;
  }
  return outcome;
}

TEST(QuietGate, SparesAQuietRoomAfterASecond) {
  QuietGate gate(kUnit);
  const std::vector<float> room = Room(20, -66);
  const Outcome outcome = Through(gate, room);
  EXPECT_LT(outcome.heard.size(), 20'000u);
  EXPECT_EQ(outcome.heard.size() + outcome.spared * kUnit + gate.Finish().size(), room.size());
}

TEST(QuietGate, HearsAWordWithTheRoomBeforeIt) {
  QuietGate gate(kUnit);
  Through(gate, Room(5, -66));
  const std::vector<float> word = Room(0.3, -30, 2);
  const Outcome outcome = Through(gate, word);
  EXPECT_EQ(outcome.spared, 0u);
  ASSERT_GE(outcome.heard.size(), word.size() + 4'800);
  EXPECT_TRUE(std::equal(word.rbegin(), word.rend(), outcome.heard.rbegin()));
}

TEST(QuietGate, HearsAVoiceThatIsLittleAboveTheRoom) {
  QuietGate gate(kUnit);
  Through(gate, Room(5, -80));
  EXPECT_EQ(Through(gate, Room(0.3, -68, 2)).spared, 0u);
}

TEST(QuietGate, SparesNothingWhileSomebodySpeaksOrWhereTheRoomIsNoisy) {
  QuietGate speaking(kUnit), noisy(kUnit);
  EXPECT_EQ(Through(speaking, Room(10, -66), false).spared, 0u);
  EXPECT_EQ(Through(noisy, Room(10, -45)).spared, 0u);
}

TEST(QuietGate, SparesARoomAgainThatHasBecomeALittleLouder) {
  QuietGate gate(kUnit);
  Through(gate, std::vector<float>(160'000, 0.0F));
  Through(gate, Room(6, -66));
  EXPECT_GT(Through(gate, Room(5, -66, 3)).spared, 60u);
}

TEST(QuietGate, TakesAConstantOffsetForNoSound) {
  QuietGate gate(kUnit);
  std::vector<float> room = Room(10, -66);
  for (float& sample : room) sample += 0.02F;
  EXPECT_GT(Through(gate, room).spared, 100u);
}

}  // namespace
}  // namespace euphone
