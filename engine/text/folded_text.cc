#include "text/folded_text.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "text/fold_table.h"

namespace euphone {
namespace {

constexpr char32_t kFractionSlash = U'\u2044';
constexpr std::size_t kLongestDecomposition = 32;  // Unicode's is 18 (U+FDFA)

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool IsSuperscriptDigit(char32_t code) {
  return code == U'\u00B2' || code == U'\u00B3' || code == U'\u00B9' || code == U'\u2070' ||
         (code >= U'\u2074' && code <= U'\u2079');
}

bool IsEmoji(char32_t code) {
  return code >= 0x1F000 || (code >= 0x2600 && code <= 0x27BF) ||
         (code >= 0x2B05 && code <= 0x2B55);
}

class Folder {
 public:
  explicit Folder(std::size_t bytes) {
    text_.chars.reserve(bytes);
    text_.spans.reserve(bytes);
  }

  void Add(char32_t code, TextSpan span) {
    const bool superscript = IsSuperscriptDigit(code);
    if (superscript && !after_superscript_) Put('^', span);
    after_superscript_ = superscript || code == U'\u207B';
    if (code < 0x80) {
      AddAscii(static_cast<char>(code), span);
    } else if (const Fold* fold = FindFold(code)) {
      for (char c : fold->ascii) Put(c, span);
    } else {
      AddDecomposed(code, span);
    }
  }

  FoldedText Finish() && {
    text_.lower = text_.chars;
    std::ranges::transform(text_.lower, text_.lower.begin(), Lower);
    return std::move(text_);
  }

 private:
  void Put(char c, TextSpan span) {
    text_.chars.push_back(c);
    text_.spans.push_back(span);
  }

  void AddAscii(char c, TextSpan span) {
    const bool after_return = std::exchange(after_return_, c == '\r');
    if (c == '\n' && after_return) return;  // "\r\n" is one line end
    if (c == '\r' || c == '\n' || c == '\v' || c == '\f') {
      Put('\n', span);
    } else if (c == '\t') {
      Put(' ', span);
    } else if (c == '`') {
      Put('\'', span);
    } else if (c >= ' ' && c != '\x7f') {
      Put(c, span);
    }
  }

  void AddDecomposed(char32_t code, TextSpan span) {
    std::array<utf8proc_int32_t, kLongestDecomposition> parts{};
    int boundary = 0;
    const utf8proc_ssize_t count = utf8proc_decompose_char(
        static_cast<utf8proc_int32_t>(code), parts.data(),
        static_cast<utf8proc_ssize_t>(parts.size()),
        static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK),
        &boundary);
    const std::size_t length =
        std::min(static_cast<std::size_t>(std::max<utf8proc_ssize_t>(count, 0)), parts.size());
    std::string ascii;
    bool readable = length > 0;
    for (std::size_t i = 0; i < length && readable; ++i) {
      const auto part = static_cast<char32_t>(parts[i]);
      const Fold* fold = part < 0x80 ? nullptr : FindFold(part);
      if (part == kFractionSlash && !text_.chars.empty() && IsDigit(text_.chars.back())) {
        ascii.insert(ascii.begin(), ' ');  // "5½" is "5 1/2"
      }
      if (fold != nullptr) {
        ascii += fold->ascii;
      } else if (part < 0x80) {
        ascii.push_back(static_cast<char>(part));
      } else {
        readable = false;
      }
    }
    if (!readable) {
      AddUnreadable(code, span);
      return;
    }
    for (char c : ascii) {
      // A full stop inside a character ("㏂") ends no sentence; only typed braces are notation.
      if (c == '.' && length > 1) continue;
      Put(c == '{' || c == '}' || c == '\\' ? ' ' : c, span);
    }
  }

  void AddUnreadable(char32_t code, TextSpan span) {
    switch (utf8proc_category(static_cast<utf8proc_int32_t>(code))) {
      case UTF8PROC_CATEGORY_MN:
      case UTF8PROC_CATEGORY_MC:
      case UTF8PROC_CATEGORY_ME:
        if (!text_.spans.empty() && text_.spans.back().end == span.begin) {
          text_.spans.back().end = span.end;  // the mark belongs to the letter before it
        }
        return;
      case UTF8PROC_CATEGORY_CC:
      case UTF8PROC_CATEGORY_CF:
        if (code == U'\u0085') Put('\n', span);
        return;
      case UTF8PROC_CATEGORY_ZS:
        Put(' ', span);
        return;
      case UTF8PROC_CATEGORY_LU:
      case UTF8PROC_CATEGORY_LL:
      case UTF8PROC_CATEGORY_LT:
      case UTF8PROC_CATEGORY_LM:
      case UTF8PROC_CATEGORY_LO:
      case UTF8PROC_CATEGORY_ND:
      case UTF8PROC_CATEGORY_NL:
      case UTF8PROC_CATEGORY_NO:
        Put(mark::kForeign, span);
        return;
      default:
        Put(IsEmoji(code) ? mark::kEmoji : mark::kUnknown, span);
    }
  }

  FoldedText text_;
  bool after_superscript_ = false;
  bool after_return_ = false;
};

}  // namespace

Result<FoldedText> FoldText(std::string_view utf8) {
  Folder folder(utf8.size());
  std::size_t at = 0;
  while (at < utf8.size()) {
    utf8proc_int32_t code = 0;
    const utf8proc_ssize_t length =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(utf8.data()) + at,
                         static_cast<utf8proc_ssize_t>(utf8.size() - at), &code);
    if (length <= 0) {
      return Error{Errc::kInvalidArgument, "text: not valid UTF-8 at byte " + std::to_string(at) +
                                               "; save it as UTF-8 and try again"};
    }
    const std::size_t end = at + static_cast<std::size_t>(length);
    folder.Add(static_cast<char32_t>(code), {at, end});
    at = end;
  }
  return std::move(folder).Finish();
}

}  // namespace euphone
