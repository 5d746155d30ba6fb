#include "option_shape.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <CLI/CLI.hpp>

namespace euphone::cli {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class ShapeOfOption : public testing::Test {
 protected:
  OptionShape Last() const { return ShapeOf(app_).options.back(); }

  CLI::App app_{"A program", "program"};
  std::string text_ = "b";
  std::vector<std::string> list_;
  int number_ = 3;
  bool flag_ = false;
};

TEST_F(ShapeOfOption, KnowsItsNamesAndChoices) {
  app_.add_option("-c,--choice", text_, "Pick one")
      ->check(CLI::IsMember({"a", "b"}))
      ->capture_default_str();
  const OptionShape shape = Last();
  EXPECT_THAT(shape.Names(), ElementsAre("-c", "--choice"));
  EXPECT_THAT(shape.choices, ElementsAre("a", "b"));
  EXPECT_EQ(shape.kind, ValueKind::kChoice);
  EXPECT_EQ(shape.default_value, "b");
  EXPECT_EQ(shape.description, "Pick one");
  EXPECT_FALSE(shape.repeatable);
}

TEST_F(ShapeOfOption, KnowsWhereFilesAndFoldersBelong) {
  app_.add_option("--in", text_)->type_name("FILE");
  EXPECT_EQ(Last().kind, ValueKind::kFile);
  app_.add_option("--out", text_)->type_name("DIR");
  EXPECT_EQ(Last().kind, ValueKind::kFolder);
  app_.add_option("--say", text_);
  EXPECT_EQ(Last().kind, ValueKind::kFreeText);
}

TEST_F(ShapeOfOption, KnowsARange) {
  app_.add_option("--count", number_)->check(CLI::Range(1, 64))->capture_default_str();
  EXPECT_EQ(Last().range, "1 - 64");
  EXPECT_EQ(Last().default_value, "3");
  EXPECT_THAT(Last().choices, IsEmpty());
}

TEST_F(ShapeOfOption, TellsFlagsFromOptions) {
  app_.add_flag("-v", flag_, "Say more");
  EXPECT_EQ(Last().kind, ValueKind::kNone);
  EXPECT_EQ(Last().value, "");
}

TEST_F(ShapeOfOption, KnowsPositionalsAndWhatMayBeRepeated) {
  app_.add_option("FILE", list_)->type_name("FILE");
  EXPECT_TRUE(Last().positional());
  EXPECT_TRUE(Last().repeatable);
  EXPECT_EQ(Last().value, "FILE");
  EXPECT_EQ(Last().kind, ValueKind::kFile);
}

TEST(ShapeOfProgram, HoldsItsCommands) {
  CLI::App app("A program", "program");
  app.add_subcommand("run", "Run it")->add_flag("--fast");
  const ProgramShape shape = ShapeOf(app);
  ASSERT_EQ(shape.commands.size(), 1u);
  EXPECT_EQ(shape.commands[0].name, "run");
  EXPECT_EQ(shape.commands[0].description, "Run it");
  ASSERT_EQ(shape.commands[0].options.size(), 1u) << "--help is the program's";
  EXPECT_THAT(shape.commands[0].options[0].longs, ElementsAre("fast"));
}

}  // namespace
}  // namespace euphone::cli
