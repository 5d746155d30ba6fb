#include "session/second_look.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace euphone {
namespace {

/// By word; true for those taken for left out.
std::vector<bool> LeftOut(const Alignment& alignment, std::size_t words) {
  std::vector<bool> left_out(words, false);
  for (const Reading& reading : alignment.readings) {
    if (reading.kind == ReadingKind::kOmitted) left_out[reading.word] = true;
  }
  return left_out;
}

/// Geometric mean of the phones' lengths.
double PhoneSeconds(const Reading& reading, const FrameGrid& grid) {
  double sum = 0.0;
  for (const PhoneSpan& phone : reading.phones)
    sum += std::log(static_cast<double>(phone.end - phone.begin));
  const double frames = std::exp(sum / static_cast<double>(reading.phones.size()));
  return frames * static_cast<double>(grid.hop) / grid.rate.hz;
}

}  // namespace

Result<Alignment> LookAgain(const AlignedReading& first, std::vector<AlignWord> words,
                            const AlignConfig& align, const SecondLookConfig& config) {
  if (first.alignment.settled) return first.alignment;
  const std::vector<bool> left_out = LeftOut(first.alignment, words.size());
  if (std::find(left_out.begin(), left_out.end(), true) == left_out.end()) return first.alignment;
  const auto aligned = [&](const std::vector<AlignWord>& with) {
    return Align(first.posteriors.ctc, first.posteriors.frames, with, align);
  };
  std::vector<AlignWord> all = words;
  for (AlignWord& word : all) word.required = true;
  const auto whole = aligned(all);
  if (!whole) return whole.error();
  bool any = false;
  for (const Reading& reading : whole->readings) {
    if (reading.kind != ReadingKind::kRead || !left_out[reading.word]) continue;
    if (PhoneSeconds(reading, first.grid) < config.phone_seconds) continue;
    words[reading.word].required = true;
    any = true;
  }
  if (!any) return first.alignment;
  return aligned(words);
}

}  // namespace euphone
