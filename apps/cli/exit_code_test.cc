#include "exit_code.h"

#include <gtest/gtest.h>

namespace euphone::cli {
namespace {

TEST(ExitCode, RanksWhatCouldNotBeReadAboveWhatWasNotScored) {
  EXPECT_EQ(Worse(ExitCode::kNotScored, ExitCode::kBadInput), ExitCode::kBadInput);
  EXPECT_EQ(Worse(ExitCode::kBadInput, ExitCode::kNotScored), ExitCode::kBadInput);
  EXPECT_EQ(Worse(ExitCode::kOk, ExitCode::kNotScored), ExitCode::kNotScored);
  EXPECT_EQ(Worse(ExitCode::kBadInput, ExitCode::kBroken), ExitCode::kBroken);
  EXPECT_EQ(Worse(ExitCode::kBroken, ExitCode::kInterrupted), ExitCode::kInterrupted);
  EXPECT_EQ(Worse(ExitCode::kOk, ExitCode::kOk), ExitCode::kOk);
}

TEST(Shortened, LeavesOutTheMiddleOfALongNameOnly) {
  EXPECT_EQ(Shortened("take"), "take");
  EXPECT_EQ(Shortened(std::string(80, 'a')), std::string(80, 'a'));
  EXPECT_EQ(Shortened("begin" + std::string(1000, 'x') + "end"),
            "begin" + std::string(35, 'x') + "…" + std::string(37, 'x') + "end");
}

TEST(Shortened, CutsNoCharacterInTwo) {
  const auto repeated = [](std::string_view text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
  };
  EXPECT_EQ(Shortened("x" + repeated("é", 100) + "x"),
            "x" + repeated("é", 19) + "…" + repeated("é", 19) + "x");
}

TEST(ReportLine, PrintsOneLineWhateverIsInIt) {
  testing::internal::CaptureStderr();
  ReportLine("a\nb\x1b[31m" + std::string(1000, 'x'));
  const std::string line = testing::internal::GetCapturedStderr();
  EXPECT_EQ(line.substr(0, 17), "euphone: a b [31m");
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  EXPECT_LT(line.size(), 300u);
}

}  // namespace
}  // namespace euphone::cli
