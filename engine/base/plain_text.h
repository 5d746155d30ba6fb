#pragma once

#include <string>
#include <string_view>

namespace euphone {

/// Runs of white space and control characters become one space, at the edges none.
std::string OneLine(std::string_view text);

/// `value` with so many digits after the point, whatever the locale. REQUIRES: a finite value.
std::string FixedDigits(double value, int decimals);

}  // namespace euphone
