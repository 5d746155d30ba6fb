#include "store/learner_chart.h"

#include <utility>

namespace euphone {

CurveChart EmptyLearnerChart(const std::string& title) {
  return {.kind = "learner",
          .title = title,
          .x_title = "practices: readings that were scored",
          .y_title = "score",
          .scale = {},
          .whole_scale = true};
}

Result<ChartLine> LearnerChartLine(Store& store, LearnerId learner, const std::string& sound,
                                   const PhoneSet& phones, const LearnerChartAsk& ask) {
  auto series = LearnerSeries(store, learner, sound, ask.from_day, ask.step);
  if (!series) return series.error();
  const auto phone = phones.Find(sound);
  series->name = sound.empty() ? "all sounds" : sound;
  if (phone) series->name += " /" + phones.info(*phone).ipa + "/";
  return LearnerLine(*std::move(series), ask.ask);
}

Result<CurveChart> LearnerChart(Store& store, LearnerId learner, const std::string& name,
                                const PhoneSet& phones, const LearnerChartAsk& ask) {
  CurveChart chart = EmptyLearnerChart(name);
  const auto add = [&](const std::string& sound) -> Status {
    auto line = LearnerChartLine(store, learner, sound, phones, ask);
    if (!line) return line.error();
    chart.lines.push_back(*std::move(line));
    return {};
  };
  for (const std::string& sound : ask.sounds)
    if (auto status = add(sound); !status) return status.error();
  if (!ask.sounds.empty()) return chart;
  if (auto status = add(""); !status) return status.error();
  const auto sounds = ScoredSounds(store, learner);
  if (!sounds) return sounds.error();
  for (const std::string& sound : *sounds) {
    const auto line = LearnerChartLine(store, learner, sound, phones, ask);
    if (!line) return line.error();
    if (line->points.empty()) continue;  // Said before the days that were asked for.
    chart.rows.push_back(RowOf(*line));
    chart.rows.back().name = sound;
  }
  return chart;
}

}  // namespace euphone
