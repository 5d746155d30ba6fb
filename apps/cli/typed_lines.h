#pragma once

#include <memory>
#include <string>

namespace euphone::cli {

/// Where a user's lines come from: a terminal, where they can be edited and called back, or
/// anything else, line by line. Ctrl-C ends the wait for one. Thread: one at a time.
class TypedLines {
 public:
  /// `edited`: standard input and output are a terminal.
  explicit TypedLines(bool edited);
  ~TypedLines();

  enum class Got { kLine, kEnd, kInterrupted, kTooLong };

  /// The next line without its end. `prompt` is shown on a terminal only.
  Got Read(const std::string& prompt, std::string& line);

  static constexpr std::size_t kLongest = std::size_t{64} << 10;  ///< Bytes of a line.

 private:
  struct Editor;
  Got ReadPlain(std::string& line);

  std::unique_ptr<Editor> editor_;  ///< Null: lines are read as they are.
  std::string waiting_;
  bool ended_ = false;
};

}  // namespace euphone::cli
