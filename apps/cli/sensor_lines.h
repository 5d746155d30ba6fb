#pragma once

#include <optional>
#include <string>

#include "base/result.h"

namespace euphone::cli {

/// Lines of a file or of standard input as they come. Memory: a line, at most 64 KiB, and a block.
class LineSource {
 public:
  /// `name`: a path; "-" is standard input. `follow`: the end of the file is waited at for more,
  /// as `tail -f` does. Fails: kNotFound, kIo.
  static Result<LineSource> Open(const std::string& name, bool follow);
  LineSource(LineSource&& other) noexcept;
  LineSource& operator=(LineSource&&) = delete;
  ~LineSource();

  /// The next line without its line break; nothing at the end, or where Interrupted(). Fails: kIo,
  /// kTooLarge for a longer line.
  Result<std::optional<std::string>> Next();

 private:
  LineSource(int descriptor, bool own, bool follow);
  /// Reads another block; false at the end.
  Result<bool> Fill();

  int descriptor_;
  bool own_;
  bool follow_;
  std::string held_;
  std::size_t place_ = 0;
};

}  // namespace euphone::cli
