#include "session/windowed_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace euphone {
namespace {

/// Each frame says which sample it begins at, as the model sees it in the signal's values: frames
/// can be told apart.
class EchoModel final : public AcousticModel {
 public:
  EchoModel() {
    spec_.grid = {.rate = {1000}, .hop = 10, .first_centre = 5};
    spec_.classes = {"<blank>", "AA"};
  }
  const AcousticSpec& spec() const override { return spec_; }
  Result<Posteriors> Run(PcmView pcm) const override {
    longest_ = std::max(longest_, pcm.size());
    Posteriors posteriors;
    const std::size_t frames = pcm.size() / 10;
    posteriors.ctc = Matrix::Filled(frames, 2, 0.0f);
    for (std::size_t i = 0; i < frames; ++i) posteriors.ctc.row(i)[1] = -pcm[i * 10];
    posteriors.frames = posteriors.ctc;
    posteriors.features = posteriors.ctc;
    return posteriors;
  }
  mutable std::size_t longest_ = 0;

 private:
  AcousticSpec spec_;
};

std::vector<float> Ramp(std::size_t samples) {
  std::vector<float> pcm(samples);
  for (std::size_t i = 0; i < samples; ++i) pcm[i] = static_cast<float>(i);
  return pcm;
}

TEST(WindowedModel, JoinsWindowsWithoutGapOrOverlap) {
  const EchoModel model;
  for (const std::size_t samples : {100u, 999u, 1000u, 1001u, 1015u, 2405u, 7777u}) {
    const auto pcm = Ramp(samples);
    const auto whole = RunWindowed(model, pcm, {.window_seconds = 1.0, .margin_seconds = 0.2});
    ASSERT_TRUE(whole);
    ASSERT_EQ(whole->ctc.rows, samples / 10) << samples;
    for (std::size_t i = 0; i < whole->ctc.rows; ++i) {
      ASSERT_EQ(whole->ctc.at(i, 1), -static_cast<float>(i * 10))
          << samples << " samples, frame " << i;
    }
    EXPECT_EQ(whole->features.values, whole->ctc.values);
  }
}

TEST(WindowedModel, NeverShowsTheModelMoreThanAWindow) {
  const EchoModel model;
  ASSERT_TRUE(RunWindowed(model, Ramp(60000), {.window_seconds = 1.0, .margin_seconds = 0.2}));
  EXPECT_LE(model.longest_, 1000u);
}

TEST(WindowedModel, RefusesMarginsThatLeaveNothing) {
  const EchoModel model;
  EXPECT_EQ(
      RunWindowed(model, Ramp(5000), {.window_seconds = 1.0, .margin_seconds = 0.5}).error().code,
      Errc::kInvalidArgument);
}

}  // namespace
}  // namespace euphone
