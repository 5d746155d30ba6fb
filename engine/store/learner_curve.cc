#include "store/learner_curve.h"

#include <set>
#include <utility>

#include "curves/curve_fit.h"
#include "store/days.h"

namespace euphone {
namespace {

struct ScoredTake {
  std::int64_t day = 0;
  double score = 0.0;
};

Result<std::vector<ScoredTake>> ScoredTakes(Store& store, LearnerId learner,
                                            std::string_view sound) {
  std::vector<ScoredTake> takes;
  const auto add = [&](const SqlRow& row) { takes.push_back({row.Integer(0), row.Real(1)}); };
  const auto status = sound.empty()
                          ? store.database().Each(
                                "SELECT day, total FROM takes WHERE learner = ?1"
                                " AND total IS NOT NULL ORDER BY said_ms, id",
                                {learner.value}, add)
                          : store.database().Each(
                                "SELECT takes.day, score_sum / count FROM take_sounds"
                                " JOIN takes ON takes.id = take WHERE take_sounds.learner = ?1"
                                " AND sound = ?2 AND count > 0 ORDER BY said_ms, takes.id",
                                {learner.value, sound}, add);
  if (!status) return status.error();
  return takes;
}

}  // namespace

Result<Series> LearnerSeries(Store& store, LearnerId learner, std::string_view sound,
                             std::optional<std::int64_t> from_day, CurveStep step) {
  if (const auto there = GetLearner(store, learner); !there) return there.error();
  const auto takes = ScoredTakes(store, learner, sound);
  if (!takes) return takes.error();
  std::set<std::int64_t> days;
  for (const ScoredTake& take : *takes)
    if (!from_day || take.day >= *from_day) days.insert(take.day);
  const bool by_day =
      step == CurveStep::kDay || (step == CurveStep::kAuto && days.size() >= kFewestPoints);
  Series series{.name = std::string(sound)};
  double before = 0.0;
  std::optional<std::int64_t> day;
  for (const ScoredTake& take : *takes) {
    if (!from_day || take.day >= *from_day) {
      if (by_day && day == take.day) {
        CurvePoint& point = series.points.back();
        point.weight += 1.0;
        point.y += (take.score - point.y) / point.weight;
        point.x += 0.5;
      } else {
        series.points.push_back({.x = before + 0.5, .y = take.score, .label = DateOf(take.day)});
        day = take.day;
      }
    }
    before += 1.0;
  }
  return series;
}

Result<std::vector<std::string>> ScoredSounds(Store& store, LearnerId learner) {
  std::vector<std::string> sounds;
  if (auto status = store.database().Each(
          "SELECT sound, count(*) AS times FROM take_sounds WHERE learner = ?1 AND count > 0"
          " GROUP BY sound ORDER BY times DESC, sound",
          {learner.value}, [&](const SqlRow& row) { sounds.push_back(row.Text(0)); });
      !status) {
    return status.error();
  }
  return sounds;
}

}  // namespace euphone
