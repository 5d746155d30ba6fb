#include "tutor/rubric.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/random.h"
#include "retrieve/question_words.h"

namespace euphone {
namespace {

using Stems = std::set<std::string>;

/// Without the commonest endings: "teeth's", "sounds", "moving" and "moved" are found again.
std::string StemOf(std::string word) {
  constexpr std::array<std::string_view, 6> kEndings = {"'s", "ing", "ed", "es", "s", "e"};
  constexpr std::size_t kShortest = 3;
  for (const std::string_view ending : kEndings) {
    if (!word.ends_with(ending) || word.size() < ending.size() + kShortest) continue;
    word.resize(word.size() - ending.size());
    // "putt" of "putting".
    const bool doubled = ending.size() > 1 && word[word.size() - 1] == word[word.size() - 2];
    if (doubled && word.size() > kShortest) word.pop_back();
    break;
  }
  return word;
}

Stems StemsOf(std::string_view text) {
  Stems stems;
  for (const QuestionWord& word : WordsOfQuestion(text))
    if (!IsCommon(word.text) && word.text.size() > 2) stems.insert(StemOf(word.text));
  return stems;
}

Stems StemsOf(const std::vector<std::string>& texts) {
  Stems all;
  for (const std::string& text : texts) all.merge(StemsOf(text));
  return all;
}

/// How many of `some` are among `all`; 1 where there are none to be found.
double ShareIn(const Stems& some, const Stems& all) {
  if (some.empty()) return 1.0;
  const auto found =
      std::ranges::count_if(some, [&](const std::string& stem) { return all.count(stem) > 0; });
  return static_cast<double>(found) / static_cast<double>(some.size());
}

double MeanOfRepeats(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

}  // namespace

bool Refuses(std::string_view text) {
  // In small letters and with plain apostrophes.
  std::string words;
  for (const QuestionWord& word : WordsOfQuestion(text)) words += " " + word.text;
  words += " ";
  constexpr auto kSaid = std::to_array<std::string_view>(
      {" not answer ",      " don't answer ", " doesn't answer ", " cannot answer ",
       " can't answer ",    " don't know ",   " do not know ",    " know nothing ",
       " no information ",  " not mention ",  " don't mention ",  " doesn't mention ",
       " don't say ",       " do not say ",   " does not say ",   " not in the passages ",
       " not covered ",     " do not cover ", " don't cover ",    " nothing about ",
       " unable to answer "});
  return std::ranges::any_of(
      kSaid, [&](std::string_view said) { return words.find(said) != std::string::npos; });
}

RubricMarks MarkAnswer(const RubricInput& input) {
  const auto yes = [](bool condition) { return condition ? 1.0 : 0.0; };
  Stems known = StemsOf(input.given);
  known.merge(StemsOf(input.question));
  const Stems said = StemsOf(input.answer);
  const bool cites = std::ranges::any_of(
      input.cited, [&](const std::string& id) { return std::ranges::count(input.right, id) > 0; });
  const bool refuses = Refuses(input.answer);
  return {.cites = yes(cites),
          .grounded = ShareIn(said, known),
          .covers = ShareIn(StemsOf(input.right_texts), said),
          .fair = yes(input.fair),
          .refuses = yes(refuses),
          .right = yes(input.right.empty() ? refuses : cites && input.fair && !refuses)};
}

QuestionMean MeanOverQuestions(const std::vector<std::vector<double>>& values) {
  constexpr std::size_t kDraws = 1000;
  constexpr std::uint64_t kSeed = 20'251'128;
  std::vector<double> means;
  for (const std::vector<double>& one : values)
    if (!one.empty()) means.push_back(MeanOfRepeats(one));
  Random random(kSeed);
  std::vector<double> draws(kDraws);
  for (double& draw : draws) {
    double sum = 0.0;
    for (std::size_t i = 0; i < means.size(); ++i) sum += means[random.Below(means.size())];
    draw = sum / static_cast<double>(means.size());
  }
  std::ranges::sort(draws);
  return {.value = MeanOfRepeats(means),
          .low = draws[kDraws / 40],
          .high = draws[kDraws - kDraws / 40 - 1]};
}

}  // namespace euphone
