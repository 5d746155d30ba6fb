#include "store/practice.h"

#include <algorithm>
#include <tuple>

namespace euphone {
namespace {

/// Words beyond these are troubles too small to be planned.
constexpr std::int64_t kMostWords = 30;

/// Follows rows of (what, day, count, sum of scores) in this order.
class Follower {
 public:
  Follower(PracticeItem::Kind kind, std::int64_t today, std::vector<PracticeItem>& items)
      : kind_(kind), today_(today), items_(items) {}

  void operator()(const SqlRow& row) {
    const std::int64_t day = row.Integer(1);
    if (day > today_) return;  // Said where the clock was ahead.
    const double mean =
        row.Real(3) / static_cast<double>(std::max<std::int64_t>(row.Integer(2), 1));
    std::string what = row.Text(0);
    if (items_.empty() || items_.back().kind != kind_ || items_.back().what != what) {
      items_.emplace_back();
      items_.back().kind = kind_;
      items_.back().what = std::move(what);
      items_.back().memory = FirstReview(day, GradeOf(mean));
    } else {
      items_.back().memory = NextReview(items_.back().memory, day, GradeOf(mean));
    }
    items_.back().last_mean = mean;
  }

 private:
  PracticeItem::Kind kind_;
  std::int64_t today_;
  std::vector<PracticeItem>& items_;
};

}  // namespace

Result<std::vector<PracticeItem>> PracticeOf(Store& store, LearnerId learner, std::int64_t today) {
  if (const auto there = GetLearner(store, learner); !there) return there.error();
  std::vector<PracticeItem> items;
  Database& database = store.database();
  if (auto status =
          database.Each("SELECT sound, day, count, score_sum FROM sound_days WHERE learner = ?1"
                        " ORDER BY sound, day",
                        {learner.value}, Follower(PracticeItem::Kind::kSound, today, items));
      !status) {
    return status.error();
  }
  if (auto status = database.Each(
          "SELECT word, day, count, score_sum FROM word_days WHERE learner = ?1 AND word IN"
          " (SELECT word FROM word_sums WHERE learner = ?1 AND wrong > 0"
          "  ORDER BY (wrong + 1.0) / (count + 2.0) DESC, word LIMIT ?2) ORDER BY word, day",
          {learner.value, kMostWords}, Follower(PracticeItem::Kind::kWord, today, items));
      !status) {
    return status.error();
  }
  for (PracticeItem& item : items) {
    item.due_day = DueDay(item.memory);
    item.recall = Retrievability(item.memory, today);
  }
  std::ranges::stable_sort(items, {}, [today](const PracticeItem& item) {
    const bool due = item.due_day <= today;
    return std::tuple(!due, due ? 0 : item.due_day, item.recall);
  });
  return items;
}

std::optional<LearningCurve> CurveOf(const std::vector<DayOfPractice>& days) {
  std::vector<PractisedDay> practised;
  double before = 0.0, lately = 0.0;
  for (const DayOfPractice& day : days) {
    if (!day.total) continue;
    const auto takes = static_cast<double>(day.total->count);
    practised.push_back({before + takes / 2.0, day.total->value, takes});
    before += takes;
    if (day.day > days.back().day - kCurveDays) lately += takes;
  }
  return FitLearningCurve(practised, lately);
}

}  // namespace euphone
