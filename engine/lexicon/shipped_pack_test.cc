#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "lexicon/english_fixture.h"
#include "lexicon/ipa.h"
#include "lexicon/lexicon.h"

// The English pack as the build puts it together, with the whole of CMUdict.

namespace euphone {
namespace {

using fixture::Arpabet;
using testing::ElementsAre;

class ShippedPack : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(std::filesystem::exists(folder_ / "lexicon.bin"))
        << "build the target euphone_data first";
    auto pack = LanguagePack::Open(folder_);
    ASSERT_TRUE(pack) << pack.error().message;
    pack_ = std::make_shared<LanguagePack>(std::move(*pack));
  }

  std::vector<std::string> Said(const std::string& text) const {
    SpokenWord word;
    word.text = text;
    const auto lexicon = Lexicon::Create({pack_, {}, nullptr});
    const auto variants = lexicon->Lookup(word);
    return variants ? Arpabet(*variants) : std::vector{variants.error().message};
  }

  const std::filesystem::path folder_ =
      std::filesystem::path(EUPHONE_BINARY_DIR) / "share/euphone/packs/en-us";
  std::shared_ptr<const LanguagePack> pack_;
};

TEST_F(ShippedPack, HoldsAllOfCmudict) {
  EXPECT_GT(pack_->lexicon.word_count(), 120000u);
  EXPECT_GT(pack_->lexicon.entry_count(), 130000u);
  EXPECT_LT(std::filesystem::file_size(folder_ / "lexicon.bin"), 2500000u);
}

TEST_F(ShippedPack, KnowsCommonWords) {
  EXPECT_THAT(Said("pronunciation"), ElementsAre("P R OW0 N AH2 N S IY0 EY1 SH AH0 N",
                                                 "P R AH0 N AH2 N S IY0 EY1 SH AH0 N"));
  EXPECT_THAT(Said("don't"), ElementsAre("D OW1 N T", "D OW1 N"));
  EXPECT_THAT(Said("tomato"), ElementsAre("T AH0 M EY1 T OW2", "T AH0 M AA1 T OW2"));
  EXPECT_THAT(Said("the"), ElementsAre("DH AH0", "DH AH1", "DH IY0"));
  EXPECT_THAT(Said("zywicki"), ElementsAre("Z IH0 W IH1 K IY0"));
  EXPECT_THAT(Said("naïve"), ElementsAre("N AY2 IY1 V"));
  EXPECT_THAT(Said("of"), ElementsAre("AH1 V", "AH0 V", "AH0"));
}

TEST_F(ShippedPack, NamesEveryLetter) {
  for (char letter = 'a'; letter <= 'z'; ++letter)
    EXPECT_FALSE(pack_->lexicon.Find(std::string{letter, '.'}).empty()) << letter;
}

TEST_F(ShippedPack, HasAStrongFormForEveryWordWithAWeakOne) {
  const auto weak =
      ParseDictionary(fixture::SourceText("packs/en-us/weak_forms.txt"), pack_->phones);
  ASSERT_TRUE(weak) << weak.error().message;
  for (const auto& entry : *weak) {
    EXPECT_FALSE(pack_->lexicon.Find(entry.word).empty()) << entry.word;
    for (const Phone phone : entry.phones) {
      EXPECT_TRUE(phone.stress == Stress::kNone || phone.stress == Stress::kUnstressed)
          << "line " << entry.line << ": " << entry.word << " has a stressed vowel";
    }
  }
}

TEST_F(ShippedPack, WritesIpa) {
  const auto phones = pack_->lexicon.Find("information").front().phones;
  EXPECT_EQ(Ipa(phones, pack_->phones, pack_->syllabifier), "ˌɪn.fɚˈmeɪ.ʃən");
}

TEST_F(ShippedPack, OpensInAFewMilliseconds) {
  const auto start = std::chrono::steady_clock::now();
  const auto lexicon = CompiledLexicon::Open(folder_ / "lexicon.bin", pack_->phones);
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  ASSERT_TRUE(lexicon) << lexicon.error().message;
  RecordProperty("open_ms", std::to_string(took.count()));
  std::cout << "lexicon.bin opened in " << took.count() << " ms\n";
}

}  // namespace
}  // namespace euphone
