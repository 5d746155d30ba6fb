#include "coach/advice.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <string_view>

#include "coach/features.h"
#include "coach/feedback.h"
#include "coach/places.h"

namespace euphone {
namespace {

constexpr const char* kHow = "How it is made";
constexpr const char* kLeftOut = "When it is left out";
constexpr const char* kTips = "Tips";
/// How much more a confusion counts that is usual for the first language, and one that is always
/// made.
constexpr double kUsual = 0.2, kHabit = 1.0;

/// One thing that could be worked on, with all that could be said about it.
struct Matter {
  double weight = 0.0;
  std::vector<Advice> tips;
};

void AddTips(std::vector<Advice>& tips, const Article* article, std::string_view heading,
             const std::string& part) {
  if (article == nullptr) return;
  const auto& items = article->items(heading);
  for (std::size_t i = 0; i < items.size(); ++i) {
    Advice advice{.tip = article->id + ":" + part + std::to_string(i + 1),
                  .text = items[i],
                  .article = article->id};
    if (!article->pairs.empty()) advice.pair = article->pairs[i % article->pairs.size()];
    tips.push_back(std::move(advice));
  }
}

class Adviser {
 public:
  Adviser(const Analysis& analysis, const PhoneSet& phones, const Knowledge& knowledge,
          const LearnerRecord& record)
      : analysis_(analysis), phones_(phones), knowledge_(knowledge), record_(record) {}

  std::vector<Advice> Give(std::size_t most) const {
    const auto confusions = ConfusionsIn(analysis_, phones_);
    std::vector<Matter> matters = Sounds(confusions, true);
    AddProsody(matters, WrongStress(analysis_));
    AddProsody(matters, BrokenPhrase(analysis_));
    AddProsody(matters, WrongEnding(analysis_));
    std::ranges::move(Sounds(confusions, false), std::back_inserter(matters));
    // What was said lately comes behind all else.
    std::ranges::stable_sort(matters, std::less(),
                             [this](const Matter& matter) { return Fresh(matter.tips) ? 0 : 1; });
    std::vector<Advice> given;
    for (const Matter& matter : matters) {
      if (given.size() == most || (!given.empty() && !Fresh(matter.tips))) break;
      given.push_back(*Oldest(matter.tips));
    }
    return given;
  }

 private:
  std::vector<Matter> Sounds(const std::vector<Confusion>& confusions, bool evident) const {
    std::vector<Matter> matters;
    for (const Confusion& confusion : confusions) {
      if (confusion.evident != evident) continue;
      Matter matter{.weight = confusion.cost * (1.0 + Habit(confusion) + Usual(confusion)),
                    .tips = TipsOf(confusion)};
      for (Advice& tip : matter.tips) {
        tip.word = confusion.word;
        tip.phone = confusion.phone;
      }
      if (!matter.tips.empty()) matters.push_back(std::move(matter));
    }
    std::ranges::stable_sort(matters, std::greater(), &Matter::weight);
    return matters;
  }

  std::vector<Advice> TipsOf(const Confusion& confusion) const {
    if (confusion.heard) return TipsFor(phones_, knowledge_, confusion.expected, *confusion.heard);
    std::vector<Advice> tips;
    const Article* const sound = knowledge_.OfSound(confusion.expected);
    if (confusion.dropped) {
      AddTips(tips, sound, kLeftOut, "out-");
      for (const char* topic : TopicsOfDropped(confusion))
        AddTips(tips, knowledge_.Find(topic), kTips, "");
    } else {
      AddTips(tips, sound, kHow, "how-");
    }
    return tips;
  }

  /// What else explains that a sound is missing where it stands.
  std::vector<const char*> TopicsOfDropped(const Confusion& confusion) const {
    const std::vector<PhoneScore>& word = analysis_.words[confusion.word].phones;
    const auto consonant = [&](std::size_t i) {
      return i < word.size() && !phones_.info(word[i].phone.id).vowel;
    };
    const std::size_t at = confusion.phone;
    std::vector<const char*> topics;
    if (!consonant(at)) return topics;
    if (consonant(at + 1) || (at > 0 && consonant(at - 1)))
      topics.push_back("prosody/consonant-clusters");
    else if (at + 1 == word.size())
      topics.push_back("prosody/final-consonants");
    return topics;
  }

  void AddProsody(std::vector<Matter>& matters, const std::optional<Placed>& placed) const {
    if (!placed) return;
    Matter matter;
    for (const std::string_view topic : TopicsFor(analysis_, *placed))
      AddTips(matter.tips, knowledge_.Find(topic), kTips, "");
    for (Advice& tip : matter.tips) {
      tip.word = placed->word;
      tip.place = placed->place;
    }
    if (!matter.tips.empty()) matters.push_back(std::move(matter));
  }

  double Habit(const Confusion& confusion) const {
    if (!confusion.heard) return 0.0;
    const auto found = record_.habits.find({confusion.expected, *confusion.heard});
    return found == record_.habits.end() ? 0.0 : kHabit * found->second;
  }

  double Usual(const Confusion& confusion) const {
    if (!confusion.heard || record_.first_language.empty()) return 0.0;
    const Article* const article = knowledge_.OfContrast(confusion.expected, *confusion.heard);
    const bool usual =
        article != nullptr && std::ranges::count(article->languages, record_.first_language) > 0;
    return usual ? kUsual : 0.0;
  }

  /// How many attempts ago a tip was given; kAttemptsBetween + 1 for all that is longer ago.
  std::size_t Age(const Advice& advice) const {
    for (std::size_t age = 1; age <= std::min(kAttemptsBetween, record_.told.size()); ++age) {
      if (std::ranges::count(record_.told[record_.told.size() - age], advice.tip) > 0) return age;
    }
    return kAttemptsBetween + 1;
  }
  bool Fresh(const std::vector<Advice>& tips) const {
    return std::ranges::any_of(tips,
                               [this](const Advice& tip) { return Age(tip) > kAttemptsBetween; });
  }
  std::vector<Advice>::const_iterator Oldest(const std::vector<Advice>& tips) const {
    return std::ranges::max_element(tips, std::less(),
                                    [this](const Advice& tip) { return Age(tip); });
  }

  const Analysis& analysis_;
  const PhoneSet& phones_;
  const Knowledge& knowledge_;
  const LearnerRecord& record_;
};

}  // namespace

void Remember(const Analysis& attempt, LearnerRecord& record) {
  if (attempt.verdict != Verdict::kScored) return;
  std::vector<std::string>& told = record.told.emplace_back();
  for (const Advice& advice : attempt.advice) told.push_back(advice.tip);
  if (record.told.size() > kAttemptsBetween) record.told.erase(record.told.begin());
}

std::vector<Advice> Advise(const Analysis& analysis, const PhoneSet& phones,
                           const Knowledge& knowledge, const LearnerRecord& record,
                           std::size_t most) {
  if (analysis.verdict != Verdict::kScored) return {};
  return Adviser(analysis, phones, knowledge, record).Give(most);
}

std::vector<Advice> TipsFor(const PhoneSet& phones, const Knowledge& knowledge, PhoneId expected,
                            PhoneId heard) {
  std::vector<Advice> tips;
  const std::string one = phones.info(expected).arpabet, other = phones.info(heard).arpabet;
  AddTips(tips, knowledge.OfContrast(expected, heard), SaidAs(phones, expected, heard),
          one + "-" + other + "-");
  if (tips.empty() && expected != heard)
    tips.push_back({.tip = "features:" + one + "-" + other,
                    .text = TipFromFeatures(phones.info(expected), phones.info(heard)),
                    .article = {}});
  if (tips.size() < 2) AddTips(tips, knowledge.OfSound(expected), kHow, "how-");
  return tips;
}

}  // namespace euphone
