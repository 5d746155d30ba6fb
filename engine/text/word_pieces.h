#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace euphone {

/// Cuts text into the pieces that BERT's uncased models read (WordPiece; Schuster and Nakajima
/// 2012, Devlin et al. 2019). Immutable; may be used from any thread.
class WordPieces {
 public:
  struct Marks {
    std::int64_t begin = 0, end = 0;  ///< Stand before and after every text.
    std::int64_t unknown = 0;         ///< For a word that no pieces spell.
  };

  /// A token is a position in `pieces`; one that goes on inside a word begins with "##". Marks are
  /// positions in it, too.
  WordPieces(const std::vector<std::string>& pieces, Marks marks);

  /// At most `most` (≥ 2) tokens; what the text has beyond them is left out. Letters are made small
  /// and lose their accents, control characters are left out, signs and CJK characters are words of
  /// their own; of each word the longest piece that fits is taken, then the next. Bytes that are no
  /// UTF-8 count as U+FFFD, which is left out. Nothing in a text stands for a mark.
  std::vector<std::int64_t> Encode(std::string_view text, std::size_t most) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };

  void AddWord(std::string_view word, std::vector<std::int64_t>& tokens) const;

  std::unordered_map<std::string, std::int64_t, Hash, std::equal_to<>> tokens_;
  Marks marks_;
};

}  // namespace euphone
