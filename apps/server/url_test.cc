#include "server/url.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace euphone::server {
namespace {

using ::testing::ElementsAre;

TEST(UrlTest, EscapesAreDecodedAndBrokenOnesRefused) {
  EXPECT_EQ(PercentDecoded("a%20b+c%C3%A9", true), "a b c\xC3\xA9");
  EXPECT_EQ(PercentDecoded("a+b", false), "a+b");
  for (const char* broken : {"%", "%4", "%zz", "a%00b"})
    EXPECT_FALSE(PercentDecoded(broken, false)) << broken;
}

TEST(UrlTest, APathIsTakenApartAtItsSlashes) {
  EXPECT_THAT(*PathSegments("/api/v1/a%20b"), ElementsAre("api", "v1", "a b"));
  EXPECT_THAT(*PathSegments("/"), ElementsAre(""));
  EXPECT_THAT(*PathSegments("/a/"), ElementsAre("a", ""));
}

TEST(UrlTest, NoPathLeadsUpwards) {
  for (const char* hostile : {"", "a", "*", "/..", "/a/../b", "/%2e%2e/a", "/a%2fb", "/a\\b",
                              "/a%5cb", "/%00", "http://host/a", "/./a"}) {
    EXPECT_FALSE(PathSegments(hostile)) << hostile;
  }
}

TEST(UrlTest, AQueryGivesItsParametersByName) {
  const auto query = Query::Parse("text=I+think%2C&slow&word=&text=other&n=0");
  ASSERT_TRUE(query);
  EXPECT_EQ(*query->Find("text"), "I think,");
  EXPECT_EQ(*query->Find("word"), "");
  EXPECT_EQ(query->Find("none"), nullptr);
  EXPECT_EQ(query->FindAll("text"), (std::vector<std::string>{"I think,", "other"}));
  EXPECT_TRUE(query->FindAll("none").empty());
  EXPECT_TRUE(query->Flag("slow"));
  EXPECT_FALSE(query->Flag("n"));
}

TEST(UrlTest, AWholeNumberIsOnlyThat) {
  EXPECT_EQ(WholeNumber("-20"), -20);
  EXPECT_EQ(WholeNumber("1764201600001"), 1764201600001);
  for (const char* text : {"", " 1", "1.5", "1e3", "x", "99999999999999999999"})
    EXPECT_FALSE(WholeNumber(text)) << text;
}

TEST(UrlTest, AQueryWithBrokenEscapesOrWithoutEndIsRefused) {
  EXPECT_FALSE(Query::Parse("a=%"));
  std::string many;
  for (int i = 0; i < 513; ++i) many += "a=1&";
  EXPECT_FALSE(Query::Parse(many));
}

}  // namespace
}  // namespace euphone::server
