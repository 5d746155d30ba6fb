#include "align/forced_fit.h"

#include <gtest/gtest.h>

#include <vector>

#include "align/scripted_speech.h"

namespace euphone {
namespace {

double Fit(const ScriptedSpeech& speech, const std::vector<int>& phones) {
  return ForcedFit(speech.ctc, 0, speech.ctc.rows, phones);
}

TEST(ForcedFit, IsNearZeroForWhatWasSaid) {
  const ScriptedSpeech speech = ScriptedSpeech().Silence(10).Say({3, 7, 7, 9}).Silence(10);
  EXPECT_GT(Fit(speech, std::vector<int>{3, 7, 7, 9}), -0.5);
}

TEST(ForcedFit, FallsWithEachWrongPhone) {
  const ScriptedSpeech speech = ScriptedSpeech().Say({3, 7, 5, 9});
  const double right = Fit(speech, std::vector<int>{3, 7, 5, 9});
  const double one_wrong = Fit(speech, std::vector<int>{3, 7, 6, 9});
  const double all_wrong = Fit(speech, std::vector<int>{20, 21, 22, 23});
  EXPECT_LT(one_wrong, right - 0.5);
  EXPECT_LT(all_wrong, one_wrong - 0.5);
}

TEST(ForcedFit, SeesOnlyTheFramesItIsGiven) {
  const ScriptedSpeech speech = ScriptedSpeech().Say({30, 31, 32}).Say({3, 7}).Say({33, 34});
  const std::size_t begin = 3 * ScriptedSpeech::kPhoneFrames;
  const std::size_t end = 5 * ScriptedSpeech::kPhoneFrames;
  EXPECT_GT(ForcedFit(speech.ctc, begin, end, std::vector<int>{3, 7}), -0.5);
  EXPECT_LT(Fit(speech, {3, 7}), -2.0);
}

TEST(ForcedFit, IsMinusInfinityForAClipShorterThanTheText) {
  const ScriptedSpeech speech = ScriptedSpeech().Say({3});
  EXPECT_LT(Fit(speech, std::vector<int>(50, 3)), -1e300);
}

}  // namespace
}  // namespace euphone
