#include "mcp/line_cutter.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace euphone::mcp {
namespace {

/// Every line of the stream when it comes so many bytes at a time; "!" where one is too long.
std::vector<std::string> Lines(const std::string& stream, std::size_t at_a_time) {
  LineCutter cutter(5);
  std::vector<std::string> all;
  const auto keep = [&](const LineCutter::Line& line) {
    all.push_back(line.too_long ? "!" + line.text : line.text);
  };
  for (std::size_t begin = 0; begin < stream.size(); begin += at_a_time)
    std::ranges::for_each(cutter.Add(stream.substr(begin, at_a_time)), keep);
  if (const auto rest = cutter.Rest()) keep(*rest);
  EXPECT_FALSE(cutter.Rest()) << "it was taken";
  return all;
}

TEST(LineCutter, GivesTheSameLinesHoweverTheBytesCome) {
  using List = std::vector<std::string>;
  for (const std::size_t at_a_time : {1u, 2u, 3u, 7u, 100u}) {
    EXPECT_EQ(Lines("one\r\n\ntwo\nend", at_a_time), (List{"one", "", "two", "end"}));
    EXPECT_EQ(Lines("12345\n12345\r\n123456\n123456\r\n1\n", at_a_time),
              (List{"12345", "12345", "!", "!", "1"}));
    EXPECT_EQ(Lines("1\n12345678", at_a_time), (List{"1", "!"}));
    EXPECT_EQ(Lines("", at_a_time), List{});
  }
}

}  // namespace
}  // namespace euphone::mcp
