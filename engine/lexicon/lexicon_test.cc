#include "lexicon/lexicon.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lexicon/english_fixture.h"
#include "lexicon/fake_grapheme_model.h"
#include "lexicon/lexicon_compiler.h"

namespace euphone {
namespace {

using fixture::Arpabet;
using fixture::Phones;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

constexpr std::string_view kDictionary =
    "b. B IY1\nc. S IY1\nx. EH1 K S\nk. K EY1\nd. D IY1\n"
    "cat K AE1 T\nbox B AA1 K S\npuppy P AH1 P IY0\ncafe K AH0 F EY1\n"
    "read R EH1 D\nread(2) R IY1 D\nknown N OW1 N\nwell W EH1 L\n"
    "of AH1 V\nand AH0 N D\nand(2) AE1 N D\nrecord R AH0 K AO1 R D\nrecord(2) R EH1 K ER0 D\n";

/// A lexicon of the words above; the model, if any, says "B AA1" for everything.
Lexicon MakeLexicon(std::string_view user_words = "", bool with_model = true) {
  static const std::string bytes =
      CompileLexicon(*ParseDictionary(kDictionary, Phones()), Phones()).value();
  auto pack = std::make_shared<LanguagePack>(LanguagePack{
      "en-US", Phones(), CompiledLexicon::View(std::as_bytes(std::span(bytes)), Phones()).value(),
      TextLexicon::Parse("of AH0 V\nof AH0\nand AH0 N D\nand AH0 N\n", Phones(), Origin::kWeakForm)
          .value(),
      fixture::Syllables(), "", ""});
  std::shared_ptr<GraphemeModel> model;
  if (with_model) {
    model = std::make_shared<fixture::FakeGraphemeModel>(
        std::vector<std::string>{"<blank>", "AA1", "B"},
        Matrix{2, 3, {-9.0f, -9.0f, 0.0f, -9.0f, 0.0f, -9.0f}});
  }
  auto user = TextLexicon::Parse(user_words, Phones(), Origin::kUser).value();
  return Lexicon::Create({std::move(pack), std::move(user), std::move(model)}).value();
}

SpokenWord Word(std::string text) {
  SpokenWord word;
  word.text = std::move(text);
  return word;
}

SpokenWord Letters(std::string text) {
  SpokenWord word = Word(std::move(text));
  word.spell_out = true;
  return word;
}

SpokenWord Inline(std::string phones) {
  SpokenWord word = Word("cat");
  word.inline_pronunciation = std::move(phones);
  return word;
}

/// The variants as "ARPAbet"; REQUIRES: one origin for all.
std::vector<std::string> Said(const Lexicon& lexicon, const SpokenWord& word, Origin origin) {
  const auto variants = lexicon.Lookup(word);
  if (!variants) return {variants.error().message};
  for (const auto& variant : *variants) EXPECT_EQ(variant.origin, origin) << word.text;
  return Arpabet(*variants);
}

TEST(Lexicon, GivesTheVariantsOfTheDictionaryInOrder) {
  EXPECT_THAT(Said(MakeLexicon(), Word("record"), Origin::kLexicon),
              ElementsAre("R AH0 K AO1 R D", "R EH1 K ER0 D"));
}

TEST(Lexicon, PutsInlinePhonesFirst) {
  const Lexicon lexicon = MakeLexicon("cat D AO1 G\n");
  EXPECT_THAT(Said(lexicon, Inline("p r ah0 N"), Origin::kInline), ElementsAre("P R AH0 N"));
  EXPECT_THAT(Said(lexicon, Inline("N OW"), Origin::kInline), ElementsAre("N OW1"));
}

TEST(Lexicon, ReadsInlinePhonesInIpaToo) {
  const Lexicon lexicon = MakeLexicon();
  EXPECT_THAT(Said(lexicon, Inline("kæt"), Origin::kInline), ElementsAre("K AE1 T"));
  EXPECT_THAT(Said(lexicon, Inline("/təˈmɑːtoʊ/"), Origin::kInline),
              ElementsAre("T AH0 M AA1 T OW0"));
}

TEST(Lexicon, AsksForPhonesWhenInlinePhonesAreSomethingElse) {
  const auto variants = MakeLexicon().Lookup(Inline("kœt"));
  ASSERT_FALSE(variants);
  EXPECT_EQ(variants.error().code, Errc::kInvalidArgument);
  EXPECT_THAT(variants.error().message, HasSubstr("for 'cat': 'œ' in 'kœt'"));
  EXPECT_THAT(variants.error().message, HasSubstr("ARPAbet"));
}

TEST(Lexicon, LetsTheUsersWordsReplaceTheDictionarys) {
  const Lexicon lexicon = MakeLexicon("of OW1 F\ncat D AO1 G\nbbc B IY1 B\n");
  EXPECT_THAT(Said(lexicon, Word("of"), Origin::kUser), ElementsAre("OW1 F"));
  EXPECT_THAT(Said(lexicon, Word("cat's"), Origin::kUser), ElementsAre("D AO1 G Z"));
  EXPECT_THAT(Said(lexicon, Letters("bbc"), Origin::kUser), ElementsAre("B IY1 B"));
}

TEST(Lexicon, AppendsWeakFormsThatAreNew) {
  const auto of = *MakeLexicon().Lookup(Word("of"));
  EXPECT_THAT(Arpabet(of), ElementsAre("AH1 V", "AH0 V", "AH0"));
  EXPECT_EQ(of[0].origin, Origin::kLexicon);
  EXPECT_EQ(of[1].origin, Origin::kWeakForm);
  EXPECT_THAT(Arpabet(*MakeLexicon().Lookup(Word("and"))),
              ElementsAre("AH0 N D", "AE1 N D", "AH0 N"));
}

TEST(Lexicon, SpellsLettersWithTheStressOnTheLast) {
  const Lexicon lexicon = MakeLexicon();
  EXPECT_THAT(Said(lexicon, Letters("bbc"), Origin::kSpelled), ElementsAre("B IY2 B IY2 S IY1"));
  EXPECT_THAT(Said(lexicon, Letters("bbc's"), Origin::kSpelled),
              ElementsAre("B IY2 B IY2 S IY1 Z"));
  EXPECT_THAT(Said(lexicon, Letters("b.c."), Origin::kSpelled), ElementsAre("B IY2 S IY1"));
  EXPECT_THAT(Said(lexicon, Word("xkcd"), Origin::kSpelled),
              ElementsAre("EH2 K S K EY2 S IY2 D IY1"));
  EXPECT_EQ(lexicon.Lookup(Letters("b\u00F8")).error().code, Errc::kUnsupported);
}

TEST(Lexicon, DerivesPossessivesAndPlurals) {
  const Lexicon lexicon = MakeLexicon();
  EXPECT_THAT(Said(lexicon, Word("read's"), Origin::kLexicon),
              ElementsAre("R EH1 D Z", "R IY1 D Z"));
  EXPECT_THAT(Said(lexicon, Word("boxes"), Origin::kLexicon), ElementsAre("B AA1 K S IH0 Z"));
  EXPECT_THAT(Said(lexicon, Word("puppies"), Origin::kLexicon), ElementsAre("P AH1 P IY0 Z"));
  EXPECT_THAT(Said(lexicon, Word("caf\u00E9s"), Origin::kLexicon), ElementsAre("K AH0 F EY1 Z"));
}

TEST(Lexicon, FindsWordsHoweverTheyAreWritten) {
  const Lexicon lexicon = MakeLexicon();
  EXPECT_THAT(Said(lexicon, Word("Caf\u00C9"), Origin::kLexicon), ElementsAre("K AH0 F EY1"));
  EXPECT_THAT(Said(lexicon, Word("Cat\u2019s"), Origin::kLexicon), ElementsAre("K AE1 T S"));
}

TEST(Lexicon, JoinsThePartsOfAHyphenedWord) {
  const Lexicon lexicon = MakeLexicon();
  EXPECT_THAT(Said(lexicon, Word("well-known"), Origin::kLexicon), ElementsAre("W EH1 L N OW1 N"));
  EXPECT_THAT(Said(lexicon, Word("well-read"), Origin::kLexicon),
              ElementsAre("W EH1 L R EH1 D", "W EH1 L R IY1 D"));
  EXPECT_THAT(Said(lexicon, Word("-cat--blorp-"), Origin::kG2p), ElementsAre("K AE1 T B AA1"));
  EXPECT_THAT(Said(lexicon, Word("read-read-read-read"), Origin::kLexicon), SizeIs(8));
}

TEST(Lexicon, GuessesOnlyWhatNobodyKnows) {
  EXPECT_THAT(Said(MakeLexicon(), Word("blorp"), Origin::kG2p), ElementsAre("B AA1"));
}

TEST(Lexicon, SaysThatAWordIsUnknownWithoutAModel) {
  const auto variants = MakeLexicon("", false).Lookup(Word("blorp"));
  ASSERT_FALSE(variants);
  EXPECT_EQ(variants.error().code, Errc::kNotFound);
  EXPECT_THAT(variants.error().message, HasSubstr("'blorp'"));
}

TEST(Lexicon, HasNoPronunciationForNothing) {
  for (const char* nothing : {"", "-", "'", "--", "..."}) {
    const auto variants = MakeLexicon().Lookup(Word(nothing));
    ASSERT_FALSE(variants) << nothing;
    EXPECT_EQ(variants.error().code, Errc::kNotFound) << nothing;
  }
}

TEST(WithoutStressTwins, KeepsTheFirstOfThoseThatSoundAlike) {
  const auto of = WithoutStressTwins(*MakeLexicon().Lookup(Word("of")));
  EXPECT_THAT(Arpabet(of), ElementsAre("AH1 V", "AH0"));
}

}  // namespace
}  // namespace euphone
