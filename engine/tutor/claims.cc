#include "tutor/claims.h"

#include <cctype>
#include <cstddef>

#include "retrieve/question_words.h"
#include "text/folded_text.h"
#include "tutor/claim_words.h"

namespace euphone {
namespace {

using claim::Holds;
using Words = std::vector<std::string>;

constexpr const char* kOfHer = "it says something of the learner that no record holds";

/// Cuts at the ends of sentences and lines, without blanks around.
Words SentencesOf(std::string_view text) {
  Words sentences;
  std::string sentence;
  const auto end = [&] {
    const std::size_t first = sentence.find_first_not_of(" \t");
    if (first != std::string::npos)
      sentences.push_back(sentence.substr(first, sentence.find_last_not_of(" \t") - first + 1));
    sentence.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n' || c == '\r') {
      end();
      continue;
    }
    sentence += c;
    const bool stop = c == '.' || c == '!' || c == '?' || c == ';';
    if (stop && (i + 1 == text.size() || !std::isalnum(static_cast<unsigned char>(text[i + 1]))))
      end();
  }
  end();
  return sentences;
}

/// Text with one kind of quote, dash and blank.
std::string Folded(std::string_view text) {
  const auto folded = FoldText(text);
  if (!folded) return "";
  std::string plain;
  for (const char c : folded->chars) {
    const bool dash = c == mark::kEnDash || c == mark::kEmDash;
    if (c == ' ' && plain.ends_with(' ')) continue;
    plain += dash ? '-' : c;
  }
  return plain;
}

/// Without what stands between slashes or brackets: signs for sounds.
std::string WithoutSigns(std::string_view text) {
  constexpr std::size_t kLongest = 24;  // Bytes of a word's sounds in the IPA.
  std::string rest;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char closing = text[i] == '/' ? '/' : text[i] == '[' ? ']' : '\0';
    const std::size_t end = closing == '\0' ? std::string_view::npos : text.find(closing, i + 1);
    if (end == std::string_view::npos || end - i > kLongest ||
        text.substr(i, end - i).find(' ') != std::string_view::npos)
      rest += text[i];
    else
      i = end;
  }
  return rest;
}

std::vector<std::string> Figures(std::string_view text) {
  std::vector<std::string> figures;
  bool inside = false;
  for (const char c : text) {
    const bool digit = c >= '0' && c <= '9';
    if (digit && !inside) figures.emplace_back();
    if (digit) figures.back() += c;
    inside = digit;
  }
  return figures;
}

/// Whether what stands between quotes is an example or some: no more than two words each.
bool IsExample(std::string_view quoted) {
  std::size_t blanks = 0;
  for (const char c : quoted) {
    if (c == ' ') ++blanks;
    if (c == ',') blanks = 0;
    if (blanks > 2) return false;
  }
  return quoted.find(',') != std::string_view::npos || blanks < 2;
}

/// The words of a sentence; examples between quotes say nothing.
Words Telling(std::string_view sentence) {
  std::string rest;
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    const std::size_t end = sentence[i] == '"' ? sentence.find('"', i + 1) : std::string_view::npos;
    if (end == std::string_view::npos || !IsExample(sentence.substr(i + 1, end - i - 1))) {
      rest += sentence[i];
    } else {
      rest += ' ';
      i = end;
    }
  }
  Words words;
  for (const QuestionWord& word : WordsOfQuestion(rest))
    if (!word.quoted) words.push_back(word.text);
  return words;
}

std::string_view At(const Words& words, std::size_t i) {
  return i < words.size() ? std::string_view(words[i]) : std::string_view();
}

template <class List>
bool Any(const Words& words, const List& list) {
  return std::ranges::any_of(words, [&](const std::string& word) { return Holds(list, word); });
}

bool IsPast(std::string_view word) {
  return Holds(claim::kPast, word) ||
         (word.size() > 4 && word.ends_with("ed") && !word.ends_with("eed"));
}

/// "you" at `i` with what it does.
bool YouClaims(const Words& words, std::size_t i) {
  const std::string_view before = i == 0 ? std::string_view() : At(words, i - 1);
  const std::string_view after = At(words, i + 1), next = At(words, i + 2);
  if (IsPast(after)) return !(before == "if" && i > 1 && At(words, i - 2) == "as");
  if (Holds(claim::kHowOften, after)) return before != "if";
  if (Holds(claim::kModal, after) || (after == "have" && next == "to")) return false;
  return !Holds(claim::kBeforeYou, before);
}

/// "your" at `i`: a part of her body, or how she speaks?
bool YourClaims(const Words& words, std::size_t i) {
  constexpr std::size_t kFar = 4;
  for (std::size_t k = i + 1; k < words.size() && k <= i + kFar; ++k)
    if (Holds(claim::kHers, words[k])) return false;
  return true;
}

bool SpeaksToHer(const Words& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    const std::string_view before = i == 0 ? std::string_view() : At(words, i - 1);
    if (word == "you" && YouClaims(words, i)) return true;
    if ((word == "your" || word == "yours") && YourClaims(words, i)) return true;
    if (word == "you've" || word == "you'd" || word == "ya" || word == "ur" || word == "u")
      return true;
    if (word == "you're" && before != "if" && before != "when" && before != "while") return true;
  }
  return false;
}

/// Whoever writes claims to have heard her.
bool HeardHer(const Words& words) {
  constexpr std::size_t kFar = 4;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (word.starts_with("i'") || word == "we've" || word == "my") return true;
    if (word != "i" && word != "we") continue;
    for (std::size_t k = i + 1; k < words.size() && k <= i + kFar; ++k)
      if (Holds(claim::kPerceive, words[k])) return true;
  }
  return false;
}

/// What happened: advice and rules speak of no past.
bool TellsOfPast(const Words& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view before = i == 0 ? std::string_view() : At(words, i - 1);
    const auto word = words.begin() + static_cast<std::ptrdiff_t>(i);
    const bool as_if = std::find(words.begin(), word, "if") != word;
    if (Holds(claim::kPast, words[i]) && !Holds(claim::kBe, before) && !as_if) return true;
  }
  return false;
}

bool NamesHer(const Words& words, std::string_view learner) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool any = i > 0 && Holds(claim::kAny, words[i - 1]);
    if (Holds(claim::kPerson, words[i]) && !any) return true;
  }
  return std::ranges::any_of(WordsOfQuestion(learner), [&](const QuestionWord& name) {
    return name.text.size() > 2 && std::ranges::count(words, name.text) > 0;
  });
}

bool ComesOutAs(const Words& words) {
  const auto comes = std::ranges::find(words, "comes");
  return std::find(comes, words.end(), "as") != words.end() ||
         std::find(comes, words.end(), "like") != words.end();
}

/// Whether a sentence speaks of how this learner speaks.
bool Claims(const Words& words, const Grounds& grounds) {
  if (Any(words, claim::kMeasured) || NamesHer(words, grounds.learner)) return true;
  if (SpeaksToHer(words) || HeardHer(words) || TellsOfPast(words)) return true;
  if (At(words, 0) == "well" && At(words, 1) == "done") return true;
  if (At(words, 0) == "good" && words.size() < 5) return true;
  const bool maybe = Any(words, claim::kMaybe), to_her = std::ranges::count(words, "you") > 0;
  if (to_her && !maybe && Any(words, claim::kJudging)) return true;
  const bool advice = Holds(claim::kDo, At(words, 0)) || Any(words, claim::kHers);
  if (advice || maybe || Any(words, claim::kAnybody)) return false;
  return Any(words, claim::kJudging) || Any(words, claim::kInstead) ||
         Any(words, claim::kHowOften) || ComesOutAs(words);
}

/// Most words are English ones, and some are those that any English sentence has.
bool IsEnglish(const Words& words, const Lexicon& lexicon, std::string_view given) {
  constexpr std::size_t kFew = 5;
  constexpr double kKnown = 0.75, kCommon = 0.1;
  if (words.empty()) return true;
  double known = 0.0, common = 0.0;
  for (const std::string& word : words) {
    const bool is_common = IsCommon(word);
    common += is_common ? 1.0 : 0.0;
    const bool is_known = is_common || !lexicon.pack().lexicon.Find(word).empty() ||
                          given.find(word) != std::string_view::npos;
    known += is_known ? 1.0 : 0.0;
  }
  const auto all = static_cast<double>(words.size());
  return known / all >= kKnown && (words.size() < kFew || common / all >= kCommon);
}

bool HoldsForeign(std::string_view folded) {
  return folded.find(mark::kForeign) != std::string_view::npos ||
         folded.find(mark::kUnknown) != std::string_view::npos;
}

bool HoldsAddress(std::string_view text) {
  for (const std::string_view sign : {"://", "www.", "@", ".com", ".org", ".net", "mailto:"})
    if (text.find(sign) != std::string_view::npos) return true;
  return false;
}

}  // namespace

std::optional<std::string> ObjectionTo(std::string_view text, const Grounds& grounds,
                                       const Lexicon& lexicon) {
  std::string given, sources;
  for (const std::string& passage : grounds.passages) sources += Folded(passage) + "\n";
  given = sources + Folded(grounds.question) + "\n";
  std::string record;
  for (const std::string& line : grounds.record) record += Folded(line) + "\n";
  const std::string folded = Folded(WithoutSigns(text));
  if (folded.find_first_not_of(" \n\t.") == std::string::npos) return "it says nothing";
  if (HoldsForeign(folded)) return "it has letters that English has not";
  if (HoldsAddress(folded)) return "it holds an address";
  std::string own = folded;
  for (const std::string& line : grounds.record) {
    const std::string said = Folded(line);
    if (const std::size_t at = own.find(said); !said.empty() && at != std::string::npos)
      own.replace(at, said.size(), "\n");
  }
  const std::vector<std::string> known = Figures(given);
  for (const std::string& figure : Figures(own))
    if (std::ranges::count(known, figure) == 0) return "it has figures that no passage has";
  for (const std::string& sentence : SentencesOf(own)) {
    if (sources.find(sentence) != std::string::npos) continue;
    const Words words = Telling(sentence);
    if (Claims(words, grounds)) return kOfHer;
    if (!IsEnglish(words, lexicon, given)) return "it is not in English";
  }
  return std::nullopt;
}

}  // namespace euphone
