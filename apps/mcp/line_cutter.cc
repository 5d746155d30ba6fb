#include "mcp/line_cutter.h"

#include <utility>

namespace euphone::mcp {

void LineCutter::Append(std::string_view part) {
  if (too_long_) return;
  // One byte more, for a line may end in "\r\n".
  too_long_ = begun_.size() + part.size() > most_ + 1;
  if (too_long_)
    begun_ = {};
  else
    begun_ += part;
}

LineCutter::Line LineCutter::Take() {
  Line line{.text = std::exchange(begun_, {}), .too_long = std::exchange(too_long_, false)};
  if (line.text.ends_with('\r')) line.text.pop_back();
  if (line.text.size() > most_) line = {.text = {}, .too_long = true};
  return line;
}

std::vector<LineCutter::Line> LineCutter::Add(std::string_view bytes) {
  std::vector<Line> lines;
  for (std::size_t begin = 0; begin < bytes.size();) {
    const std::size_t end = bytes.find('\n', begin);
    Append(bytes.substr(begin, end - begin));
    if (end == std::string_view::npos) break;
    lines.push_back(Take());
    begin = end + 1;
  }
  return lines;
}

std::optional<LineCutter::Line> LineCutter::Rest() {
  if (begun_.empty() && !too_long_) return std::nullopt;
  return Take();
}

}  // namespace euphone::mcp
