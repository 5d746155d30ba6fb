#include "mcp/arguments.h"

#include <gtest/gtest.h>

namespace euphone::mcp {
namespace {

const Json kSchema = Json::parse(R"({
  "type": "object", "required": ["word"], "additionalProperties": false,
  "properties": {"word": {"type": "string", "minLength": 1, "maxLength": 4},
                 "note": {"type": "string"},
                 "count": {"type": "integer", "minimum": 1, "maximum": 100}}})");

std::string Wrong(const char* arguments) { return CheckArguments(kSchema, Json::parse(arguments)); }

TEST(CheckArguments, TakesWhatTheSchemaAllows) {
  EXPECT_EQ(Wrong(R"({"word": "th"})"), "");
  EXPECT_EQ(Wrong(R"({"word": "naïf", "note": "", "count": 100})"), "");
  EXPECT_EQ(Wrong(R"({"word": "th", "count": 3.0})"), "");
}

TEST(CheckArguments, NamesTheArgumentThatIsWrong) {
  const char* const kCount = "'count' must be a whole number from 1 to 100";
  EXPECT_EQ(Wrong(R"({})"), "'word' is missing");
  EXPECT_EQ(Wrong(R"({"word": 3})"), "'word' must be a string");
  EXPECT_EQ(Wrong(R"({"word": null})"), "'word' must be a string");
  EXPECT_EQ(Wrong(R"({"word": ""})"), "'word' must not be empty");
  EXPECT_EQ(Wrong(R"({"word": "think"})"), "'word' must have at most 4 characters");
  for (const char* const count : {"0", "101", "1.5", "1e300", "-1", "true", "\"3\"", "[3]"})
    EXPECT_EQ(Wrong(("{\"word\": \"th\", \"count\": " + std::string(count) + "}").c_str()), kCount);
  EXPECT_EQ(Wrong(R"({"word": "th", "path": "x"})"), "there is no argument 'path'");
}

TEST(CheckArguments, CutsALongNameBetweenCharacters) {
  Json arguments{{"word", "th"}};
  std::string name(39, 'a');
  for (int i = 0; i < 20; ++i) name += "é";
  arguments[name] = 1;
  EXPECT_EQ(CheckArguments(kSchema, arguments),
            "there is no argument '" + std::string(39, 'a') + "…'");
}

}  // namespace
}  // namespace euphone::mcp
