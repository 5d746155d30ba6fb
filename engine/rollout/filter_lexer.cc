#include "rollout/filter_lexer.h"

namespace euphone {
namespace {

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Letters of all languages: any byte of UTF-8 beyond ASCII.
bool IsWordPart(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         std::string_view("_-.+*:/@").find(c) != std::string_view::npos ||
         static_cast<unsigned char>(c) >= 0x80;
}

Error At(std::size_t at, const std::string& complaint) {
  return {Errc::kInvalidArgument, "column " + std::to_string(at + 1) + ": " + complaint};
}

/// `at` on the opening quote; left behind the closing one.
Result<std::string> ReadQuoted(std::string_view text, std::size_t& at) {
  const std::size_t opened = at;
  std::string quoted;
  for (++at; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') {
      ++at;
      return quoted;
    }
    if (c == '\\') {
      if (at + 1 >= text.size()) break;
      const char next = text[++at];
      if (next != '"' && next != '\\') return At(at - 1, "only \\\" and \\\\ are known");
      quoted += next;
    } else {
      quoted += c;
    }
  }
  return At(opened, "the quotation mark is never closed");
}

}  // namespace

Result<std::vector<FilterToken>> CutFilter(std::string_view text) {
  std::vector<FilterToken> tokens;
  std::size_t at = 0;
  while (at < text.size()) {
    const char c = text[at];
    const std::size_t began = at;
    if (IsSpace(c)) {
      ++at;
    } else if (c == '"') {
      auto quoted = ReadQuoted(text, at);
      if (!quoted) return quoted.error();
      tokens.push_back({FilterTokenKind::kQuoted, *std::move(quoted), began + 1});
    } else if (c == '(' || c == ')' || c == ',') {
      const auto kind = c == '('   ? FilterTokenKind::kOpen
                        : c == ')' ? FilterTokenKind::kClose
                                   : FilterTokenKind::kComma;
      tokens.push_back({kind, std::string(1, c), ++at});
    } else if (c == '=' || c == '<' || c == '>' || c == '!') {
      const bool two = at + 1 < text.size() && text[at + 1] == '=';
      if (c == '!' && !two) return At(at, "a lone '!'; write != or not");
      at += two ? 2 : 1;
      std::string sign(text.substr(began, at - began));
      if (sign == "==") sign = "=";
      tokens.push_back({FilterTokenKind::kOperator, std::move(sign), began + 1});
    } else if (IsWordPart(c)) {
      while (at < text.size() && IsWordPart(text[at])) ++at;
      tokens.push_back(
          {FilterTokenKind::kWord, std::string(text.substr(began, at - began)), began + 1});
    } else {
      return At(at, c > ' ' && c < 127 ? std::string("no place for '") + c + "'; quote texts: \"…\""
                                       : std::string("a control character"));
    }
  }
  tokens.push_back({FilterTokenKind::kEnd, {}, text.size() + 1});
  return tokens;
}

}  // namespace euphone
