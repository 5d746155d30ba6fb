#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/plain_text.h"
#include "score/analysis.h"
#include "text/script.h"

namespace euphone {

/// `value` with at most `decimals` digits after the point, no trailing zeros, never "-0"; empty if
/// it is not finite. Independent of the locale.
std::string Decimal(double value, int decimals);

/// `value` rounded half away from zero to `decimals` digits; −0 becomes 0.
double Rounded(double value, int decimals);

/// The instant in seconds.
inline double Seconds(const Analysis& analysis, std::int64_t sample) {
  return SecondsIn(sample, SampleRate{analysis.rate});
}

/// The text as people read it, from `span` of the original, in one line: "{word|P R AH0 N}" gives
/// "word", "\{" gives "{".
std::string WrittenText(std::string_view original, TextSpan span);

/// Which bytes of the original belong to markup (docs/formats/text.md) and are not shown.
std::vector<bool> MarkupBytes(std::string_view original);

/// UTF-16 code units before each byte offset of a valid UTF-8 text: browsers and Java count these.
class Utf16Offsets {
 public:
  explicit Utf16Offsets(std::string_view utf8);
  /// REQUIRES: byte ≤ length of the text.
  std::size_t At(std::size_t byte) const { return units_[byte]; }

 private:
  std::vector<std::size_t> units_;
};

}  // namespace euphone
