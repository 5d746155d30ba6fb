#include "lexicon/compiled_lexicon.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <span>
#include <string>
#include <string_view>

#include "lexicon/english_fixture.h"
#include "lexicon/lexicon_compiler.h"
#include "lexicon/lexicon_format.h"

namespace euphone {
namespace {

using fixture::Arpabet;
using fixture::Phones;
using testing::ElementsAre;
using testing::HasSubstr;

std::string Compile(std::string_view dictionary) {
  return CompileLexicon(ParseDictionary(dictionary, Phones()).value(), Phones()).value();
}

std::span<const std::byte> Bytes(const std::string& text) { return std::as_bytes(std::span(text)); }

/// "aaa", "aab", … with a pronunciation made of the number's digits.
std::string ManyWords(int count) {
  std::string dictionary;
  for (int i = 0; i < count; ++i) {
    std::string phones;
    for (const char digit : std::to_string(i)) phones += digit % 2 == 0 ? " B" : " AH0";
    dictionary += "aa" + fixture::NumberedWord(i) + phones + "\n";
  }
  return dictionary;
}

TEST(CompiledLexicon, GivesAllVariantsInTheOrderOfTheDictionary) {
  const std::string bytes = Compile(
      "the DH AH0\nthe(2) DH AH1\nthe(3) DH IY0\n"
      "a. EY1\na AH0\n'twas T W AH1 Z\nread R EH1 D\nread(2) R IY1 D\n");
  const auto lexicon = CompiledLexicon::View(Bytes(bytes), Phones());
  ASSERT_TRUE(lexicon) << lexicon.error().message;
  EXPECT_EQ(lexicon->word_count(), 5u);
  EXPECT_EQ(lexicon->entry_count(), 8u);
  EXPECT_THAT(Arpabet(lexicon->Find("the")), ElementsAre("DH AH0", "DH AH1", "DH IY0"));
  EXPECT_THAT(Arpabet(lexicon->Find("'twas")), ElementsAre("T W AH1 Z"));
  EXPECT_THAT(Arpabet(lexicon->Find("a.")), ElementsAre("EY1"));
  EXPECT_THAT(Arpabet(lexicon->Find("read")), ElementsAre("R EH1 D", "R IY1 D"));
  EXPECT_EQ(lexicon->Find("read").front().origin, Origin::kLexicon);
}

TEST(CompiledLexicon, DoesNotFindWhatIsNotThere) {
  const std::string bytes = Compile(ManyWords(40));
  const auto lexicon = CompiledLexicon::View(Bytes(bytes), Phones());
  ASSERT_TRUE(lexicon) << lexicon.error().message;
  for (const std::string& word :
       {std::string(), std::string("a"), std::string("aa"), std::string("aaa "),
        std::string("aaea"), std::string("zz"), std::string("aa\xFF"), std::string(1000, 'a')}) {
    EXPECT_TRUE(lexicon->Find(word).empty()) << word;
  }
}

TEST(CompiledLexicon, FindsEveryWordWhateverTheNumberOfBlocks) {
  for (const int count : {1, 15, 16, 17, 32, 33, 500}) {
    const std::string dictionary = ManyWords(count);
    const std::string bytes = Compile(dictionary);
    const auto lexicon = CompiledLexicon::View(Bytes(bytes), Phones());
    ASSERT_TRUE(lexicon) << lexicon.error().message;
    const auto entries = *ParseDictionary(dictionary, Phones());
    for (const auto& entry : entries)
      EXPECT_THAT(Arpabet(lexicon->Find(entry.word)), ElementsAre(Arpabet(entry.phones)));
  }
}

TEST(CompileLexicon, LaysABlockOutAsItsFormatSays) {
  const std::string bytes = Compile("cats K AE1 T S\ncat K AE1 T\n");
  const std::string block("\0\3cat\1\3\x13\x81\x1e\3\1s\1\4\x13\x81\x1e\x1c", 19);
  EXPECT_EQ(bytes.substr(36), block);
  EXPECT_EQ(bytes.substr(32, 4), std::string("\x24\0\0\0", 4));
}

TEST(CompileLexicon, DropsSymbolsAndRepeatedVariants) {
  const std::string bytes = Compile("!bang B AE1 NG\ncat K AE1 T\ncat(2) K AE1 T\n");
  EXPECT_EQ(bytes, Compile("cat K AE1 T\n"));
}

TEST(CompileLexicon, GivesTheSameBytesForTheSameWordsInAnyOrder) {
  auto entries = *ParseDictionary(ManyWords(200), Phones());
  const std::string bytes = *CompileLexicon(entries, Phones());
  std::shuffle(entries.begin(), entries.end(), std::mt19937(1));
  EXPECT_EQ(*CompileLexicon(entries, Phones()), bytes);
}

TEST(CompileLexicon, RefusesWhatDoesNotFit) {
  const auto compile = [](const std::string& dictionary) {
    return CompileLexicon(*ParseDictionary(dictionary, Phones()), Phones());
  };
  EXPECT_TRUE(compile(std::string(255, 'a') + " AH0"));
  const auto long_word = compile("cat K AE1 T\n" + std::string(256, 'a') + " AH0");
  ASSERT_FALSE(long_word);
  EXPECT_EQ(long_word.error().code, Errc::kTooLarge);
  EXPECT_THAT(long_word.error().message, HasSubstr("line 2"));
  EXPECT_EQ(compile("").error().code, Errc::kInvalidArgument);
}

TEST(CompiledLexicon, RefusesBytesThatAreNotALexicon) {
  std::string bytes = Compile("cat K AE1 T\n");
  EXPECT_EQ(CompiledLexicon::View({}, Phones()).error().code, Errc::kCorrupt);
  EXPECT_EQ(CompiledLexicon::View(Bytes("PK" + bytes), Phones()).error().code, Errc::kCorrupt);
  bytes.pop_back();
  const auto cut = CompiledLexicon::View(Bytes(bytes), Phones());
  ASSERT_FALSE(cut);
  EXPECT_THAT(cut.error().message, HasSubstr("checksum"));
}

TEST(CompiledLexicon, RefusesAnotherVersionAndOtherPhones) {
  std::string bytes = Compile("cat K AE1 T\n");
  const auto other =
      PhoneSet::Parse(R"({"phones": [{"arpabet": "A", "ipa": "a", "kind": "vowel"}]})");
  EXPECT_EQ(CompiledLexicon::View(Bytes(bytes), *other).error().code, Errc::kUnsupported);
  bytes[lexicon_format::kVersionAt] = 2;
  const auto newer = CompiledLexicon::View(Bytes(bytes), Phones());
  ASSERT_FALSE(newer);
  EXPECT_EQ(newer.error().code, Errc::kUnsupported);
  EXPECT_THAT(newer.error().message, HasSubstr("format 2"));
}

TEST(CompiledLexicon, OpensAFileAndNamesOneThatItCannot) {
  const auto path = std::filesystem::path(testing::TempDir()) / "words.bin";
  ASSERT_TRUE(WriteFileAtomically(path, Compile("cat K AE1 T\n")));
  const auto lexicon = CompiledLexicon::Open(path, Phones());
  ASSERT_TRUE(lexicon) << lexicon.error().message;
  EXPECT_THAT(Arpabet(lexicon->Find("cat")), ElementsAre("K AE1 T"));
  ASSERT_TRUE(WriteFileAtomically(path, "nothing of the kind, but long enough for a header"));
  EXPECT_THAT(CompiledLexicon::Open(path, Phones()).error().message, HasSubstr("words.bin: "));
  EXPECT_EQ(CompiledLexicon::Open("no/such.bin", Phones()).error().code, Errc::kNotFound);
}

}  // namespace
}  // namespace euphone
