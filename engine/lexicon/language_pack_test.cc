#include "lexicon/language_pack.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "lexicon/english_fixture.h"
#include "lexicon/lexicon_compiler.h"

namespace euphone {
namespace {

namespace fs = std::filesystem;
using fixture::Arpabet;
using fixture::Phones;
using testing::ElementsAre;
using testing::HasSubstr;

/// A small pack in a folder of its own, to be spoiled by the tests.
class LanguagePackFolder : public testing::Test {
 protected:
  void SetUp() override {
    const auto entries = ParseDictionary("cat K AE1 T\n", Phones());
    Write("lexicon.bin", *CompileLexicon(*entries, Phones()));
    Write("phones.json", fixture::SourceText("contract/phones.en-us.json"));
    for (const char* name : {"pack.json", "onsets.txt", "weak_forms.txt"})
      Write(name, fixture::SourceText(std::string("packs/en-us/") + name));
  }
  void TearDown() override { fs::remove_all(folder_); }

  void Write(const std::string& name, std::string_view content) {
    fs::create_directories(folder_);
    ASSERT_TRUE(WriteFileAtomically(folder_ / name, content));
  }
  /// Writes pack.json with one text replaced.
  void Spoil(std::string_view from, std::string_view to) {
    std::string manifest = fixture::SourceText("packs/en-us/pack.json");
    ASSERT_NE(manifest.find(from), std::string::npos);
    manifest.replace(manifest.find(from), from.size(), to);
    Write("pack.json", manifest);
  }
  Error Refusal() const {
    const auto pack = LanguagePack::Open(folder_);
    return pack ? Error{Errc::kInternal, "it was opened"} : pack.error();
  }

  const fs::path folder_ =
      fs::path(testing::TempDir()) / testing::UnitTest::GetInstance()->current_test_info()->name();
};

TEST_F(LanguagePackFolder, OpensWithAllItsParts) {
  const auto pack = LanguagePack::Open(folder_);
  ASSERT_TRUE(pack) << pack.error().message;
  EXPECT_EQ(pack->language, "en-US");
  EXPECT_TRUE(pack->is_english());
  EXPECT_EQ(pack->phones.size(), 39u);
  EXPECT_THAT(Arpabet(pack->lexicon.Find("cat")), ElementsAre("K AE1 T"));
  EXPECT_EQ(pack->weak_forms.Find("and").front().origin, Origin::kWeakForm);
  EXPECT_EQ(pack->syllabifier.Syllabify(fixture::Arpabet("S IH1 T IY0")).size(), 2u);
  EXPECT_EQ(pack->grapheme_model, "en-us-g2p");
  EXPECT_FALSE(pack->acoustic_model.empty());
}

TEST_F(LanguagePackFolder, NamesTheFileThatIsMissing) {
  for (const char* name :
       {"lexicon.bin", "phones.json", "onsets.txt", "weak_forms.txt", "pack.json"}) {
    SetUp();
    fs::remove(folder_ / name);
    EXPECT_EQ(Refusal().code, Errc::kNotFound);
    EXPECT_THAT(Refusal().message, HasSubstr(name));
  }
}

TEST_F(LanguagePackFolder, NamesTheFileThatIsFaulty) {
  for (const char* name :
       {"lexicon.bin", "phones.json", "onsets.txt", "weak_forms.txt", "pack.json"}) {
    SetUp();
    Write(name, "not what belongs here, whatever it is");
    EXPECT_THAT(Refusal().message, HasSubstr(std::string(name) + ": "));
  }
}

TEST_F(LanguagePackFolder, RefusesANewerSchemaAndAMissingField) {
  Spoil("\"schema_version\": 1", "\"schema_version\": 2");
  EXPECT_EQ(Refusal().code, Errc::kUnsupported);
  Spoil("\"lexicon\"", "\"lexicom\"");
  EXPECT_EQ(Refusal().code, Errc::kCorrupt);
  EXPECT_THAT(Refusal().message, HasSubstr("lexicon"));
}

TEST_F(LanguagePackFolder, RefusesPathsThatLeaveTheFolder) {
  for (const char* path : {"\"/etc/passwd\"", "\"../lexicon.bin\"", "\"a/../../b\"", "\"\""}) {
    Spoil("\"lexicon.bin\"", path);
    EXPECT_EQ(Refusal().code, Errc::kCorrupt) << path;
    EXPECT_THAT(Refusal().message, HasSubstr("inside the pack"));
  }
}

TEST_F(LanguagePackFolder, DoesWithoutAGraphemeModel) {
  Spoil("\"grapheme_model\": \"en-us-g2p\",", "");
  const auto pack = LanguagePack::Open(folder_);
  ASSERT_TRUE(pack) << pack.error().message;
  EXPECT_TRUE(pack->grapheme_model.empty());
}

}  // namespace
}  // namespace euphone
