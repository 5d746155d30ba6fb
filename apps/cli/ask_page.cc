#include "ask_page.h"

#include <algorithm>

#include "terminal.h"

namespace euphone::cli {
namespace {

/// Breaks a line at blanks; what follows the first is indented as `indent` says.
std::string Folded(const std::string& text, const std::string& first, const std::string& indent) {
  const auto width = static_cast<std::size_t>(TerminalWidth());
  std::string page, line = first;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const std::string word = text.substr(begin, end - begin);
    begin = end + 1;
    const bool blank = line == first || line == indent;
    if (!blank && line.size() + 1 + word.size() > width) {
      page += line + "\n";
      line = indent + word;
    } else {
      line += (blank ? "" : " ") + word;
    }
  }
  return page + line + "\n";
}

std::string Faint(const std::string& text) {
  return UseColour(ColourMode::kAuto) ? "\033[2m" + text + "\033[0m" : text;
}

std::string Bold(const std::string& text) {
  return UseColour(ColourMode::kAuto) ? "\033[1m" + text + "\033[0m" : text;
}

std::string Quoted(const AnswerPart& part) {
  std::string page = Bold(TitleOf(part)) + " " + Faint("[" + part.passage + "]") + "\n";
  const bool tips = !part.heading.empty();
  for (const std::string& line : part.lines)
    page += tips ? Folded(line, "  • ", "    ") : Folded(line, "  ", "  ");
  return page;
}

std::string Composed(const ComposedAnswer& composed) {
  std::string page;
  for (std::size_t begin = 0; begin < composed.text.size();) {
    const std::size_t end = std::min(composed.text.find('\n', begin), composed.text.size());
    page += Folded(composed.text.substr(begin, end - begin), "", "");
    begin = end + 1;
  }
  page += "\n" + Faint("Written by " + composed.model + " out of these passages:") + "\n";
  for (const std::string& passage : composed.passages) page += Faint("  [" + passage + "]") + "\n";
  return page;
}

}  // namespace

std::string AskPage(const TutorReply& told) {
  std::string page;
  for (const std::string& line : told.record) page += Folded(line, "", "  ");
  if (told.composed) return page + (page.empty() ? "" : "\n") + Composed(*told.composed);
  for (const AnswerPart& part : told.answer->parts)
    page += (page.empty() ? "" : "\n") + Quoted(part);
  if (told.answer->parts.empty()) page += Folded(std::string(kNothingKnown), "", "");
  return page;
}

}  // namespace euphone::cli
