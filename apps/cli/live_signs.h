#pragma once

#include <string>
#include <string_view>

#include "live_view.h"
#include "report/styled_text.h"

namespace euphone::cli {

/// The signs of a terminal that shows Unicode, or of one that shows ASCII only.
struct LiveSigns {
  std::string_view clear, slight, unsure, hard, wrong, left_out, partial, cursor;
  std::string_view lit, unlit, listening, stopped, playing, opening, failed, more;
};
extern const LiveSigns kUnicodeSigns;
extern const LiveSigns kAsciiSigns;

/// How a word looks, and what that means.
Sign LookOf(const ViewWord& word, const LiveSigns& signs);
Sign LookOf(Band band, const LiveSigns& signs);

/// UTF-8 with what ASCII has for its quotes and dashes, and "?" for what it has nothing for.
std::string InAscii(std::string_view utf8);

}  // namespace euphone::cli
