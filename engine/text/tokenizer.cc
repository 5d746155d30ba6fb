#include "text/tokenizer.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace euphone {
namespace {

constexpr std::size_t kLongestInline = 400;  // characters between the braces

bool IsSpace(char c) { return c == ' ' || c == '\n'; }

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return text;
}

bool IsRun(char c) { return c == mark::kForeign || c == mark::kEmoji || c == mark::kUnknown; }

std::size_t WordLength(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size() &&
         (IsLetter(text[length]) || (text[length] == '\'' && length > 0 &&
                                     length + 1 < text.size() && IsLetter(text[length + 1])))) {
    ++length;
  }
  return length;
}

bool IsPhone(std::string_view symbol) {
  if (!symbol.empty() && symbol.back() >= '0' && symbol.back() <= '2') symbol.remove_suffix(1);
  return !symbol.empty() && symbol.size() <= 3 && std::ranges::all_of(symbol, IsLetter);
}

bool ArePhones(std::string_view phones) {
  phones = Trimmed(phones);
  while (!phones.empty()) {
    const std::size_t length = std::min(phones.find_first_of(" \n"), phones.size());
    if (!IsPhone(phones.substr(0, length))) return false;
    phones = Trimmed(phones.substr(length));
  }
  return true;
}

/// Folding leaves no letter of IPA as it was: a character that took several bytes shows it, as do
/// slashes around ASCII.
bool IsIpa(std::string_view phones, std::span<const TextSpan> spans) {
  if (phones.size() > 2 && phones.starts_with('/') && phones.ends_with('/')) return true;
  for (std::size_t i = 0; i < phones.size(); ++i) {
    if (!IsSpace(phones[i]) && spans[i].end - spans[i].begin > 1) return true;
  }
  return false;
}

class Tokenizer {
 public:
  explicit Tokenizer(const FoldedText& text) : text_(text) {}

  Result<std::vector<Token>> Run() && {
    while (true) {
      SkipSpace();
      if (at_ == text_.chars.size()) break;
      const char c = text_.chars[at_];
      if (c == '{' || c == '}') {
        if (Status status = AddInline(); !status) return status.error();
      } else if (IsLetter(c)) {
        Add(TokenKind::kWord, WordLength(Rest()));
      } else if (IsDigit(c)) {
        Add(TokenKind::kDigits, std::min(Rest().find_first_not_of("0123456789"), Rest().size()));
      } else if (c == '\\' && at_ + 1 < text_.chars.size() &&
                 (text_.chars[at_ + 1] == '{' || text_.chars[at_ + 1] == '}')) {
        Add(TokenKind::kSymbol, 2);
      } else {
        Add(TokenKind::kSymbol,
            IsRun(c) ? std::min(Rest().find_first_not_of(c), Rest().size()) : 1);
      }
    }
    tokens_.emplace_back();
    return std::move(tokens_);
  }

 private:
  std::string_view Rest() const { return std::string_view(text_.chars).substr(at_); }

  void SkipSpace() {
    int lines = 0;
    for (; at_ < text_.chars.size() && IsSpace(text_.chars[at_]); ++at_) {
      lines += text_.chars[at_] == '\n' ? 1 : 0;
      spaced_ = true;
    }
    if ((lines >= 2 || (lines == 1 && AtListItem())) && !tokens_.empty()) {
      tokens_.emplace_back().kind = TokenKind::kParagraph;
    }
  }

  /// "2. ", "b) " or "- " here, at the start of a line.
  bool AtListItem() const {
    const std::string_view line = Rest();
    const std::size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
    const std::size_t number = digits == 0 && !line.empty() && IsLetter(line[0]) ? 1 : digits;
    const std::string_view end = line.substr(number, 2);
    if (digits > 0) return digits <= 2 && (end == ". " || end == ") ");
    return number == 1 ? end == ") " : end == "- " || end == "* ";
  }

  Token Make(TokenKind kind, std::size_t begin, std::size_t end) const {
    return {.kind = kind,
            .spaced = spaced_,
            .text = std::string_view(text_.chars).substr(begin, end - begin),
            .lower = std::string_view(text_.lower).substr(begin, end - begin),
            .pronunciation = {},
            .ipa = {},
            .span = {text_.spans[begin].begin, text_.spans[end - 1].end}};
  }

  void Add(TokenKind kind, std::size_t length) {
    tokens_.push_back(Make(kind, at_, at_ + length));
    at_ += length;
    spaced_ = false;
  }

  Error Malformed(const std::string& problem) const {
    return {Errc::kInvalidArgument,
            "text: " + problem + " at byte " + std::to_string(text_.spans[at_].begin) +
                "; a pronunciation is written {tomato|T AH0 M AA1 T OW2} or {tomato|təˈmɑːtoʊ}, a "
                "plain brace \\{"};
  }

  Status AddInline() {
    if (text_.chars[at_] == '}') return Malformed("'}' without '{'");
    const std::string_view window = Rest().substr(1, kLongestInline);
    const std::size_t close = window.find_first_of("{}");
    if (close == std::string_view::npos || window[close] == '{') {
      return Malformed("'{' without '}'");
    }
    const std::size_t bar = window.substr(0, close).find('|');
    if (bar == std::string_view::npos) return Malformed("'{' without '|'");
    const std::string_view word = Trimmed(window.substr(0, bar));
    if (word.empty() || WordLength(word) != word.size()) {
      return Malformed("not one word of letters after '{'");
    }
    const std::string_view phones = Trimmed(window.substr(bar + 1, close - bar - 1));
    if (phones.empty()) return Malformed("no phones such as B or AH0 after the '|' of '{'");
    const auto begin = static_cast<std::size_t>(phones.data() - text_.chars.data());
    const auto spans = std::span(text_.spans).subspan(begin, phones.size());
    const bool ipa = IsIpa(phones, spans);
    if (!ipa && !ArePhones(phones))
      return Malformed("no phones such as B or AH0 after the '|' of '{'");

    const auto word_begin = static_cast<std::size_t>(word.data() - text_.chars.data());
    Token token = Make(TokenKind::kInline, word_begin, word_begin + word.size());
    if (ipa) token.ipa = {spans.front().begin, spans.back().end};
    if (!ipa) token.pronunciation = phones;
    token.span = {text_.spans[at_].begin, text_.spans[at_ + 1 + close].end};
    tokens_.push_back(token);
    at_ += close + 2;
    spaced_ = false;
    return {};
  }

  const FoldedText& text_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  bool spaced_ = true;
};

}  // namespace

Result<std::vector<Token>> Tokenize(const FoldedText& text) { return Tokenizer(text).Run(); }

}  // namespace euphone
