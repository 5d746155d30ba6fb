#include "retrieve/relevance.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "retrieve/passage.h"
#include "retrieve/question_words.h"

namespace euphone {
namespace {

using Way = Pointer::Way;

constexpr std::size_t kMostPairs = 2, kMostSounds = 3;
/// What a second pair counts, and a contrast of two letters that stand for several sounds.
constexpr double kSecond = 0.6, kOfLetters = 0.7;

/// Whether it is asked what two sounds are rather than what to do.
bool AsksForDifference(std::string_view question) {
  constexpr auto kWords = std::to_array<std::string_view>(
      {"between", "difference", "different", "differ", "matter", "really", "same", "two"});
  return std::ranges::any_of(WordsOfQuestion(question), [&](const QuestionWord& word) {
    return std::ranges::find(kWords, word.text) != kWords.end();
  });
}

class Finder {
 public:
  Finder(const Knowledge& knowledge, const PhoneSet& phones, std::string_view question)
      : knowledge_(knowledge), phones_(phones), difference_(AsksForDifference(question)) {}

  std::vector<Pointer> Find(const QuestionReading& reading) {
    for (std::size_t i = 0; i < std::min(kMostPairs, reading.pairs.size()); ++i)
      AddPair(reading.pairs[i], i == 0 ? 1.0 : kSecond);
    if (reading.pairs.empty()) AddContrastOf(reading.sounds);
    for (std::size_t i = 0; i < std::min(kMostSounds, reading.sounds.size()); ++i)
      AddAllOf(knowledge_.OfSound(reading.sounds[i]), Way::kSound, i == 0 ? 1.0 : kOfLetters);
    for (const HeldSound& held : reading.held)
      AddAllOf(knowledge_.OfSound(held.phone), Way::kHeld, held.share);
    for (const std::string& language : reading.languages)
      AddAllOf(knowledge_.Find(language), Way::kLanguage, 1.0);
    return std::move(pointers_);
  }

 private:
  void Add(std::string passage, Way way, double share) {
    pointers_.push_back({std::move(passage), way, share});
  }

  void AddPair(const AskedPair& pair, double share) {
    if (!pair.heard) return AddSection(*pair.wanted, "When it is left out", share);
    if (!pair.wanted) {
      if (pair.after) AddSection(*pair.after, "When something is added after it", share);
      return;
    }
    const Article* const contrast = knowledge_.OfContrast(*pair.wanted, *pair.heard);
    if (contrast == nullptr) return;
    if (!pair.directed) AddAllOf(contrast, Way::kEither, share);
    const std::string about = SectionId(contrast->id, "about");
    if (pair.directed) {
      Add(SectionId(contrast->id, SaidAs(phones_, *pair.wanted, *pair.heard)), Way::kTips, share);
      Add(about, Way::kExplains, share);
    }
    if (difference_) Add(about, Way::kExplains, share / 2.0);
  }

  void AddSection(PhoneId phone, std::string_view heading, double share) {
    const Article* const sound = knowledge_.OfSound(phone);
    if (sound != nullptr) Add(SectionId(sound->id, heading), Way::kTips, share);
  }

  /// Of all that make one; what one letter stands for makes none.
  void AddContrastOf(const std::vector<PhoneId>& sounds) {
    for (std::size_t i = 0; i < sounds.size(); ++i) {
      for (std::size_t j = i + 1; j < sounds.size(); ++j) {
        const Article* const contrast = knowledge_.OfContrast(sounds[i], sounds[j]);
        if (contrast != nullptr && contrast->id != "contrast/dh-th")
          AddAllOf(contrast, Way::kEither, kOfLetters);
      }
    }
  }

  void AddAllOf(const Article* article, Way way, double share) {
    if (article == nullptr) return;
    Add(SectionId(article->id, "about"), way, share);
    for (const ArticleSection& section : article->sections)
      Add(SectionId(article->id, section.heading), way, share);
  }

  const Knowledge& knowledge_;
  const PhoneSet& phones_;
  const bool difference_;
  std::vector<Pointer> pointers_;
};

}  // namespace

double Weigh(const Relevance& relevance) {
  return 4.9 * relevance.text + 4.8 * relevance.asked + 9.9 * relevance.article +
         3.9 * relevance.words + 6.1 * relevance.tips + 4.5 * relevance.explains +
         1.5 * relevance.either + 0.1 * relevance.sound + 1.9 * relevance.held +
         1.0 * relevance.language - 2.0 * relevance.sentence;
}

std::vector<Pointer> PointersOf(const QuestionReading& reading, const Knowledge& knowledge,
                                const PhoneSet& phones, std::string_view question) {
  return Finder(knowledge, phones, question).Find(reading);
}

void Count(const Pointer& pointer, Relevance& relevance) {
  double* const place = [&] {
    switch (pointer.way) {
      case Way::kTips:
        return &relevance.tips;
      case Way::kExplains:
        return &relevance.explains;
      case Way::kEither:
        return &relevance.either;
      case Way::kSound:
        return &relevance.sound;
      case Way::kHeld:
        return &relevance.held;
      case Way::kLanguage:
        break;
    }
    return &relevance.language;
  }();
  // What explains may also be what was asked for: both count.
  *place = pointer.way == Way::kExplains ? *place + pointer.share : std::max(*place, pointer.share);
}

}  // namespace euphone
