#include "live_stage.h"

namespace euphone::cli {

Status LiveStage::Keep(std::size_t item, const FinishedTake& take) {
  if (log) log->Keep(item, take);
  return saver ? saver->Keep(item, take) : Status();
}

Status LiveStage::Keep(std::size_t item, const SentenceFinished& finished) {
  const auto& of_lesson = plan.items[item].lesson;
  const Status logged =
      log ? log->Keep(item, finished, lesson, of_lesson ? of_lesson->id : std::string()) : Status();
  const Status saved = saver ? saver->Keep(item, finished) : Status();
  return logged ? saved : logged;
}

void LiveStage::Count(const Event& event) const {
  if (!telemetry) return;
  if (std::holds_alternative<Overrun>(event.kind)) telemetry->CountXruns(1);
  const auto* finished = std::get_if<SentenceFinished>(&event.kind);
  if (finished == nullptr || !finished->settled || !finished->analysis) return;
  const double seconds = finished->pass_ms.value_or(0.0) / 1000.0;
  telemetry->Judged({*finished->analysis, seconds, seconds});
}

std::function<LearnerRecord()> LiveStage::Learner() const {
  if (!log) return nullptr;
  return [learner = log.get()] { return learner->Record(); };
}

}  // namespace euphone::cli
