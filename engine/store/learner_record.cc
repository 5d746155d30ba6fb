#include "store/learner_record.h"

#include <algorithm>
#include <string>
#include <utility>

namespace euphone {
namespace {

/// "pt" of "pt-BR": the coach knows languages without their regions.
std::string LanguageOf(const std::string& tag) { return tag.substr(0, tag.find_first_of("-_")); }

/// A row for each tip, and one without a tip for an attempt of which nothing was told; latest last.
constexpr std::string_view kTold =
    "SELECT attempt.id, told_tips.tip FROM"
    " (SELECT id FROM takes WHERE learner = ?1 AND verdict = 'scored' ORDER BY id DESC LIMIT ?2)"
    " AS attempt LEFT JOIN told_tips ON told_tips.take = attempt.id"
    " ORDER BY attempt.id, told_tips.position";

constexpr std::string_view kHabits =
    "SELECT confused.expected, confused.said, confused.count, asked.count FROM"
    " (SELECT expected, said, sum(count) AS count FROM take_confusions"
    "  WHERE learner = ?1 AND day > ?2 AND day <= ?3 AND said <> '' GROUP BY expected, said)"
    " AS confused JOIN"
    " (SELECT sound, sum(count) AS count FROM sound_days"
    "  WHERE learner = ?1 AND day > ?2 AND day <= ?3 GROUP BY sound)"
    " AS asked ON asked.sound = confused.expected";

}  // namespace

Result<LearnerRecord> LearnerRecordOf(Store& store, LearnerId learner, const PhoneSet& phones,
                                      std::int64_t today) {
  const auto who = GetLearner(store, learner);
  if (!who) return who.error();
  LearnerRecord record{.first_language = LanguageOf(who->first_language)};
  std::int64_t attempt = 0;
  if (auto status =
          store.database().Each(kTold, {learner.value, static_cast<std::int64_t>(kAttemptsBetween)},
                                [&](const SqlRow& row) {
                                  if (record.told.empty() || row.Integer(0) != attempt)
                                    record.told.emplace_back();
                                  attempt = row.Integer(0);
                                  if (!row.IsNull(1)) record.told.back().push_back(row.Text(1));
                                });
      !status) {
    return status.error();
  }
  if (auto status = store.database().Each(
          kHabits, {learner.value, today - kHabitDays, today},
          [&](const SqlRow& row) {
            const auto expected = phones.Find(row.Text(0)), said = phones.Find(row.Text(1));
            if (!expected || !said) return;
            record.habits[{*expected, *said}] =
                std::min(1.0, row.Real(2) / std::max(row.Real(3), kFewestForHabit));
          });
      !status) {
    return status.error();
  }
  return record;
}

}  // namespace euphone
