#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace euphone::mcp {

/// Cuts a stream of bytes into lines, however the bytes come. A line over the limit is not kept,
/// only told of, and those after it come as they are. Pure.
class LineCutter {
 public:
  struct Line {
    std::string text;       ///< Without its end ("\n" or "\r\n").
    bool too_long = false;  ///< The text is empty then.
  };

  explicit LineCutter(std::size_t most_bytes) : most_(most_bytes) {}

  /// The lines that these bytes end.
  std::vector<Line> Add(std::string_view bytes);
  /// What came after the last end of a line; nothing where nothing did.
  std::optional<Line> Rest();

 private:
  void Append(std::string_view part);
  Line Take();

  const std::size_t most_;
  std::string begun_;
  bool too_long_ = false;
};

}  // namespace euphone::mcp
