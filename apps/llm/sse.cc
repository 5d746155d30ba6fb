#include "llm/sse.h"

#include <utility>

namespace euphone::llm {

Status SseParser::Push(std::string_view bytes, std::vector<SseEvent>& events) {
  while (!bytes.empty()) {
    if (std::exchange(after_cr_, false) && bytes.front() == '\n') {
      bytes.remove_prefix(1);
      continue;
    }
    const std::size_t end = bytes.find_first_of("\r\n");
    line_ += bytes.substr(0, end);
    if (line_.size() + event_.data.size() > most_bytes_) {
      return Error{Errc::kTooLarge,
                   "an event has more than " + std::to_string(most_bytes_) + " bytes"};
    }
    if (end == std::string_view::npos) return {};
    after_cr_ = bytes[end] == '\r';
    bytes.remove_prefix(end + 1);
    EndLine(events);
  }
  return {};
}

void SseParser::Finish(std::vector<SseEvent>& events) {
  if (!line_.empty()) EndLine(events);
  EndEvent(events);
}

void SseParser::EndLine(std::vector<SseEvent>& events) {
  std::string line = std::exchange(line_, {});
  if (std::exchange(first_line_, false) && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
  if (line.empty()) {
    EndEvent(events);
    return;
  }
  const std::size_t colon = line.find(':');
  const std::string_view name = std::string_view(line).substr(0, colon);
  std::string_view value =
      colon == std::string::npos ? std::string_view() : std::string_view(line).substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  if (name == "data" || name == "error") {
    if (has_data_) event_.data += '\n';
    event_.data += value;
    has_data_ = true;
    if (name == "error") event_.type = "error";
  } else if (name == "event") {
    event_.type = value;
  }
}

void SseParser::EndEvent(std::vector<SseEvent>& events) {
  SseEvent event = std::exchange(event_, {});
  if (std::exchange(has_data_, false)) events.push_back(std::move(event));
}

}  // namespace euphone::llm
