#include "live/heard_window.h"

#include <algorithm>

namespace euphone {
namespace {

/// Into a block of its size: one long take must not cost memory for the rest of the day.
void DropFirst(std::vector<float>& values, std::size_t count) {
  values = std::vector<float>(values.begin() + static_cast<std::ptrdiff_t>(count), values.end());
}

void DropRows(Matrix& table, std::size_t count) {
  table.rows -= count;
  DropFirst(table.values, count * table.columns);
}

}  // namespace

PcmView HeardWindow::Samples(std::int64_t begin, std::int64_t end) const {
  const std::int64_t first =
      std::clamp(begin - first_sample_, std::int64_t{0}, std::ssize(samples_));
  const std::int64_t last = std::clamp(end - first_sample_, first, std::ssize(samples_));
  return PcmView(samples_).subspan(static_cast<std::size_t>(first),
                                   static_cast<std::size_t>(last - first));
}

Posteriors HeardWindow::Frames(std::size_t begin) const {
  const std::size_t first = std::max(begin, first_frame_) - first_frame_;
  Posteriors part;
  AppendRows(posteriors_.ctc, first, posteriors_.ctc.rows, part.ctc);
  AppendRows(posteriors_.frames, first, posteriors_.frames.rows, part.frames);
  AppendRows(posteriors_.features, first, posteriors_.features.rows, part.features);
  return part;
}

void HeardWindow::Forget(std::int64_t sample, std::size_t frame) {
  const std::int64_t samples = std::min(sample - first_sample_, std::ssize(samples_));
  // Not each time a little: moving what is kept costs more than keeping it.
  if (samples > std::ssize(samples_) / 2) {
    DropFirst(samples_, static_cast<std::size_t>(samples));
    first_sample_ += samples;
  }
  if (frame <= first_frame_) return;
  const std::size_t frames = std::min(frame - first_frame_, posteriors_.ctc.rows);
  if (frames <= posteriors_.ctc.rows / 2) return;
  for (Matrix* table : {&posteriors_.ctc, &posteriors_.frames, &posteriors_.features})
    DropRows(*table, frames);
  first_frame_ += frames;
}

}  // namespace euphone
