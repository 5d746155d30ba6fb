#include "session/windowed_model.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace euphone {
Result<Posteriors> RunWindowed(const AcousticModel& model, PcmView pcm,
                               const WindowConfig& config) {
  const FrameGrid& grid = model.spec().grid;
  // In frames, so that every window starts on the grid.
  const auto frames_in = [&](double seconds) {
    return static_cast<std::size_t>(SamplesIn(Millis{seconds * 1000.0}, grid.rate) / grid.hop);
  };
  const std::size_t window = frames_in(config.window_seconds);
  const std::size_t margin = frames_in(config.margin_seconds);
  const auto hop = static_cast<std::size_t>(grid.hop);
  if (window <= 2 * margin)
    return Error{Errc::kInvalidArgument, "windows must be longer than both their margins"};
  const Error stopped{Errc::kIo, "stopped before its end"};
  if (pcm.size() <= window * hop) {
    if (config.stopped && config.stopped()) return stopped;
    return model.Run(pcm);
  }

  Posteriors whole;
  for (std::size_t start = 0;; start += window - 2 * margin) {
    if (config.stopped && config.stopped()) return stopped;
    const bool last = (start + window) * hop >= pcm.size();
    const std::size_t from = start * hop;
    auto part = model.Run(pcm.subspan(from, last ? pcm.size() - from : window * hop));
    if (!part) return part.error();
    const std::size_t rows = part->ctc.rows;
    const std::size_t first_kept = whole.ctc.rows - start;
    const std::size_t last_kept = last ? rows : std::min(rows, window - margin);
    if (first_kept > last_kept)
      return Error{Errc::kInternal, "the model gave fewer frames than its grid promises"};
    AppendRows(part->ctc, first_kept, last_kept, whole.ctc);
    AppendRows(part->frames, first_kept, last_kept, whole.frames);
    if (part->features.rows != 0) {
      if (part->features.rows != rows)
        return Error{Errc::kInternal, "the model gave features for other frames than it heard"};
      AppendRows(part->features, first_kept, last_kept, whole.features);
    }
    if (last) return whole;
  }
}

}  // namespace euphone
