#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/result.h"
#include "base/units.h"
#include "model/acoustic_model.h"

namespace euphone {

/// How a model hears audio piece by piece: a window of n * step_samples + overlap_samples samples
/// gives n * step_frames frames, and the next window begins n * step_samples later.
struct StreamSpec {
  std::int64_t step_samples = 0;
  std::int64_t overlap_samples = 0;  ///< What a step looks ahead beyond its own samples.
  std::size_t step_frames = 0;
  std::size_t chunk_steps = 0;  ///< Steps of the windows that the model was trained on.
};

/// One recording that is heard while it is spoken. Windows have the same number of steps however
/// the audio is cut into pieces, so that the answer does not depend on the cutting.
/// Thread: for one thread at a time.
class AcousticStream {
 public:
  virtual ~AcousticStream() = default;

  /// Windows have so many steps (≥ 1) from now on; at first chunk_steps. Longer ones cost less for
  /// a second of audio, and their frames come later.
  virtual void SetWindow(std::size_t steps) = 0;

  /// The frames that became known with `pcm` (mono, finite, in [-1, 1], any length); often none.
  /// They follow those given before on the model's grid. Fails: kInvalidArgument for a sample that
  /// is not finite; kInternal.
  virtual Result<Posteriors> Push(PcmView pcm) = 0;

  /// The last frames, for which no full window was there. Nothing may be pushed afterwards.
  virtual Result<Posteriors> Finish() = 0;
};

/// Thread: Start() may be called from several threads at once.
class StreamingModel {
 public:
  virtual ~StreamingModel() = default;
  /// As of an AcousticModel; the limits on length do not hold here.
  virtual const AcousticSpec& spec() const = 0;
  virtual const StreamSpec& stream_spec() const = 0;

  /// A stream at its beginning. The model must outlive it.
  virtual std::unique_ptr<AcousticStream> Start() const = 0;
};

}  // namespace euphone
