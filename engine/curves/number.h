#pragma once

#include <string>

namespace euphone {

/// With at most so many digits after the point, no trailing zeros, never "-0"; of a large or tiny
/// number as many digits as are worth reading. "–" where it is not finite. In no locale.
std::string Figure(double value, int decimals);

/// `value` rounded to so many digits after the point; what is not finite stays.
double RoundedTo(double value, int decimals);

/// "20 more practices", "1 more practice"; "never" where it is not finite.
std::string CountOf(double count, const std::string& one);

}  // namespace euphone
