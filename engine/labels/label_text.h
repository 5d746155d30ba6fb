#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "labels/labels.h"

namespace euphone {

/// What readers and writers of labels have in common. Internal to this module.

/// The same text in UTF-8: UTF-16 with a byte order mark is turned into it, a mark of UTF-8 is
/// dropped. Fails: kCorrupt for half a character.
Result<std::string> AsUtf8(std::string_view content);

/// A number, and nothing but it; absent for anything else, and what is not finite.
std::optional<double> NumberIn(std::string_view field);

/// Seconds with at most so many digits, no trailing zeros, whatever the locale.
std::string Digits(double seconds, int decimals);

/// Lines without their ends, "\n" or "\r\n".
std::vector<std::string_view> LinesOf(std::string_view text);

/// Sets `seconds` to the last label's end where that is later.
void CoverLabels(Labels& labels);

}  // namespace euphone
