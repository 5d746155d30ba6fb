#include "model/input_checks.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <variant>

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

Status CheckFinite(PcmView pcm) {
  if (std::ranges::all_of(pcm, [](float sample) { return std::isfinite(sample); })) return {};
  return Error{Errc::kInvalidArgument, "the recording holds samples that are not finite"};
}

Status CheckLetters(std::span<const std::int64_t> letters, const GraphemeSpec& spec) {
  if (letters.empty()) return Error{Errc::kInvalidArgument, "a word without letters"};
  const auto count = static_cast<std::int64_t>(spec.letters.size());
  if (std::ranges::all_of(letters, [&](std::int64_t id) { return id >= 0 && id < count; }))
    return {};
  return Error{Errc::kInvalidArgument, "a letter that " + spec.name + " does not know"};
}

Result<const AcousticEntry*> AcousticEntryOf(const Bundle& bundle) {
  const auto* entry = std::get_if<AcousticEntry>(&bundle.manifest().model);
  if (entry == nullptr)
    return Error{Errc::kInvalidArgument, bundle.name() + ": not an acoustic bundle"};
  return entry;
}

Status CheckStreams(const Bundle& bundle, const AcousticEntry& entry) {
  if (entry.stream) return {};
  return Error{Errc::kUnsupported, bundle.name() +
                                       ": hears whole recordings only, no live speech; choose a "
                                       "bundle that streams"};
}

}  // namespace euphone
