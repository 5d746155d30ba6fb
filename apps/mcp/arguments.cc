#include "mcp/arguments.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace euphone::mcp {
namespace {

constexpr std::size_t kLongestName = 40;

/// A name that somebody else chose, not longer than a line allows.
std::string Quoted(const std::string& name) {
  std::size_t end = std::min(name.size(), kLongestName);
  while (end < name.size() && end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80)
    --end;
  return "'" + name.substr(0, end) + (end < name.size() ? "…'" : "'");
}

std::int64_t Characters(const std::string& utf8) {
  return std::ranges::count_if(
      utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

std::string CheckString(const Json& schema, const Json& value) {
  if (!value.is_string()) return "must be a string";
  const std::int64_t length = Characters(value.get_ref<const std::string&>());
  const std::int64_t least = schema.value("minLength", std::int64_t{0});
  const std::int64_t most = schema.value("maxLength", INT64_MAX);
  if (length < least) return least == 1 ? "must not be empty" : "is too short";
  if (length > most) return "must have at most " + std::to_string(most) + " characters";
  return {};
}

std::string CheckInteger(const Json& schema, const Json& value) {
  const auto least = schema.value("minimum", INT64_MIN), most = schema.value("maximum", INT64_MAX);
  // 3.0 is an integer to JSON Schema, and some clients write it so.
  if (value.is_number()) {
    const double number = value.get<double>();
    if (std::floor(number) == number && number >= static_cast<double>(least) &&
        number <= static_cast<double>(most))
      return {};
  }
  return "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most);
}

}  // namespace

std::string CheckArguments(const Json& schema, const Json& arguments) {
  const Json& properties = schema.at("properties");
  for (const auto& [name, value] : arguments.items()) {
    const auto property = properties.find(name);
    if (property == properties.end()) return "there is no argument " + Quoted(name);
    const bool text = property->at("type").get_ref<const std::string&>() == "string";
    const std::string wrong = text ? CheckString(*property, value) : CheckInteger(*property, value);
    if (!wrong.empty()) return Quoted(name) + " " + wrong;
  }
  if (const auto required = schema.find("required"); required != schema.end()) {
    for (const Json& name : *required) {
      if (!arguments.contains(name.get_ref<const std::string&>()))
        return Quoted(name.get_ref<const std::string&>()) + " is missing";
    }
  }
  return {};
}

}  // namespace euphone::mcp
