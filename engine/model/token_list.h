#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace euphone {

/// The pieces of text that a model reads or writes with. A token is a position in the list.
/// Thread: all const members may be called from several threads.
class TokenList {
 public:
  /// The content of a file with the role tokens: piece after piece, each its length in bytes and
  /// its bytes. A length below 128 is one byte; a longer one is two, 128 + length % 128 and length
  /// / 128. Fails: kCorrupt for a piece that the file cuts short, for fewer than 2 or more than
  /// 2^20 of them.
  static Result<TokenList> Parse(std::span<const std::byte> bytes);

  std::size_t size() const { return pieces_.size(); }
  const std::vector<std::string>& pieces() const { return pieces_; }

  /// The text that tokens spell: their pieces one after the other, "\u2581" as a space, without
  /// spaces at either end. Pieces in angle brackets ("</s>") stand for no text; bytes that are no
  /// UTF-8 and control characters are dropped. REQUIRES: tokens in [0, size()).
  std::string Text(std::span<const std::int64_t> tokens) const;

 private:
  explicit TokenList(std::vector<std::string> pieces) : pieces_(std::move(pieces)) {}

  std::vector<std::string> pieces_;
};

}  // namespace euphone
