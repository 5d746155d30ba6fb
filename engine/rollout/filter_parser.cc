#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "rollout/filter_fields.h"
#include "rollout/filter_lexer.h"
#include "rollout/target_filter.h"

namespace euphone {
namespace {

constexpr std::size_t kMostBytes = 4096;
constexpr int kDeepest = 64;

std::string FieldNames() {
  std::string names;
  for (const FieldInfo& info : kFilterFields)
    names += (names.empty() ? "" : ", ") + std::string(info.name);
  return names;
}

bool IsKeyword(const FilterToken& token, std::string_view word) {
  return token.kind == FilterTokenKind::kWord && token.text == word;
}

std::string Named(const FilterToken& token) {
  if (token.kind == FilterTokenKind::kEnd) return "the end";
  return token.kind == FilterTokenKind::kQuoted ? "\"" + token.text + "\"" : "'" + token.text + "'";
}

}  // namespace

/// By recursive descent; the first fault is kept, and stops it.
class FilterParser {
 public:
  explicit FilterParser(std::vector<FilterToken> tokens) : tokens_(std::move(tokens)) {}

  Result<TargetFilter> Run() {
    const auto root = Any();
    if (root && Now().kind != FilterTokenKind::kEnd)
      Refuse("expected and, or, or the end, not " + Named(Now()));
    if (fault_) return *fault_;
    return std::move(filter_);
  }

 private:
  using Node = std::optional<std::size_t>;

  const FilterToken& Now() const { return tokens_[at_]; }
  FilterToken Take() { return tokens_[Now().kind == FilterTokenKind::kEnd ? at_ : at_++]; }

  Node Refuse(const std::string& complaint) { return Refuse(Now().column, complaint); }
  Node Refuse(std::size_t column, const std::string& complaint,
              Errc code = Errc::kInvalidArgument) {
    if (!fault_) fault_ = Error{code, "column " + std::to_string(column) + ": " + complaint};
    return std::nullopt;
  }

  Node Add(FilterNode node) {
    filter_.nodes_.push_back(std::move(node));
    return filter_.nodes_.size() - 1;
  }

  Node Joined(std::string_view word, FilterNode::Kind kind, Node (FilterParser::*part)()) {
    std::vector<std::size_t> parts;
    for (;;) {
      const Node one = (this->*part)();
      if (!one) return std::nullopt;
      parts.push_back(*one);
      if (!IsKeyword(Now(), word)) break;
      Take();
    }
    if (parts.size() == 1) return parts.front();
    return Add({.kind = kind, .parts = std::move(parts)});
  }

  Node Any() { return Joined("or", FilterNode::Kind::kAny, &FilterParser::All); }
  Node All() { return Joined("and", FilterNode::Kind::kAll, &FilterParser::Not); }

  Node Not() {
    if (!IsKeyword(Now(), "not")) return Primary();
    if (++depth_ > kDeepest) return TooDeep();
    Take();
    const Node part = Not();
    --depth_;
    if (!part) return std::nullopt;
    return Add({.kind = FilterNode::Kind::kNot, .parts = {*part}});
  }

  Node TooDeep() { return Refuse(Now().column, "nested too deep", Errc::kTooLarge); }

  Node Primary() {
    if (Now().kind != FilterTokenKind::kOpen) return Comparison();
    if (++depth_ > kDeepest) return TooDeep();
    const std::size_t opened = Take().column;
    const Node inner = Any();
    --depth_;
    if (!inner) return std::nullopt;
    if (Now().kind != FilterTokenKind::kClose)
      return Refuse("expected ')' for the '(' of column " + std::to_string(opened) + ", not " +
                    Named(Now()));
    Take();
    return inner;
  }

  Node Comparison() {
    const FilterToken name = Take();
    if (name.kind != FilterTokenKind::kWord)
      return Refuse(name.column, "expected a field, not " + Named(name));
    const FieldInfo* info = FindFilterField(name.text);
    if (info == nullptr)
      return Refuse(name.column, "no field '" + name.text + "'; there are " + FieldNames());
    FilterNode node{.kind = FilterNode::Kind::kCompare, .field = info->field};
    if (info->type == FieldType::kFlag) {
      node.kind = FilterNode::Kind::kFlag;
      if (Now().kind == FilterTokenKind::kOperator)
        return Refuse("'" + name.text + "' is true or not: write " + name.text + " or not " +
                      name.text);
      return Add(std::move(node));
    }
    if (info->field == FilterField::kVersion && Now().kind == FilterTokenKind::kOpen &&
        !ReadBundle(node))
      return std::nullopt;
    const bool inverted = IsKeyword(Now(), "not");
    if (inverted) Take();
    if (IsKeyword(Now(), "in")) {
      Take();
      if (!ReadList(*info, node)) return std::nullopt;
    } else if (inverted) {
      return Refuse("expected in after not, not " + Named(Now()));
    } else if (!ReadOne(*info, node)) {
      return std::nullopt;
    }
    const Node compared = Add(std::move(node));
    if (!inverted) return compared;
    return Add({.kind = FilterNode::Kind::kNot, .parts = {*compared}});
  }

  bool ReadBundle(FilterNode& node) {
    Take();
    const FilterToken bundle = Take();
    if (bundle.kind != FilterTokenKind::kWord && bundle.kind != FilterTokenKind::kQuoted)
      return Refuse(bundle.column, "expected a bundle's name, not " + Named(bundle)).has_value();
    if (Now().kind != FilterTokenKind::kClose)
      return Refuse("expected ')' after the bundle's name, not " + Named(Now())).has_value();
    Take();
    node.bundle = bundle.text;
    return true;
  }

  bool ReadOne(const FieldInfo& info, FilterNode& node) {
    if (Now().kind != FilterTokenKind::kOperator)
      return Refuse("expected =, !=, <, <=, >, >= or in after '" + std::string(info.name) +
                    "', not " + Named(Now()))
          .has_value();
    const FilterToken sign = Take();
    node.compare = static_cast<FilterOperator>(std::ranges::find(kFilterOperators, sign.text) -
                                               kFilterOperators.begin());
    const bool text = info.type == FieldType::kText || info.type == FieldType::kTexts;
    if (text && node.compare > FilterOperator::kUnequal)
      return Refuse(sign.column, "'" + std::string(info.name) + "' is a text: only =, != and in")
          .has_value();
    return ReadValue(info, node);
  }

  bool ReadList(const FieldInfo& info, FilterNode& node) {
    if (Now().kind != FilterTokenKind::kOpen)
      return Refuse("expected '(' after in, not " + Named(Now())).has_value();
    do {
      Take();
      if (!ReadValue(info, node)) return false;
    } while (Now().kind == FilterTokenKind::kComma);
    if (Now().kind != FilterTokenKind::kClose)
      return Refuse("expected ',' or ')' in the list, not " + Named(Now())).has_value();
    Take();
    return true;
  }

  bool ReadValue(const FieldInfo& info, FilterNode& node) {
    const FilterToken token = Take();
    if (token.kind != FilterTokenKind::kWord && token.kind != FilterTokenKind::kQuoted)
      return Refuse(token.column, "expected a value, not " + Named(token)).has_value();
    if (info.type == FieldType::kVersion) {
      auto version = ReadSemVer(token.text);
      if (!version)
        return Refuse(token.column, Named(token) + " is no version; one has three numbers: 1.3.0")
            .has_value();
      node.values.emplace_back(*std::move(version));
    } else if (info.type == FieldType::kNumber) {
      double number = 0.0;
      const char* end = token.text.data() + token.text.size();
      const auto read = std::from_chars(token.text.data(), end, number);
      if (read.ec != std::errc() || read.ptr != end || !(number > -1e15 && number < 1e15))
        return Refuse(token.column, Named(token) + " is no number").has_value();
      node.values.emplace_back(number);
    } else {
      node.values.emplace_back(token.text);
    }
    return true;
  }

  std::vector<FilterToken> tokens_;
  std::size_t at_ = 0;
  int depth_ = 0;
  std::optional<Error> fault_;
  TargetFilter filter_;
};

Result<TargetFilter> TargetFilter::Parse(std::string_view text) {
  if (text.size() > kMostBytes)
    return Error{Errc::kTooLarge, "longer than " + std::to_string(kMostBytes) + " bytes"};
  auto tokens = CutFilter(text);
  if (!tokens) return tokens.error();
  if (tokens->size() == 1) return TargetFilter();
  return FilterParser(*std::move(tokens)).Run();
}

}  // namespace euphone
