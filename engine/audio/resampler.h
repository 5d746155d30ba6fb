#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace euphone {

/// Changes the sample rate of a mono stream (libsoxr, HQ: pass band to 91 % of the lower Nyquist
/// frequency, stop band below -100 dB, linear phase).
/// Any chunking gives the same samples, and sample 0 of the output is the time of sample 0 of the
/// input. Output runs behind by the filter: under 50 ms of audio for 48 kHz to 16 kHz.
/// Equal rates copy. Thread: one at a time.
class Resampler {
 public:
  /// Fails: kInvalidArgument where a rate is outside kMinRate to kMaxRate of raw_format.h.
  static Result<Resampler> Create(SampleRate in, SampleRate out);

  Resampler(Resampler&&) noexcept;
  Resampler& operator=(Resampler&&) noexcept;
  ~Resampler();

  /// Appends to `out` what is ready. Samples must be finite. Fails: kInternal; kInvalidArgument
  /// after Finish().
  Status Push(PcmView chunk, std::vector<float>& out);

  /// Appends the rest: in total round(samples in * out rate / in rate). Fails: kInternal;
  /// kInvalidArgument when called twice.
  Status Finish(std::vector<float>& out);

 private:
  struct Converter;

  Resampler(SampleRate in, SampleRate out, std::unique_ptr<Converter> converter);
  std::int64_t OutputLength() const;

  SampleRate in_;
  SampleRate out_;
  std::unique_ptr<Converter> converter_;  ///< Null where the rates are equal.
  std::int64_t taken_ = 0;
  std::int64_t given_ = 0;
  bool finished_ = false;
};

/// All samples at another rate. Fails: as Resampler.
Result<std::vector<float>> Resampled(PcmView samples, SampleRate from, SampleRate to);

}  // namespace euphone
