#include "text/word_pieces.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace euphone {
namespace {

// A longer word is unknown as a whole.
constexpr std::size_t kMostLetters = 100;

bool IsSpace(utf8proc_int32_t c) {
  const auto category = utf8proc_category(c);
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || category == UTF8PROC_CATEGORY_ZS ||
         category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
}

/// Control, format and private characters; a tab and the ends of lines are spaces.
bool IsLeftOut(utf8proc_int32_t c) {
  if (c == '\t' || c == '\n' || c == '\r') return false;
  if (c == 0xFFFD) return true;
  switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CS:
      return true;
    default:
      return false;
  }
}

bool IsSign(utf8proc_int32_t c) {
  const bool ascii = (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
                     (c >= '{' && c <= '~');
  if (ascii) return true;
  const auto category = utf8proc_category(c);
  return category >= UTF8PROC_CATEGORY_PC && category <= UTF8PROC_CATEGORY_PO;
}

bool IsCjk(utf8proc_int32_t c) {
  constexpr std::array<std::pair<int, int>, 8> kRanges = {{{0x4E00, 0x9FFF},
                                                           {0x3400, 0x4DBF},
                                                           {0x20000, 0x2A6DF},
                                                           {0x2A700, 0x2B73F},
                                                           {0x2B740, 0x2B81F},
                                                           {0x2B920, 0x2CEAF},
                                                           {0xF900, 0xFAFF},
                                                           {0x2F800, 0x2FA1F}}};
  return std::ranges::any_of(
      kRanges, [&](const auto& range) { return c >= range.first && c <= range.second; });
}

/// The words of a text, one after the other, as the pieces are spelled.
class Words {
 public:
  void Add(utf8proc_int32_t c) {
    if (IsLeftOut(c)) return;
    if (IsSpace(c)) return Finish();
    if (IsCjk(c)) return AddAlone(c);
    std::array<utf8proc_int32_t, 8> parts;
    int last_class = 0;
    const auto count =
        utf8proc_decompose_char(c, parts.data(), parts.size(), UTF8PROC_DECOMPOSE, &last_class);
    const bool whole = count < 1 || count > static_cast<utf8proc_ssize_t>(parts.size());
    if (whole) parts[0] = c;
    for (const utf8proc_int32_t part :
         std::span(parts).first(whole ? 1 : static_cast<std::size_t>(count))) {
      if (utf8proc_category(part) == UTF8PROC_CATEGORY_MN) continue;
      const utf8proc_int32_t small = utf8proc_tolower(part);
      IsSign(small) ? AddAlone(small) : Append(small);
    }
  }

  std::vector<std::string> Take() {
    Finish();
    return std::move(words_);
  }

 private:
  void Append(utf8proc_int32_t c) {
    std::array<utf8proc_uint8_t, 4> bytes;
    const auto size = static_cast<std::size_t>(utf8proc_encode_char(c, bytes.data()));
    word_.append(reinterpret_cast<const char*>(bytes.data()), size);
  }
  void AddAlone(utf8proc_int32_t c) {
    Finish();
    Append(c);
    Finish();
  }
  void Finish() {
    if (!word_.empty()) words_.push_back(std::exchange(word_, {}));
  }

  std::vector<std::string> words_;
  std::string word_;
};

std::vector<std::string> WordsOf(std::string_view text) {
  Words words;
  while (!text.empty()) {
    utf8proc_int32_t c = 0xFFFD;
    const auto read = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &c);
    words.Add(read > 0 ? c : 0xFFFD);
    text.remove_prefix(read > 0 ? static_cast<std::size_t>(read) : 1);
  }
  return words.Take();
}

bool GoesOn(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

}  // namespace

WordPieces::WordPieces(const std::vector<std::string>& pieces, Marks marks) : marks_(marks) {
  tokens_.reserve(pieces.size());
  for (std::size_t i = 0; i < pieces.size(); ++i)
    tokens_.try_emplace(pieces[i], static_cast<std::int64_t>(i));
}

void WordPieces::AddWord(std::string_view word, std::vector<std::int64_t>& tokens) const {
  const std::size_t before = tokens.size();
  const auto letters = static_cast<std::size_t>(std::ranges::count_if(word, std::not_fn(GoesOn)));
  bool spelled = letters <= kMostLetters;
  std::string piece;
  for (std::size_t begin = 0; spelled && begin < word.size();) {
    auto found = tokens_.end();
    std::size_t end = word.size();
    for (; end > begin; --end) {
      if (end < word.size() && GoesOn(word[end])) continue;
      piece.assign(begin > 0 ? "##" : "").append(word.substr(begin, end - begin));
      if (found = tokens_.find(piece); found != tokens_.end()) break;
    }
    spelled = found != tokens_.end();
    if (spelled) tokens.push_back(found->second);
    begin = end;
  }
  if (spelled) return;
  tokens.resize(before);
  tokens.push_back(marks_.unknown);
}

std::vector<std::int64_t> WordPieces::Encode(std::string_view text, std::size_t most) const {
  std::vector<std::int64_t> tokens = {marks_.begin};
  for (const std::string& word : WordsOf(text)) {
    if (tokens.size() + 1 >= most) break;
    AddWord(word, tokens);
  }
  tokens.resize(std::min(tokens.size(), most - 1));
  tokens.push_back(marks_.end);
  return tokens;
}

}  // namespace euphone
