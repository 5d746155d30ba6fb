#include "align/graph.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace euphone {
namespace {

using ::testing::ElementsAre;

TEST(AlignGraph, LaysWordsOutSideBySide) {
  const std::vector<AlignWord> words{{{{5, 6, 7}, {5, 8}}, true}, {{{0}}, false}};
  const Result<AlignGraph> graph = BuildGraph(words, 40);
  ASSERT_TRUE(graph.has_value());
  EXPECT_EQ(graph->word_count(), 2U);
  EXPECT_THAT(graph->classes, ElementsAre(6, 7, 8, 6, 9, 1));
  EXPECT_THAT(graph->chain_begin, ElementsAre(0, 3, 5, 6));
  EXPECT_THAT(graph->word_begin, ElementsAre(0, 2, 3, 3));
  EXPECT_THAT(graph->phone_count, ElementsAre(2, 1, 0));
  EXPECT_THAT(graph->starts_sentence, ElementsAre(1, 0, 0));
  EXPECT_EQ(graph->position_begin(1), 5U);
  EXPECT_EQ(graph->position_begin(2), 6U);
}

TEST(AlignGraph, RefusesTextsOverItsLimits) {
  const auto code = [](const std::vector<AlignWord>& words, std::size_t classes) {
    const Result<AlignGraph> graph = BuildGraph(words, classes);
    return graph ? Errc::kInternal : graph.error().code;
  };
  EXPECT_EQ(code({}, 40), Errc::kInvalidArgument);
  EXPECT_EQ(code({{{{3}}, false}}, 70'000), Errc::kInvalidArgument);
  EXPECT_EQ(code({{std::vector<std::vector<int>>(201, {3}), false}}, 40), Errc::kTooLarge);
  EXPECT_EQ(code({{{std::vector<int>(10'001, 3)}, false}}, 40), Errc::kTooLarge);
  EXPECT_EQ(code(std::vector<AlignWord>(100'001, {{{3}}, false}), 40), Errc::kTooLarge);
}

}  // namespace
}  // namespace euphone
