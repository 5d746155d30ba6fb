#pragma once

#include <functional>

#include "base/result.h"
#include "base/units.h"
#include "model/acoustic_model.h"

namespace euphone {

/// How a long recording is cut so that attention stays affordable and within what the model was
/// trained on.
struct WindowConfig {
  double window_seconds = 16.0;  ///< Length of one model run.
  double margin_seconds = 2.0;   ///< Context on each side of a cut whose frames are thrown away.
  /// Asked before each window, in the thread that runs them; true ends the run. May be null.
  std::function<bool()> stopped = nullptr;
};

/// Runs `model` over `pcm` of any length, window by window, and joins the frames on one grid: frame
/// i of the result is centred on spec().grid.first_centre + i * hop of `pcm`, as if the model had
/// seen it whole. Fails: what AcousticModel::Run fails with; kInvalidArgument if margins leave
/// nothing of a window; kIo where it was stopped.
Result<Posteriors> RunWindowed(const AcousticModel& model, PcmView pcm, const WindowConfig& config);

}  // namespace euphone
