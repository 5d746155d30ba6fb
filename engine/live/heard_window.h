#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/units.h"
#include "model/acoustic_model.h"

namespace euphone {

/// The last stretch of a stream: its samples, and what the model said of them. Frames and samples
/// are counted from the beginning of the stream, whatever has been let go.
class HeardWindow {
 public:
  void AddSamples(PcmView pcm) { samples_.insert(samples_.end(), pcm.begin(), pcm.end()); }
  void AddFrames(const Posteriors& posteriors) { Append(posteriors, posteriors_); }

  std::int64_t samples_end() const { return first_sample_ + std::ssize(samples_); }
  std::size_t frames_end() const { return first_frame_ + posteriors_.ctc.rows; }
  std::int64_t first_sample() const { return first_sample_; }
  std::size_t first_frame() const { return first_frame_; }

  /// Samples [begin, end), as far as they are there; valid until something is added.
  PcmView Samples(std::int64_t begin, std::int64_t end) const;

  /// Frames [begin, frames_end()), as far as they are there; a copy.
  Posteriors Frames(std::size_t begin) const;

  const Matrix& framewise() const { return posteriors_.frames; }

  /// Lets go what lies before; what is kept costs at most as much again.
  void Forget(std::int64_t sample, std::size_t frame);

 private:
  std::vector<float> samples_;
  Posteriors posteriors_;
  std::int64_t first_sample_ = 0;
  std::size_t first_frame_ = 0;
};

}  // namespace euphone
