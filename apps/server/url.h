#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace euphone::server {

/// `text` with %41 as A, and with '+' as a space if `plus`. Nothing: a broken escape, or a NUL.
std::optional<std::string> PercentDecoded(std::string_view text, bool plus);

/// Digits, a minus before them at most, that fit; else nothing.
std::optional<std::int64_t> WholeNumber(std::string_view text);

/// The segments of "/a/b%20c": {"a", "b c"}. A slash at the end gives an empty last one. Nothing
/// for what no client of ours sends and an attacker may: no slash at the beginning, broken
/// escapes, a NUL, segments "." and "..", or a slash that is escaped.
std::optional<std::vector<std::string>> PathSegments(std::string_view path);

/// The parameters of a query or of a form: names and values, decoded, in their order.
class Query {
 public:
  /// Nothing: a broken escape, or more than 512 parameters.
  static std::optional<Query> Parse(std::string_view query);

  /// The first of that name; null where there is none.
  const std::string* Find(std::string_view name) const;

  /// All of that name, in their order.
  std::vector<std::string> FindAll(std::string_view name) const;

  /// The value is "1", "true" or empty ("?slow").
  bool Flag(std::string_view name) const;

 private:
  std::vector<std::pair<std::string, std::string>> parameters_;
};

}  // namespace euphone::server
