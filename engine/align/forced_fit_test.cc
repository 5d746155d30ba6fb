#include "align/forced_fit.h"

#include <gtest/gtest.h>

#include <vector>

#include "align/scripted_speech.h"

namespace euphone {
namespace {

TEST(ForcedFit, IsNearZeroForWhatWasSaid) {
  const ScriptedSpeech speech = ScriptedSpeech().Silence(10).Say({3, 7, 7, 9}).Silence(10);
  EXPECT_GT(ForcedFit(speech.ctc, std::vector<int>{3, 7, 7, 9}), -0.5);
}

TEST(ForcedFit, FallsWithEachWrongPhone) {
  const ScriptedSpeech speech = ScriptedSpeech().Say({3, 7, 5, 9});
  const double right = ForcedFit(speech.ctc, std::vector<int>{3, 7, 5, 9});
  const double one_wrong = ForcedFit(speech.ctc, std::vector<int>{3, 7, 6, 9});
  const double all_wrong = ForcedFit(speech.ctc, std::vector<int>{20, 21, 22, 23});
  EXPECT_LT(one_wrong, right - 0.5);
  EXPECT_LT(all_wrong, one_wrong - 0.5);
}

TEST(ForcedFit, IsMinusInfinityForAClipShorterThanTheText) {
  const ScriptedSpeech speech = ScriptedSpeech().Say({3});
  EXPECT_LT(ForcedFit(speech.ctc, std::vector<int>(50, 3)), -1e300);
}

}  // namespace
}  // namespace euphone
