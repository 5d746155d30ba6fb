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

std::function<LearnerRecord()> LiveStage::Learner() const {
  if (!log) return nullptr;
  return [learner = log.get()] { return learner->Record(); };
}

}  // namespace euphone::cli
