#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace euphone {

/// What a book says, for LessonOfText: EPUB 2 and 3, without digital rights management.
struct BookText {
  std::string title;  ///< Empty where it has none.
  std::string text;   ///< UTF-8; its paragraphs with empty lines between them, in reading order.
};

/// Reads a book from memory: its chapters in the order of its spine, their headings, paragraphs,
/// list items and quotations, without notes for machines. Fails: kUnsupported (no EPUB, or locked),
/// kCorrupt (a part is missing or is no XML), kTooLarge (over 64 MiB unpacked, or 2,000 chapters).
Result<BookText> TextOfEpub(std::string_view content);

}  // namespace euphone
