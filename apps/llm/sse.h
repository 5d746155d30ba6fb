#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace euphone::llm {

struct SseEvent {
  std::string type;  ///< Of its field `event`; "error" where the data stood in a field `error`.
  std::string data;  ///< Lines joined by line feeds.
};

/// Reads server-sent events (WHATWG HTML, "text/event-stream"): any chunking gives the same events.
/// Comments, `id` and `retry` are left out. Pure.
class SseParser {
 public:
  /// No line and no event may be longer.
  explicit SseParser(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  /// Appends the events that end in `bytes`. Fails: kTooLarge; nothing can be read after that.
  Status Push(std::string_view bytes, std::vector<SseEvent>& events);

  /// Nothing more comes. Appends the last event where only the blank line behind it is missing.
  void Finish(std::vector<SseEvent>& events);

 private:
  void EndLine(std::vector<SseEvent>& events);
  void EndEvent(std::vector<SseEvent>& events);

  std::size_t most_bytes_;
  std::string line_;
  SseEvent event_;
  bool has_data_ = false;
  bool after_cr_ = false;
  bool first_line_ = true;
};

}  // namespace euphone::llm
