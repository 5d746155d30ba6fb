#include "llm/redact.h"

#include <gtest/gtest.h>

namespace euphone::llm {
namespace {

std::string Restored(const std::string& name, const std::string& text, std::size_t piece) {
  NameRestorer restorer(name);
  std::string all;
  for (std::size_t at = 0; at < text.size(); at += piece)
    all += restorer.Push(text.substr(at, piece));
  return all + restorer.Finish();
}

TEST(Redactor, HidesNamesThatStandAsWords) {
  const Redactor redactor({"Ana", "Zoë Li"}, "");
  EXPECT_EQ(redactor.Hide("Ana's th, said ANA; banana, Anatol and ana."),
            "the learner's th, said the learner; banana, Anatol and the learner.");
  EXPECT_EQ(redactor.Hide("Zoë Li and Zoë"), "the learner and the learner");
  EXPECT_EQ(redactor.Hide(""), "");
}

TEST(Redactor, HidesPartsOfNamesUnlessTheyAreShort) {
  const Redactor redactor({"Maria da Silva"}, "");
  EXPECT_EQ(redactor.Hide("Silva, da, maria"), "the learner, da, the learner");
}

TEST(Redactor, HidesTheNameOfWhoAsksThatIsNotInTheList) {
  EXPECT_EQ(Redactor({}, "Ana").Hide("I am Ana"), "I am the learner");
}

TEST(Redactor, HidesNothingWithoutNames) {
  EXPECT_EQ(Redactor().Hide("Ana reads"), "Ana reads");
  EXPECT_EQ(Redactor({""}, "").Hide("Ana reads"), "Ana reads");
}

TEST(NameRestorer, PutsTheNameBackWhateverThePieces) {
  const std::string text =
      "The learner reads; tell the learner's friend the learners, bathe learner. The learner";
  for (std::size_t piece = 1; piece <= text.size(); ++piece) {
    EXPECT_EQ(Restored("Ana", text, piece),
              "Ana reads; tell Ana's friend the learners, bathe learner. Ana")
        << piece;
  }
}

TEST(NameRestorer, GivesWhatIsNoNameAtOnce) {
  NameRestorer restorer("Ana");
  EXPECT_EQ(restorer.Push("Say the"), "Say ");
  EXPECT_EQ(restorer.Push(" word"), "the word");
  EXPECT_EQ(restorer.Finish(), "");
}

TEST(NameRestorer, LeavesTheTextOfNobodyAsItIs) {
  EXPECT_EQ(Restored("", "the learner", 3), "the learner");
}

}  // namespace
}  // namespace euphone::llm
