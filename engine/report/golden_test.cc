// Whole reports against files in testdata/. After a change that is meant:
//   EUPHONE_UPDATE_GOLDEN=1 ctest -R unit.report     (then read the difference)
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "base/file.h"
#include "report/report.h"
#include "score/analysis_fixture.h"

namespace euphone {
namespace {

void ExpectGolden(const std::string& name, const std::string& report) {
  const std::filesystem::path path =
      std::filesystem::path(EUPHONE_SOURCE_DIR) / "engine/report/testdata" / name;
  if (std::getenv("EUPHONE_UPDATE_GOLDEN") != nullptr) {
    ASSERT_TRUE(WriteFileAtomically(path, report));
  }
  const Result<std::string> golden = ReadFile(path, 1 << 20);
  ASSERT_TRUE(golden) << golden.error().message;
  EXPECT_EQ(report, *golden) << name;
}

class Golden : public testing::Test {
 protected:
  const PhoneSet phones_ = fixture::EnglishPhones();
  const ReportOptions plain_{.colour = false};
};

TEST_F(Golden, ExampleInEveryFormat) {
  const Analysis example = fixture::Example(phones_);
  for (const ReportFormat& format : kReportFormats) {
    ExpectGolden("example" + std::string(format.extension), format.write(example, phones_, plain_));
  }
}

TEST_F(Golden, ExampleInEveryVariantOfTheFormats) {
  const Analysis example = fixture::Example(phones_);
  ExpectGolden("example.jsonl", WriteJson(example, phones_, {.pretty = false}));
  ExpectGolden("example.phones.ctm", WriteCtm(example, phones_, {.label_phones = true}));
  ExpectGolden("example.ipa.TextGrid",
               WriteTextGrid(example, phones_, {.alphabet = PhoneAlphabet::kIpa}));
  ExpectGolden("example.ipa.azure.json",
               WriteAzure(example, phones_, {.alphabet = PhoneAlphabet::kIpa}));
  ExpectGolden("example.colour.txt", WriteTerminal(example, phones_, {}));
  ExpectGolden("example.verbose.txt",
               WriteTerminal(example, phones_, {.colour = false, .verbose = true}));
}

TEST_F(Golden, EveryKindOfReading) {
  const std::pair<const char*, Analysis> readings[] = {
      {"perfect", fixture::Perfect(phones_)},        {"story", fixture::Story(phones_)},
      {"wrong_text", fixture::WrongText(phones_)},   {"withheld", fixture::Withheld(phones_)},
      {"all_omitted", fixture::AllOmitted(phones_)}, {"empty", fixture::Empty()},
      {"recognised", fixture::Recognised(phones_)},  {"unrecognised", fixture::Unrecognised()},
  };
  for (const auto& [name, analysis] : readings) {
    ExpectGolden(std::string(name) + ".json", WriteJson(analysis, phones_, plain_));
    ExpectGolden(std::string(name) + ".azure.json", WriteAzure(analysis, phones_, plain_));
    ExpectGolden(std::string(name) + ".TextGrid", WriteTextGrid(analysis, phones_, plain_));
    ExpectGolden(std::string(name) + ".csv", WriteCsv(analysis, phones_, plain_));
    ExpectGolden(std::string(name) + ".srt", WriteSrt(analysis, phones_, plain_));
    ExpectGolden(std::string(name) + ".ctm", WriteCtm(analysis, phones_, plain_));
    ExpectGolden(std::string(name) + ".txt", WriteTerminal(analysis, phones_, plain_));
  }
}

}  // namespace
}  // namespace euphone
