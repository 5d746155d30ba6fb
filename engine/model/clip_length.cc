#include "model/clip_length.h"

#include <cmath>
#include <string>

namespace euphone {
namespace {

/// "1.5 s"
std::string Seconds(std::int64_t samples, const AcousticSpec& spec) {
  const double tenths = std::round(10.0 * SecondsIn(samples, spec.grid.rate));
  const std::string digits = std::to_string(static_cast<std::int64_t>(tenths));
  return (digits.size() < 2 ? "0" : digits.substr(0, digits.size() - 1)) + "." + digits.back() +
         " s";
}

}  // namespace

Status CheckClipLength(PcmView pcm, const AcousticSpec& spec) {
  const auto samples = static_cast<std::int64_t>(pcm.size());
  if (samples < spec.min_samples) {
    return Error{Errc::kInvalidArgument, "the recording is too short: " + Seconds(samples, spec) +
                                             ", at least " + Seconds(spec.min_samples, spec) +
                                             " are needed"};
  }
  if (samples > spec.max_samples) {
    return Error{Errc::kTooLarge, "the recording is too long: " + Seconds(samples, spec) +
                                      ", at most " + Seconds(spec.max_samples, spec) +
                                      " can be judged at once"};
  }
  return {};
}

}  // namespace euphone
