#include "report/styled_text.h"

#include <utf8proc.h>

#include <algorithm>

namespace euphone {
namespace {

std::string_view Code(Style style) {
  switch (style) {
    case Style::kPlain:
      return "\x1b[0m";
    case Style::kBold:
      return "\x1b[0;1m";
    case Style::kDim:
      return "\x1b[0;2m";
    case Style::kClear:
      return "\x1b[0;32m";
    case Style::kSlight:
      return "\x1b[0;36m";
    case Style::kHard:
      return "\x1b[0;33m";
    case Style::kWrong:
      return "\x1b[0;35m";
    case Style::kUnsure:
      return "\x1b[0;2;3m";
    case Style::kChosen:
      return "\x1b[0;7m";
  }
  return "";
}

std::string Encoded(utf8proc_int32_t codepoint) {
  utf8proc_uint8_t bytes[4];
  const utf8proc_ssize_t size = utf8proc_encode_char(codepoint, bytes);
  return {bytes, bytes + size};
}

bool IsDirectional(utf8proc_int32_t c) {
  return c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/// What may be shown for the code point: itself, a space for white space and controls, 0 for
/// nothing.
utf8proc_int32_t Shown(utf8proc_int32_t c) {
  if (c == '\n') return c;
  if (IsDirectional(c) || c == 0xfeff) return 0;
  const utf8proc_category_t category = utf8proc_category(c);
  const bool blank = category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_ZL ||
                     category == UTF8PROC_CATEGORY_ZP;
  return blank ? ' ' : c;
}

void AppendRun(std::string& out, std::string_view text, Style style, bool colour, Style& current) {
  if (colour && style != current && text != " ") {
    out += Code(style);
    current = style;
  }
  out += text;
}

}  // namespace

StyledText& StyledText::Add(std::string_view utf8, Style style, std::string_view mark) {
  constexpr utf8proc_int32_t kEmojiForm = 0xfe0f;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(utf8.data());
  auto left = static_cast<utf8proc_ssize_t>(utf8.size());
  utf8proc_int32_t previous = -1;
  utf8proc_int32_t state = 0;
  while (left > 0) {
    utf8proc_int32_t codepoint = -1;
    utf8proc_ssize_t size = utf8proc_iterate(bytes, left, &codepoint);
    if (size < 1) {
      size = 1;
      codepoint = 0xfffd;
    }
    bytes += size;
    left -= size;
    codepoint = Shown(codepoint);
    if (codepoint == 0) continue;
    const int columns = utf8proc_charwidth(codepoint);
    const bool joins =
        previous >= 0 && !utf8proc_grapheme_break_stateful(previous, codepoint, &state);
    previous = codepoint;
    if (joins) {
      Cell& cell = cells_.back();
      cell.text += Encoded(codepoint);
      cell.columns = codepoint == kEmojiForm ? 2 : std::max(cell.columns, columns);
    } else {
      cells_.push_back({Encoded(codepoint), columns, style, mark});
    }
  }
  return *this;
}

int StyledText::columns() const {
  int sum = 0;
  for (const Cell& cell : cells_) sum += cell.columns;
  return sum;
}

std::vector<std::vector<Cell>> Wrap(const StyledText& text, int columns) {
  std::vector<std::vector<Cell>> lines(1);
  int used = 0;
  std::size_t last_space = 0;  // In the current line; 0: none (a line never starts with a space).
  for (const Cell& cell : text.cells()) {
    if (cell.text == "\n") {
      lines.emplace_back();
      used = 0;
      last_space = 0;
      continue;
    }
    if (used + cell.columns > columns && cell.text != " ") {
      std::vector<Cell>& line = lines.back();
      const std::size_t cut = last_space > 0 ? last_space + 1 : line.size();
      std::vector<Cell> rest(line.begin() + static_cast<std::ptrdiff_t>(cut), line.end());
      line.resize(last_space > 0 ? last_space : cut);
      used = 0;
      for (const Cell& moved : rest) used += moved.columns;
      lines.push_back(std::move(rest));
      last_space = 0;
    }
    std::vector<Cell>& line = lines.back();
    if (cell.text == " ") {
      if (line.empty()) continue;
      last_space = line.size();
    }
    line.push_back(cell);
    used += cell.columns;
  }
  for (std::vector<Cell>& line : lines) {
    while (!line.empty() && line.back().text == " ") line.pop_back();
  }
  return lines;
}

std::string Render(const std::vector<Cell>& line, bool colour) {
  std::string out;
  Style current = Style::kPlain;
  for (const Cell& cell : line) AppendRun(out, cell.text, cell.style, colour, current);
  if (current != Style::kPlain) out += Code(Style::kPlain);
  return out;
}

std::string RenderMarks(const std::vector<Cell>& line, bool colour) {
  std::string out;
  std::string gap;
  Style current = Style::kPlain;
  for (const Cell& cell : line) {
    const auto columns = static_cast<std::size_t>(cell.columns);
    if (cell.mark.empty()) {
      gap.append(columns, ' ');
      continue;
    }
    out += gap;
    gap.clear();
    for (std::size_t i = 0; i < columns; ++i) {
      AppendRun(out, cell.mark, cell.style, colour, current);
    }
  }
  if (current != Style::kPlain) out += Code(Style::kPlain);
  return out;
}

}  // namespace euphone
