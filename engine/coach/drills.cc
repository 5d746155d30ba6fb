#include "coach/drills.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <string_view>
#include <tuple>

#include "base/random.h"

namespace euphone {
namespace {

/// What counts beside the distance of the mean from its target, on the same scale: 0.1 outweighs
/// a mean that is off by ten points.
constexpr double kKindTwice = 0.06, kPlaceTwice = 0.02, kDayChooses = 0.06;
constexpr double kRareWord = 0.04, kOtherPair = 0.06, kThinSentence = 0.1;
/// How often each kind is wanted, of ten.
constexpr std::array kShares{5.0, 3.0, 2.0};

/// 0–1, the same for the same text and day.
double Lot(std::string_view text, std::int64_t day) {
  const std::uint64_t lot = Stirred(SeedFor(static_cast<std::uint64_t>(day), text));
  return static_cast<double>(lot >> 11U) * 0x1p-53;
}

double SizeOf(std::string_view text) {
  return 1.0 + static_cast<double>(std::ranges::count(text, ' '));
}

class Chooser {
 public:
  Chooser(const Vocabulary& vocabulary, const DrillOrder& order, std::vector<DrillItem> items)
      : order_(order), items_(std::move(items)), taken_(items_.size()) {
    for (const DrillItem& item : items_) dislike_.push_back(DislikeOf(vocabulary, item));
  }

  Drill Choose() && {
    Drill drill;
    drill.order = order_;
    double sum = 0.0;
    while (drill.items.size() < order_.count) {
      const double next = static_cast<double>(drill.items.size() + 1);
      const auto best = Best(std::clamp(kDrillTarget * next - sum, 0.0, 1.0));
      if (!best) break;
      taken_[*best] = true;
      sum += items_[*best].chance;
      drill.items.push_back(items_[*best]);
      Count(items_[*best]);
    }
    std::ranges::stable_sort(
        drill.items, {}, [](const DrillItem& item) { return std::tuple(item.kind, -item.chance); });
    if (!drill.items.empty()) drill.expected = sum / static_cast<double>(drill.items.size());
    return drill;
  }

 private:
  double DislikeOf(const Vocabulary& vocabulary, const DrillItem& item) const {
    double dislike = kDayChooses * Lot(item.text, order_.day);
    const auto rare = [&](const std::string& text) {
      const VocabularyWord* const word = vocabulary.Find(text);
      return kRareWord / (1.0 + static_cast<double>(word == nullptr ? 0 : word->sentences));
    };
    switch (item.kind) {
      case DrillKind::kWord:
        return dislike + rare(item.text);
      case DrillKind::kPair:
        return dislike + (item.chosen ? 0.0 : kOtherPair + rare(item.text) + rare(item.other));
      case DrillKind::kSentence:
        return dislike + kThinSentence * (1.0 - std::min(1.0, static_cast<double>(item.times) *
                                                                  2.0 / SizeOf(item.text)));
    }
    return dislike;
  }

  /// Nothing: there is no further one.
  std::optional<std::size_t> Best(double wanted) const {
    std::optional<std::size_t> best;
    double least = 0.0;
    for (std::size_t i = 0; i < items_.size(); ++i) {
      const DrillItem& item = items_[i];
      if (taken_[i] || used_.contains(item.text) || used_.contains(item.other)) continue;
      const double cost = std::abs(item.chance - wanted) + dislike_[i] + Again(item);
      if (best && cost >= least) continue;
      best = i;
      least = cost;
    }
    return best;
  }

  double Again(const DrillItem& item) const {
    const auto kind = static_cast<std::size_t>(item.kind);
    const auto place = places_.find({item.kind, item.place});
    return kKindTwice * kinds_[kind] / kShares[kind] +
           (place == places_.end() ? 0.0 : kPlaceTwice * place->second);
  }

  void Count(const DrillItem& item) {
    used_.insert(item.text);
    if (item.kind == DrillKind::kPair) used_.insert(item.other);
    kinds_[static_cast<std::size_t>(item.kind)] += 1.0;
    if (item.kind != DrillKind::kSentence) places_[{item.kind, item.place}] += 1.0;
  }

  const DrillOrder order_;
  const std::vector<DrillItem> items_;
  std::vector<bool> taken_;
  std::vector<double> dislike_;
  std::array<double, kShares.size()> kinds_{};
  std::map<std::pair<DrillKind, SoundPlace>, double> places_;
  std::set<std::string> used_;
};

std::vector<const Article*> Contrasts(const Knowledge& knowledge) {
  std::vector<const Article*> contrasts;
  for (const Article& article : knowledge.articles()) {
    if (article.topic == Topic::kContrast) contrasts.push_back(&article);
  }
  return contrasts;
}

bool IsUsual(const Article& article, const std::string& language) {
  return !language.empty() && std::ranges::count(article.languages, language) > 0;
}

}  // namespace

Drill MakeDrill(const Vocabulary& vocabulary, const PhoneSet& phones, const Knowledge& knowledge,
                const SoundSkill& skill, const DrillOrder& order) {
  Drill drill =
      Chooser(vocabulary, order, DrillItemsFor(vocabulary, phones, knowledge, skill, order))
          .Choose();
  drill.skill = SkillOf(skill);
  if (order.against) {
    const auto tips = TipsFor(phones, knowledge, order.sound, *order.against);
    const auto lot = Lot("tip", order.day) * static_cast<double>(tips.size());
    if (!tips.empty()) drill.tip = tips[static_cast<std::size_t>(lot)];
  }
  return drill;
}

std::optional<PhoneId> ContrastFor(const Knowledge& knowledge, const LearnerRecord& record,
                                   PhoneId sound) {
  std::optional<PhoneId> other;
  double most = 0.0;
  for (const auto& [pair, share] : record.habits) {
    if (pair.first != sound || share <= most) continue;
    other = pair.second;
    most = share;
  }
  if (other) return other;
  auto contrasts = Contrasts(knowledge);
  std::erase_if(contrasts, [sound](const Article* article) {
    return std::ranges::count(article->phones, sound) == 0;
  });
  if (contrasts.empty()) return std::nullopt;
  const Article& best = **std::ranges::max_element(contrasts, {}, [&](const Article* article) {
    return std::tuple(IsUsual(*article, record.first_language), article->load,
                      article->languages.size());
  });
  return best.phones[best.phones[0] == sound ? 1 : 0];
}

std::optional<std::pair<PhoneId, PhoneId>> ContrastOfDay(const Knowledge& knowledge,
                                                         const std::string& first_language,
                                                         std::int64_t day) {
  auto contrasts = Contrasts(knowledge);
  if (contrasts.empty()) return std::nullopt;
  const auto rank = [&](const Article* article) {
    return std::pair(IsUsual(*article, first_language), article->load);
  };
  const auto best = rank(*std::ranges::max_element(contrasts, {}, rank));
  std::erase_if(contrasts, [&](const Article* article) { return rank(article) != best; });
  const auto lot = static_cast<std::size_t>(Lot(first_language, day) *
                                            static_cast<double>(2 * contrasts.size()));
  const std::vector<PhoneId>& phones = contrasts[lot / 2]->phones;
  return std::pair(phones[lot % 2], phones[1 - lot % 2]);
}

}  // namespace euphone
