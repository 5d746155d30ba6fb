#include "store/progress.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace euphone {
namespace {

struct Tally {
  std::int64_t count = 0;
  double sum = 0.0, squares = 0.0;

  void Add(const Tally& other) {
    count += other.count;
    sum += other.sum;
    squares += other.squares;
  }

  Mean AsMean() const { return MeanOf(count, sum, squares); }
};

struct SoundDay {
  std::int64_t day = 0;
  Tally tally;
};

/// Whole days from one end until there are enough.
template <class Iterator>
Tally Enough(Iterator begin, Iterator end) {
  Tally tally;
  for (; begin != end && tally.count < SoundProgress::kEnough; ++begin) tally.Add(begin->tally);
  return tally;
}

SoundProgress ProgressOfSound(const std::string& sound, const std::vector<SoundDay>& days,
                              std::int64_t wrong) {
  SoundProgress progress;
  progress.sound = sound;
  Tally all;
  for (const SoundDay& day : days) {
    all.Add(day.tally);
    progress.days.push_back(
        {day.day, day.tally.count, day.tally.sum / static_cast<double>(day.tally.count)});
  }
  progress.all = all.AsMean();
  progress.wrong =
      static_cast<double>(wrong) / static_cast<double>(std::max<std::int64_t>(all.count, 1));
  const Tally first = Enough(days.begin(), days.end());
  const Tally last = Enough(days.rbegin(), days.rend());
  if (first.count >= SoundProgress::kEnough && last.count >= SoundProgress::kEnough &&
      first.count + last.count <= all.count) {
    progress.first = first.AsMean();
    progress.last = last.AsMean();
  }
  return progress;
}

Result<std::vector<SoundProgress>> Sounds(Store& store, LearnerId learner, std::int64_t from) {
  std::map<std::string, std::vector<SoundDay>> days;
  std::map<std::string, std::int64_t> wrong;
  if (auto status = store.database().Each(
          "SELECT sound, day, count, score_sum, square_sum, wrong FROM sound_days"
          " WHERE learner = ?1 AND day >= ?2 ORDER BY sound, day",
          {learner.value, from},
          [&](const SqlRow& row) {
            const std::string sound = row.Text(0);
            days[sound].push_back({row.Integer(1), {row.Integer(2), row.Real(3), row.Real(4)}});
            wrong[sound] += row.Integer(5);
          });
      !status) {
    return status.error();
  }
  std::vector<SoundProgress> sounds;
  for (const auto& [sound, of_sound] : days)
    sounds.push_back(ProgressOfSound(sound, of_sound, wrong[sound]));
  std::ranges::stable_sort(sounds, {}, [](const SoundProgress& each) { return each.all.value; });
  return sounds;
}

}  // namespace

Mean MeanOf(std::int64_t count, double sum, double squares) {
  if (count == 0) return {};
  const auto n = static_cast<double>(count);
  const double mean = sum / n;
  const double variance = count > 1 ? std::max(squares - n * mean * mean, 0.0) / (n - 1.0) : 0.0;
  return {count, mean, std::sqrt(variance / n)};
}

Result<LearnerProgress> ProgressOf(Store& store, LearnerId learner,
                                   std::optional<std::int64_t> from_day) {
  if (const auto there = GetLearner(store, learner); !there) return there.error();
  const std::int64_t from = from_day.value_or(std::numeric_limits<std::int64_t>::min());
  Database& database = store.database();
  LearnerProgress progress;
  auto status = database.Each(
      "SELECT day, takes, duration_ms, scored, total_sum, square_sum FROM learner_days"
      " WHERE learner = ?1 AND day >= ?2 ORDER BY day",
      {learner.value, from}, [&](const SqlRow& row) {
        DayOfPractice day{row.Integer(0), row.Integer(1), row.Integer(2), std::nullopt};
        if (row.Integer(3) > 0)
          day.total = Tally{row.Integer(3), row.Real(4), row.Real(5)}.AsMean();
        progress.days.push_back(day);
      });
  if (!status) return status.error();
  status = database.Each(
      "SELECT expected, said, sum(count) AS times, max(day) FROM take_confusions"
      " WHERE learner = ?1 GROUP BY expected, said ORDER BY times DESC, expected, said LIMIT 50",
      {learner.value}, [&](const SqlRow& row) {
        progress.confusions.push_back({row.Text(0), row.Text(1), row.Integer(2), row.Integer(3)});
      });
  if (!status) return status.error();
  // Laplace's rule: a word that went wrong once of once is less of a trouble than five of six.
  status = database.Each(
      "SELECT word, count, score_sum / count, wrong * 1.0 / count FROM word_sums"
      " WHERE learner = ?1 ORDER BY (wrong + 1.0) / (count + 2.0) DESC, score_sum / count, word"
      " LIMIT 100",
      {learner.value}, [&](const SqlRow& row) {
        progress.words.push_back({row.Text(0), row.Integer(1), row.Real(2), row.Real(3)});
      });
  if (!status) return status.error();
  auto sounds = Sounds(store, learner, from);
  if (!sounds) return sounds.error();
  progress.sounds = *std::move(sounds);
  return progress;
}

}  // namespace euphone
