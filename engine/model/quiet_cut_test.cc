#include "model/quiet_cut.h"

#include <gtest/gtest.h>

#include <vector>

namespace euphone {
namespace {

constexpr SampleRate kRate{1000};  // The 0.2 s are 200 samples.

TEST(QuietCut, CutsInTheMiddleOfAPauseInTheLastThird) {
  std::vector<float> pcm(4000, 0.5F);
  std::fill(pcm.begin() + 500, pcm.begin() + 900, 0.0F);
  std::fill(pcm.begin() + 2400, pcm.begin() + 2600, 0.01F);
  EXPECT_EQ(QuietCut(pcm, 3000, kRate), 2500u);
}

TEST(QuietCut, StaysInTheLastThirdWhereNobodyPauses) {
  const std::vector<float> pcm(4000, 0.5F);
  EXPECT_EQ(QuietCut(pcm, 3000, kRate), 2100u);
}

TEST(QuietCut, NeverCutsBehindWhatOneRunMayTake) {
  std::vector<float> pcm(400, 0.5F);
  std::fill(pcm.begin() + 280, pcm.end(), 0.0F);
  EXPECT_EQ(QuietCut(pcm, 300, kRate), 250u);
}

}  // namespace
}  // namespace euphone
