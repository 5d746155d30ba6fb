#pragma once

#include <cmath>
#include <functional>
#include <span>
#include <utility>

#include "model/acoustic_model.h"

namespace euphone {

/// A column of the outputs (0: blank and silence) held for some frames.
struct ScriptedSegment {
  std::size_t column = 0;
  std::size_t frames = 0;
};

/// Posteriors of a model that hears exactly `segments`: framewise the column all along; CTC one
/// peak in the middle frame of each segment and blanks elsewhere. The column said gets
/// `probability`, the others share the rest. REQUIRES: classes >= 2; columns below it.
inline Posteriors ScriptedPosteriors(std::size_t classes, std::span<const ScriptedSegment> segments,
                                     double probability = 0.98) {
  std::size_t total = 0;
  for (const ScriptedSegment& segment : segments) total += segment.frames;
  const double rest = (1.0 - probability) / static_cast<double>(classes - 1);
  const auto low = static_cast<float>(std::log(rest));
  const auto high = static_cast<float>(std::log(probability));
  Posteriors posteriors{Matrix::Filled(total, classes, low), Matrix::Filled(total, classes, low)};
  std::size_t frame = 0;
  for (const ScriptedSegment& segment : segments) {
    for (std::size_t i = 0; i < segment.frames; ++i, ++frame) {
      posteriors.frames.row(frame)[segment.column] = high;
      posteriors.ctc.row(frame)[i == segment.frames / 2 ? segment.column : 0] = high;
    }
  }
  return posteriors;
}

/// An acoustic model that answers what a test tells it to.
/// Thread: as safe as the script.
class FakeAcousticModel final : public AcousticModel {
 public:
  using Script = std::function<Result<Posteriors>(PcmView pcm)>;

  FakeAcousticModel(AcousticSpec spec, Script script)
      : spec_(std::move(spec)), script_(std::move(script)) {}
  /// Answers the same whatever the clip.
  FakeAcousticModel(AcousticSpec spec, Posteriors posteriors)
      : FakeAcousticModel(std::move(spec), [answer = std::move(posteriors)](PcmView) {
          return Result<Posteriors>(answer);
        }) {}

  const AcousticSpec& spec() const override { return spec_; }
  Result<Posteriors> Run(PcmView pcm) const override { return script_(pcm); }

 private:
  AcousticSpec spec_;
  Script script_;
};

}  // namespace euphone
