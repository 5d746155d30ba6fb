#include "lesson/lesson_text.h"

#include <algorithm>

#include "text/text_normalizer.h"

namespace euphone {
namespace {

constexpr std::size_t kMostTextBytes = std::size_t{4} << 20;

/// The next paragraph, up to an empty line; takes it off `rest`.
std::string_view CutParagraph(std::string_view& rest) {
  std::size_t line = 0;
  while (line < rest.size()) {
    const std::size_t end = std::min(rest.find('\n', line), rest.size());
    const std::string_view content = rest.substr(line, end - line);
    if (content.find_first_not_of(" \t\r") == std::string_view::npos) break;
    line = std::min(end + 1, rest.size());
  }
  const std::string_view paragraph = rest.substr(0, line);
  rest.remove_prefix(line);
  rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n"), rest.size()));
  return paragraph;
}

/// In one line, braces written as themselves.
std::string Plain(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    if (c == '\n' || c == '\r' || c == '\t') {
      if (!plain.empty() && plain.back() != ' ') plain += ' ';
    } else {
      if (c == '{' || c == '}') plain += '\\';
      plain += c;
    }
  }
  return plain;
}

}  // namespace

Result<LessonPack> LessonOfText(std::string_view utf8, const std::string& name,
                                const std::string& title) {
  if (utf8.size() > kMostTextBytes)
    return Error{Errc::kTooLarge, title + ": a text may have 4 MiB at most; bring in a part of it"};
  if (utf8.starts_with("\xEF\xBB\xBF")) utf8.remove_prefix(3);
  LessonPack pack{.name = name, .title = title.empty() ? name : title, .language = "", .items = {}};
  std::string why = "there is no sentence in it";
  while (!utf8.empty()) {
    const std::string paragraph = Plain(CutParagraph(utf8));
    const auto script = NormalizeText(paragraph, {.max_bytes = paragraph.size() + 1});
    if (!script) {
      why = script.error().message;
      continue;
    }
    for (const SentenceSpan& sentence : script->sentences) {
      if (pack.items.size() == LessonPack::kMostItems) {
        return Error{Errc::kTooLarge, title + ": more than " +
                                          std::to_string(LessonPack::kMostItems) +
                                          " sentences; bring in a part of it"};
      }
      LessonItem item;
      item.id = std::to_string(pack.items.size() + 1);
      item.text =
          script->original.substr(sentence.span.begin, sentence.span.end - sentence.span.begin);
      pack.items.push_back(std::move(item));
    }
  }
  if (pack.items.empty()) return Error{Errc::kInvalidArgument, pack.title + ": " + why};
  return pack;
}

}  // namespace euphone
