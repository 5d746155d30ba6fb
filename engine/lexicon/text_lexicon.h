#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lexicon/pronunciation.h"

namespace euphone {

/// A small dictionary kept as text: a user's own words, or a language's weak forms.
/// Immutable after Parse; may be read from any thread.
class TextLexicon {
 public:
  TextLexicon() = default;  ///< Knows no word.

  /// `text`: dictionary lines (docs/formats/lexicon.md); `origin` marks what is found. Fails:
  /// kInvalidArgument, "line 7: …".
  static Result<TextLexicon> Parse(std::string_view text, const PhoneSet& phones, Origin origin);

  /// Reads a file of at most 16 MiB. Fails as ReadFile and Parse do, naming the file.
  static Result<TextLexicon> Open(const std::filesystem::path& path, const PhoneSet& phones,
                                  Origin origin);

  std::size_t word_count() const { return words_.size(); }

  /// The variants of a WordKey in the order of the file; empty if it is not there. The span lives
  /// as long as this object.
  std::span<const Pronunciation> Find(std::string_view key) const;

 private:
  std::map<std::string, std::vector<Pronunciation>, std::less<>> words_;
};

}  // namespace euphone
