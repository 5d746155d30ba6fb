#include "analyze_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "base/file.h"

namespace euphone::cli {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

AnalyzeOptions OneFile() {
  AnalyzeOptions options;
  options.files = {"take.wav"};
  options.text = "Hello.";
  options.formats = {"terminal"};
  return options;
}

TEST(Contradiction, FindsNoneInACompleteCommand) {
  EXPECT_THAT(Contradiction(OneFile()), IsEmpty());
  AnalyzeOptions list;
  list.manifest = "class.tsv";
  EXPECT_THAT(Contradiction(list), IsEmpty());
}

TEST(Contradiction, NamesBothTextsWhereThereAreTwo) {
  AnalyzeOptions options = OneFile();
  options.text_file = "page.txt";
  EXPECT_THAT(Contradiction(options), HasSubstr("--text and --text-file both"));
}

TEST(Contradiction, LetsStandardInputBeReadOnce) {
  AnalyzeOptions options = OneFile();
  options.files = {"-", "take.wav"};
  EXPECT_THAT(Contradiction(options), IsEmpty());
  options.files = {"-", "-"};
  EXPECT_THAT(Contradiction(options), HasSubstr("only once"));
  options.files = {"-"};
  options.text.clear();
  options.text_file = "-";
  EXPECT_THAT(Contradiction(options), HasSubstr("only once"));
}

TEST(Contradiction, AsksForWhatIsMissing) {
  AnalyzeOptions options = OneFile();
  options.files.clear();
  EXPECT_THAT(Contradiction(options), HasSubstr("no recording"));
  options = OneFile();
  options.text.clear();
  EXPECT_THAT(Contradiction(options), HasSubstr("--text-file"));
  options = OneFile();
  options.formats = {"json", "csv"};
  EXPECT_THAT(Contradiction(options), HasSubstr("--out"));
}

TEST(Contradiction, TakesNoTextForFreeSpeech) {
  AnalyzeOptions options = OneFile();
  options.free = true;
  EXPECT_THAT(Contradiction(options), HasSubstr("leave --text and --text-file out"));
  options.text.clear();
  EXPECT_THAT(Contradiction(options), IsEmpty());
  options.text_file = "page.txt";
  EXPECT_THAT(Contradiction(options), HasSubstr("leave --text and --text-file out"));
  AnalyzeOptions list;
  list.manifest = "class.tsv";
  list.free = true;
  EXPECT_THAT(Contradiction(list), IsEmpty());
}

class PlanOfFiles : public testing::Test {
 protected:
  PlanOfFiles()
      : folder_(std::filesystem::path(testing::TempDir()) /
                ("euphone_plan_" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_);
  }
  ~PlanOfFiles() override { std::filesystem::remove_all(folder_); }

  std::string Write(const std::string& name, std::string_view content) const {
    EXPECT_TRUE(WriteFileAtomically(folder_ / name, content));
    return (folder_ / name).string();
  }

  std::filesystem::path folder_;
};

TEST_F(PlanOfFiles, KnowsWhereATextIsWritten) {
  AnalyzeOptions options = OneFile();
  EXPECT_EQ(MakePlan(options)->jobs[0].text_name, "--text");
  options.text.clear();
  options.text_file = Write("page.txt", "Hello.");
  const auto from_file = MakePlan(options);
  ASSERT_TRUE(from_file) << from_file.error().message;
  EXPECT_THAT(from_file->jobs[0].text_name, testing::EndsWith("page.txt"));
  EXPECT_EQ(from_file->jobs[0].text, "Hello.");

  AnalyzeOptions list;
  list.manifest = Write("class.tsv", "a.wav\tOne.\na.wav\tTwo.\n");
  const auto plan = MakePlan(list);
  ASSERT_TRUE(plan) << plan.error().message;
  EXPECT_THAT(plan->jobs[1].text_name, testing::EndsWith("class.tsv line 2"));
  EXPECT_EQ(plan->jobs[1].id, "a-2");
  EXPECT_EQ(plan->jobs[1].audio, folder_ / "a.wav");
}

TEST_F(PlanOfFiles, NeedsARecogniserWhereATextIsMissing) {
  AnalyzeOptions options = OneFile();
  EXPECT_FALSE(NeedsRecogniser(*MakePlan(options)));
  EXPECT_TRUE(MakePlan(options)->one_text);
  options.text.clear();
  options.free = true;
  EXPECT_TRUE(NeedsRecogniser(*MakePlan(options)));
  EXPECT_FALSE(MakePlan(options)->one_text);

  AnalyzeOptions list;
  list.free = true;
  list.manifest = Write("given.tsv", "a.wav\tOne.\n");
  EXPECT_FALSE(NeedsRecogniser(*MakePlan(list)));
  list.manifest = Write("mixed.tsv", "a.wav\tOne.\nb.wav\n");
  EXPECT_TRUE(NeedsRecogniser(*MakePlan(list)));
}

TEST_F(PlanOfFiles, NamesTheFileAndLineOfAMistake) {
  AnalyzeOptions list;
  list.manifest = Write("class.tsv", "a.wav\tOne.\nb.wav\n");
  const auto plan = MakePlan(list);
  ASSERT_FALSE(plan);
  EXPECT_THAT(plan.error().message, HasSubstr("class.tsv: line 2"));
}

}  // namespace
}  // namespace euphone::cli
