#include "coach/article.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "score/analysis_fixture.h"

namespace euphone {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

const char* const kArticle =
    "---\n"
    "id: contrast/s-th\n"
    "title: \"th\" as in think, \"s\" as in sink\n"
    "phones: S, TH\n"
    "languages: de, ko\n"
    "load: low\n"
    "pairs: think/sink, path/pass\n"
    "sources: catford1987\n"
    "---\n"
    "Both are air\n"
    "without voice.\n"
    "\n"
    "Few languages have it.\n"
    "\n"
    "## When TH is said as S\n"
    "- Show the tip.\n"
    "- Let it flow.\n"
    "\n"
    "## When S is said as TH\n"
    "- Hide the tip.\n";

class ArticleTest : public ::testing::Test {
 protected:
  Result<Article> Read(const std::string& markdown) {
    return ParseArticle(markdown, "s-th.md", phones_);
  }
  /// kArticle with one thing put in the place of another.
  std::string With(const std::string& part, const std::string& other) {
    std::string text = kArticle;
    return text.replace(text.find(part), part.size(), other);
  }
  std::string Complaint(const std::string& markdown) {
    const auto article = Read(markdown);
    return article ? "none" : article.error().message;
  }

  const PhoneSet phones_ = fixture::EnglishPhones();
};

TEST_F(ArticleTest, EverythingInItIsRead) {
  const auto article = Read(kArticle);
  ASSERT_TRUE(article) << article.error().message;
  EXPECT_EQ(article->id, "contrast/s-th");
  EXPECT_EQ(article->topic, Topic::kContrast);
  EXPECT_EQ(article->title, "\"th\" as in think, \"s\" as in sink");
  EXPECT_THAT(article->phones, ElementsAre(*phones_.Find("S"), *phones_.Find("TH")));
  EXPECT_THAT(article->languages, ElementsAre("de", "ko"));
  EXPECT_EQ(article->load, Load::kLow);
  EXPECT_THAT(article->pairs, ElementsAre(Pair("think", "sink"), Pair("path", "pass")));
  EXPECT_THAT(article->sources, ElementsAre("catford1987"));
  EXPECT_EQ(article->text, "Both are air without voice.\n\nFew languages have it.");
  EXPECT_THAT(article->items("When TH is said as S"), ElementsAre("Show the tip.", "Let it flow."));
  EXPECT_TRUE(article->items("When it is left out").empty());
}

TEST_F(ArticleTest, LinesMayEndAsInWindows) {
  std::string text;
  for (const char c : std::string(kArticle)) text += c == '\n' ? "\r\n" : std::string(1, c);
  const auto article = Read(text);
  ASSERT_TRUE(article) << article.error().message;
  EXPECT_EQ(article->items("When S is said as TH").front(), "Hide the tip.");
}

TEST_F(ArticleTest, WhatIsMissingIsTold) {
  EXPECT_THAT(Complaint(""), HasSubstr("s-th.md: does not begin with a line ---"));
  EXPECT_THAT(Complaint("---\nid: x/y\n"), HasSubstr("no second line"));
  EXPECT_THAT(Complaint(With("phones: S, TH", "phones: S")), HasSubstr("needs 2"));
  EXPECT_THAT(Complaint(With("phones: S, TH", "phones: S, XX")), HasSubstr("no phone 'XX'"));
  EXPECT_THAT(Complaint(With("load: low", "load: some")), HasSubstr("'some' is no load"));
  EXPECT_THAT(Complaint(With("path/pass", "path")), HasSubstr("'path' is no pair"));
  EXPECT_THAT(Complaint(With("contrast/s-th", "other/s-th")), HasSubstr("'other/s-th'"));
  EXPECT_THAT(Complaint(With("- Hide the tip.\n", "")), HasSubstr("no items"));
  EXPECT_THAT(Complaint(With("- Hide", "Hide")), HasSubstr("is no item"));
  EXPECT_THAT(Complaint(With("title: ", "title:")), HasSubstr("has no value"));
}

}  // namespace
}  // namespace euphone
