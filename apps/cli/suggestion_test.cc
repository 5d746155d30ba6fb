#include "suggestion.h"

#include <gtest/gtest.h>

namespace euphone::cli {
namespace {

const std::vector<std::string> kCommands{"analyze", "doctor", "models", "lexicon", "completions"};

TEST(Suggestion, IsTheNearestCommand) {
  EXPECT_EQ(Nearest("analyse", kCommands), "analyze");
  EXPECT_EQ(Nearest("anaylze", kCommands), "analyze");
  EXPECT_EQ(Nearest("model", kCommands), "models");
  EXPECT_EQ(Nearest("lexikon", kCommands), "lexicon");
  EXPECT_EQ(Nearest("compl", kCommands), "completions");
}

TEST(Suggestion, IsNothingWhereNoCommandIsNear) {
  EXPECT_EQ(Nearest("fly", kCommands), "");
  EXPECT_EQ(Nearest("", kCommands), "");
  EXPECT_EQ(Nearest(std::string(100'000, 'a'), kCommands), "");
}

TEST(Suggestion, NamesTheWordThatIsNoCommand) {
  EXPECT_EQ(UnknownCommand("analyse", kCommands), "no command 'analyse'; did you mean 'analyze'?");
  EXPECT_EQ(UnknownCommand("help", kCommands), "no command 'help'; did you mean --help?");
  EXPECT_EQ(UnknownCommand("fly", kCommands),
            "no command 'fly'; there are: analyze, doctor, models, lexicon, completions");
}

}  // namespace
}  // namespace euphone::cli
