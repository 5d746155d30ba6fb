#pragma once

#include <vector>

#include "base/result.h"
#include "text/folded_text.h"
#include "text/token.h"

namespace euphone {

/// Cuts folded text into tokens and a final kEnd; white space is dropped. A
/// blank line, and a line that begins as a list item ("2. ", "- "), gives a kParagraph. The text
/// must outlive the tokens.
/// "\{" and "\}" are plain brackets. Fails: kInvalidArgument on a malformed {word|P R AH0 N},
/// naming the byte of the original: a missing part or brace, a word with anything but letters and
/// inner apostrophes, a phone that is not one to three letters and perhaps a stress digit 0-2.
Result<std::vector<Token>> Tokenize(const FoldedText& text);

}  // namespace euphone
