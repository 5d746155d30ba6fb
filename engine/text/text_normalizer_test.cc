#include "text/text_normalizer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "text/script_invariants.h"

namespace euphone {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Script Normalized(const std::string& text) {
  Result<Script> script = NormalizeText(text);
  EXPECT_TRUE(script) << text << ": " << (script ? "" : script.error().message);
  return script ? *std::move(script) : Script{};
}

std::string At(const Script& script, TextSpan span) {
  return script.original.substr(span.begin, span.end - span.begin);
}

/// "word[what is written]" of every word.
std::vector<std::string> WordsWithSpans(const std::string& text) {
  const Script script = Normalized(text);
  std::vector<std::string> all;
  for (const SpokenWord& word : script.words) {
    all.push_back(word.text + "[" + At(script, word.span) + "]");
  }
  return all;
}

std::vector<std::string> Sentences(const std::string& text) {
  const Script script = Normalized(text);
  std::vector<std::string> all;
  for (const SentenceSpan& sentence : script.sentences) all.push_back(At(script, sentence.span));
  return all;
}

std::vector<std::string> WordsBeforePauses(const std::string& text) {
  std::vector<std::string> all;
  for (const SpokenWord& word : Normalized(text).words) {
    if (word.pause_expected_after) all.push_back(word.text);
  }
  return all;
}

std::vector<std::string> Notes(const std::string& text) {
  std::vector<std::string> all;
  for (const TextNote& note : Normalized(text).notes) all.push_back(note.message);
  return all;
}

std::string ErrorOf(const std::string& text) {
  const Result<Script> script = NormalizeText(text);
  return script ? "none" : script.error().message;
}

TEST(TextNormalizer, PointsEachWordAtWhatWasWritten) {
  EXPECT_THAT(WordsWithSpans("\"Caf\u00e9, don\u2019t!\""),
              ElementsAre("cafe[Caf\u00e9]", "don't[don\u2019t]"));
  EXPECT_THAT(WordsWithSpans("In 1998."),
              ElementsAre("in[In]", "nineteen[1998]", "ninety[1998]", "eight[1998]"));
  EXPECT_THAT(
      WordsWithSpans("$3 million now"),
      ElementsAre("three[$3 million]", "million[$3 million]", "dollars[$3 million]", "now[now]"));
  EXPECT_THAT(WordsWithSpans("5 km"), ElementsAre("five[5]", "kilometers[km]"));
  EXPECT_THAT(WordsWithSpans("1 000th"), ElementsAre("one[1 000th]", "thousandth[1 000th]"));
  EXPECT_THAT(WordsWithSpans("2 sq. ft. of"),
              ElementsAre("two[2]", "square[sq. ft.]", "feet[sq. ft.]", "of[of]"));
  EXPECT_THAT(WordsWithSpans("x\u22605"), ElementsAre("x[x]", "is[\u2260]", "not[\u2260]",
                                                      "equal[\u2260]", "to[\u2260]", "five[5]"));
  EXPECT_THAT(WordsWithSpans("a co-op"), ElementsAre("a[a]", "co-op[co-op]"));
  EXPECT_THAT(WordsWithSpans("10\u201320"), ElementsAre("ten[10]", "to[\u2013]", "twenty[20]"));
  EXPECT_THAT(WordsWithSpans("7 p.m."), ElementsAre("seven[7]", "pm[p.m.]"));
  EXPECT_THAT(WordsWithSpans("well-known"), ElementsAre("well[well]", "known[known]"));
  EXPECT_THAT(WordsWithSpans("cafe\u0301 \u00bd"),
              ElementsAre("cafe[cafe\u0301]", "one[\u00bd]", "half[\u00bd]"));
}

TEST(TextNormalizer, KeepsSpansApartWhereOneCharacterGivesTwoWords) {
  const Script script = Normalized("x\u33a7 y");  // SQUARE M OVER S
  EXPECT_EQ(BrokenPromise(script), "");
}

TEST(TextNormalizer, SplitsSentencesAtTheirEnds) {
  EXPECT_THAT(Sentences("Go. Stop! Why? Because\u2026 Done"),
              ElementsAre("Go.", "Stop!", "Why?", "Because\u2026", "Done"));
  EXPECT_THAT(Sentences("Title\n\nOne line\nand more.\n\n\nEnd"),
              ElementsAre("Title", "One line\nand more.", "End"));
  EXPECT_THAT(Sentences("\"I see.\" (He sat.) \u201cOh?\u201d"),
              ElementsAre("\"I see.\"", "(He sat.)", "\u201cOh?\u201d"));
  EXPECT_THAT(Sentences("1. Milk\n2. Eggs\n- Tea\n\u2022 Jam"),
              ElementsAre("1.", "Milk", "2.", "Eggs", "- Tea", "Jam"));
  EXPECT_THAT(Sentences("i like it. you do not."), ElementsAre("i like it.", "you do not."));
}

TEST(TextNormalizer, DoesNotSplitInsideASentence) {
  for (const std::string text : {"Dr. Lee paid $3.50 to Mr. Orr.",
                                 "J. R. R. Tolkien wrote it.",
                                 "We saw, e.g. Rome.",
                                 "He met Sen. Cruz on Jan. 5 at 5 p.m. today.",
                                 "\"Why?\" he asked.",
                                 "Wait... what?",
                                 "The U.S. Army came.",
                                 "It is 3.14 or so.",
                                 "Read notes.txt now.",
                                 "\"Go!\" and he went.",
                                 "Add 2 oz. of tea.",
                                 "It is 5 in. wide and 12 in. long.",
                                 "A room of 2 sq. ft. or so.",
                                 "The temp. is 20 degrees.",
                                 "Smith & Co. is big.",
                                 "It costs Rs. 500 today.",
                                 "Sr. and Jr. players met.",
                                 "See vol. 2, p. 5 and no. 7.",
                                 "George W. won.",
                                 "Lee et al. found it.",
                                 "Take 8 fl. oz. a day.",
                                 "Inc. and Ltd. firms.",
                                 "They met Sat. and Sun. at 9.",
                                 "If x != 5, stop."}) {
    EXPECT_THAT(Sentences(text), ElementsAre(text));
  }
}

TEST(TextNormalizer, SplitsAfterAnAbbreviationBeforeACapitalStarter) {
  EXPECT_THAT(Sentences("He came at 5 p.m. The end."),
              ElementsAre("He came at 5 p.m.", "The end."));
  EXPECT_THAT(Sentences("It is in the U.S. We know."),
              ElementsAre("It is in the U.S.", "We know."));
  EXPECT_THAT(Sentences("Tea, milk, etc. Cats like it."),
              ElementsAre("Tea, milk, etc.", "Cats like it."));
  EXPECT_THAT(Sentences("That was plan B. Then we left."),
              ElementsAre("That was plan B.", "Then we left."));
}

TEST(TextNormalizer, ExpectsPausesAtPunctuation) {
  EXPECT_THAT(WordsBeforePauses("a, b; c: d \u2013 e \u2014 f (g) h [i] j - k -- l. m"),
              ElementsAre("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"));
  EXPECT_THAT(WordsBeforePauses("Is it 5, or 6? No"), ElementsAre("five", "six"));
  EXPECT_THAT(WordsBeforePauses("the well-known 'old' dog's pre-war café"), IsEmpty());
  EXPECT_THAT(WordsBeforePauses("Mr. Lee, 3.5 and 1,000"), ElementsAre("lee"));
}

TEST(TextNormalizer, NotesWhatItLeftOut) {
  EXPECT_THAT(Notes("I \u2764\ufe0f you \U0001f468\u200d\U0001f469\u200d\U0001f467"),
              ElementsAre("emoji left out", "emoji left out"));
  EXPECT_THAT(Notes("\u041f\u0440\u0438\u0432\u0435\u0442 means hi"),
              ElementsAre("'\u041f\u0440\u0438\u0432\u0435\u0442' is not in the Latin alphabet and "
                          "was left out"));
  EXPECT_THAT(Notes("\u4e16\u754c is world"), testing::SizeIs(1));
  EXPECT_THAT(Notes("a \u21d2 b"), ElementsAre("'\u21d2' is not a word and was left out"));
  EXPECT_THAT(Notes("a word\u00b9"), ElementsAre("'\u00b9' is a raised number and was left out"));
  EXPECT_THAT(Notes("so " + std::string(65, 'a')),
              ElementsAre("'" + std::string(40, 'a') +
                          "\u2026' is too long to be a word and was "
                          "left out"));
  EXPECT_THAT(Notes("\u00a9 Ann\u2122"), ElementsAre("'\u00a9' is not a word and was left out",
                                                     "'\u2122' is not a word and was left out"));
  EXPECT_THAT(
      Notes("a | b ~~ c ^ so > we"),
      ElementsAre("'|' is not a word and was left out", "'~~' is not a word and was left out",
                  "'^' is not a word and was left out", "'>' is not a word and was left out"));
  EXPECT_THAT(Notes("I <3 you :D ;-)"), testing::SizeIs(3));
  EXPECT_THAT(Notes("Plain text, 5 times: \"well-known\" *and* so_on (x > 5)."), IsEmpty());
}

TEST(TextNormalizer, TakesInlinePronunciations) {
  const Script script = Normalized("I say {Tomato|t ah0  m aa1 t ow2}.");
  ASSERT_EQ(script.words.size(), 3U);
  EXPECT_EQ(script.words[2].text, "tomato");
  EXPECT_EQ(script.words[2].inline_pronunciation, "T AH0 M AA1 T OW2");
  EXPECT_EQ(At(script, script.words[2].span), "{Tomato|t ah0  m aa1 t ow2}");
  EXPECT_TRUE(script.words[2].pause_expected_after);
  EXPECT_EQ(Normalized("\\{a\\}").words.size(), 1U);
}

TEST(TextNormalizer, TakesInlinePronunciationsInIpaAsTheyAreWritten) {
  const Script script =
      Normalized("I say {Tomato| t\u0259\u02c8m\u0251\u02d0to\u028a }, {pin|/pin/}.");
  ASSERT_EQ(script.words.size(), 4U);
  EXPECT_EQ(script.words[2].text, "tomato");
  EXPECT_EQ(script.words[2].inline_pronunciation, "t\u0259\u02c8m\u0251\u02d0to\u028a");
  EXPECT_EQ(script.words[3].inline_pronunciation, "/pin/");
}

TEST(TextNormalizer, SaysThatAWordIsTooLongWhereThereIsNoOther) {
  EXPECT_THAT(ErrorOf(std::string(65, 'a')), HasSubstr("too long"));
  EXPECT_EQ(Normalized(std::string(65, 'a').append(" word")).words.size(), 1U);
}

TEST(TextNormalizer, NamesTheByteOfAMalformedPronunciation) {
  EXPECT_THAT(ErrorOf("a {b"), HasSubstr("'{' without '}' at byte 2"));
  EXPECT_THAT(ErrorOf("a {b {c|K}"), HasSubstr("'{' without '}' at byte 2"));
  EXPECT_THAT(ErrorOf("\u00e9 b}"), HasSubstr("'}' without '{' at byte 4"));
  EXPECT_THAT(ErrorOf("{tomato}"), HasSubstr("'{' without '|' at byte 0"));
  EXPECT_THAT(ErrorOf("{two words|T}"), HasSubstr("not one word of letters"));
  EXPECT_THAT(ErrorOf("{|T}"), HasSubstr("not one word of letters"));
  EXPECT_THAT(ErrorOf("{it's5|T}"), HasSubstr("not one word of letters"));
  for (const std::string bad : {"{a|}", "{a| }", "{a|T9}", "{a|T,}", "{a|ABCD}", "{a|T|T}"}) {
    EXPECT_THAT(ErrorOf(bad), HasSubstr("no phones such as B or AH0")) << bad;
  }
}

TEST(TextNormalizer, RefusesWhatCannotBeRead) {
  for (const std::string empty : {"", " \n ", "...", "\U0001f600", "\u041d\u0435\u0442", "\x01"}) {
    const Result<Script> script = NormalizeText(empty);
    ASSERT_FALSE(script) << empty;
    EXPECT_EQ(script.error().code, Errc::kInvalidArgument);
    EXPECT_THAT(script.error().message, HasSubstr("no word to read"));
  }
  EXPECT_THAT(ErrorOf("ab\xff"), HasSubstr("not valid UTF-8 at byte 2"));
  EXPECT_THAT(ErrorOf("ab\xe2\x80"), HasSubstr("not valid UTF-8 at byte 2"));
  EXPECT_THAT(ErrorOf("\xed\xa0\x80"), HasSubstr("not valid UTF-8 at byte 0"));
  EXPECT_THAT(ErrorOf("\xc0\x80"), HasSubstr("not valid UTF-8 at byte 0"));
}

TEST(TextNormalizer, RefusesTextsOverTheLimit) {
  EXPECT_TRUE(NormalizeText(std::string(20'000, ' ').replace(0, 1, "a")));
  const Result<Script> script = NormalizeText(std::string(20'001, 'a'));
  ASSERT_FALSE(script);
  EXPECT_EQ(script.error().code, Errc::kTooLarge);
  EXPECT_TRUE(NormalizeText("word word", {.max_bytes = 9}));
  EXPECT_FALSE(NormalizeText("word word", {.max_bytes = 8}));
}

TEST(TextNormalizer, KeepsItsPromisesOnRandomText) {
  const std::vector<std::string> pieces = {
      "a",       "I",      "dr",     "St",     "U",      "s",      "pm",     "VIII",   "March",
      "http",    "www",    "com",    "km",     "th",     "TV",     "the",    "word",   "1",
      "12",      "000",    "1998",   "5",      ".",      ".",      ",",      ":",      "-",
      "/",       "'",      "\"",     "$",      "%",      "@",      "#",      "+",      "=",
      "^",       "(",      ")",      "!",      "?",      " ",      " ",      " ",      "\n",
      "\n\n",    "\u2013", "\u2014", "\u00bd", "\u00b2", "\u00e9", "\u0301", "\u00b0", "\U0001f600",
      "\u0416",  "\u33a7", "\u2026", "\u2019", "{a|B}",  "\\{",    "\u200b", "A",      "XX",
      "century", "NY",     "OR",     "US",     "Rs",     "co",     "op",     "in",     "sq",
      "ft",      "per",    "lb",     "W",      "Mon",    "Sat",    "0800",   "hours",  "<",
      ">",       "~",      "|",      "\u2260", "\u221a", "\u20a9", "\u2032", "\u2033", "\u00a0",
      "\u2212",  "\u266f"};
  std::mt19937 random(20240314);  // NOLINT(cert-msc51-cpp): the same texts in every run
  std::uniform_int_distribution<std::size_t> piece(0, pieces.size() - 1);
  for (int run = 0; run < 5000; ++run) {
    std::string text = "a";
    for (int i = 0; i < 24; ++i) text += pieces[piece(random)];
    const Result<Script> script = NormalizeText(text);
    ASSERT_TRUE(script) << text << ": " << script.error().message;
    ASSERT_EQ(BrokenPromise(*script), "") << text;
  }
}

}  // namespace
}  // namespace euphone
