#include "model/token_list.h"

#include <algorithm>
#include <cassert>
#include <string_view>

namespace euphone {
namespace {

constexpr std::size_t kMostPieces = 1 << 20;
constexpr std::string_view kSpace = "\u2581";

bool IsMark(std::string_view piece) {
  return piece.size() > 2 && piece.front() == '<' && piece.back() == '>';
}

/// Bytes of the UTF-8 character at the beginning of `text`; 0 if there is none.
std::size_t CharacterAt(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  const std::size_t length = first < 0x80   ? 1
                             : first < 0xC2 ? 0
                             : first < 0xE0 ? 2
                             : first < 0xF0 ? 3
                             : first < 0xF5 ? 4
                                            : 0;
  if (length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  const bool overlong = (first == 0xE0 && byte(1) < 0xA0) || (first == 0xF0 && byte(1) < 0x90);
  const bool outside = (first == 0xED && byte(1) > 0x9F) || (first == 0xF4 && byte(1) > 0x8F);
  return overlong || outside ? 0 : length;
}

/// Without what is no UTF-8 and without control characters; "\u2581" as a space.
std::string Readable(std::string_view bytes) {
  std::string text;
  while (!bytes.empty()) {
    const std::size_t length = CharacterAt(bytes);
    const std::string_view character = bytes.substr(0, length);
    const bool control = length == 1 && (bytes[0] < ' ' || bytes[0] == '\x7f');
    if (character == kSpace || control) {
      text += ' ';
    } else {
      text += character;
    }
    bytes.remove_prefix(std::max<std::size_t>(length, 1));
  }
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

}  // namespace

Result<TokenList> TokenList::Parse(std::span<const std::byte> bytes) {
  std::vector<std::string> pieces;
  while (!bytes.empty()) {
    auto length = static_cast<std::size_t>(bytes[0]);
    std::size_t head = 1;
    if (length >= 128 && bytes.size() > 1) {
      length = length - 128 + 128 * static_cast<std::size_t>(bytes[1]);
      head = 2;
    }
    if (head + length > bytes.size() || pieces.size() == kMostPieces) {
      return Error{Errc::kCorrupt, "piece " + std::to_string(pieces.size()) +
                                       " of the tokens goes beyond the end of the file"};
    }
    pieces.emplace_back(reinterpret_cast<const char*>(bytes.data()) + head, length);
    bytes = bytes.subspan(head + length);
  }
  if (pieces.size() < 2) return Error{Errc::kCorrupt, "holds fewer than two tokens"};
  return TokenList(std::move(pieces));
}

std::string TokenList::Text(std::span<const std::int64_t> tokens) const {
  std::string bytes;
  for (const std::int64_t token : tokens) {
    assert(token >= 0 && static_cast<std::size_t>(token) < pieces_.size());
    const std::string& piece = pieces_[static_cast<std::size_t>(token)];
    if (!IsMark(piece)) bytes += piece;
  }
  return Readable(bytes);
}

}  // namespace euphone
