#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/matrix.h"
#include "base/result.h"
#include "base/units.h"

namespace euphone {

/// Where the frames of a model lie in the audio. Frame i is centred on sample first_centre + i *
/// hop.
struct FrameGrid {
  SampleRate rate{16000};
  std::int64_t hop = 0;           ///< Samples from one frame to the next.
  std::int64_t first_centre = 0;  ///< Sample at the centre of frame 0.

  /// The boundary before frame i: half a hop before its centre, never negative.
  std::int64_t BoundaryBefore(std::size_t frame) const {
    const std::int64_t at = first_centre + static_cast<std::int64_t>(frame) * hop - hop / 2;
    return at < 0 ? 0 : at;
  }
};

/// What a model expects and gives; read from its bundle, never written in code.
struct AcousticSpec {
  std::string name;     ///< Bundle name, e.g. "en-us-standard".
  std::string version;  ///< Bundle version.
  std::string label() const { return name + " " + version; }
  FrameGrid grid;
  std::int64_t min_samples = 0;  ///< Shorter clips are refused.
  std::int64_t max_samples = 0;  ///< Longer clips are refused.
  std::vector<std::string>
      classes;  ///< Columns of both outputs: blank (or silence), then ARPAbet phones.
  std::size_t feature_width = 0;  ///< Columns of Posteriors::features; 0: there are none.
};

/// Natural-log probabilities for one clip, [frames, classes], and what else a scorer may want to
/// know of each frame; all on the same grid.
struct Posteriors {
  Matrix ctc;            ///< CTC: peaky, column 0 is the blank. Says what was spoken.
  Matrix frames;         ///< Framewise: column 0 is silence. Says when.
  Matrix features = {};  ///< [frames, feature_width], for a ScoringModel; empty if there are none.
};

/// Frames that follow those of `to` on the same grid.
inline void Append(const Posteriors& from, Posteriors& to) {
  AppendRows(from.ctc, 0, from.ctc.rows, to.ctc);
  AppendRows(from.frames, 0, from.frames.rows, to.frames);
  AppendRows(from.features, 0, from.features.rows, to.features);
}

/// Turns speech into phone log-probabilities.
/// Thread: Run() may be called from several threads at once.
class AcousticModel {
 public:
  virtual ~AcousticModel() = default;
  virtual const AcousticSpec& spec() const = 0;

  /// `pcm`: mono at spec().grid.rate, finite, in [-1, 1]. Fails: kInvalidArgument (too short),
  /// kTooLarge, kInternal.
  virtual Result<Posteriors> Run(PcmView pcm) const = 0;
};

}  // namespace euphone
