#include "learner_log.h"

#include "store/days.h"
#include "store/judgement.h"
#include "store/learner_record.h"

namespace euphone::cli {

Result<std::unique_ptr<LearnerLog>> LearnerLog::Open(const StoreOptions& options,
                                                     const std::string& learner,
                                                     const PhoneSet& phones) {
  std::unique_ptr<LearnerLog> log(new LearnerLog(options, learner, phones));
  const Status opened = log->Open();
  if (!opened && opened.error().code != Errc::kIo) return opened.error();
  return log;
}

Status LearnerLog::Open() {
  if (store_) return {};
  auto store = OpenOrMakeStore(options_);
  if (!store) return store.error();
  const auto found = LearnerCalled(*store, name_);
  if (!found) return found.error();
  learner_ = found->id;
  store_ = *std::move(store);
  return {};
}

LearnerRecord LearnerLog::Record() {
  const std::lock_guard lock(mutex_);
  if (!Open()) return {};
  auto record = LearnerRecordOf(*store_, learner_, *phones_, DayOf(NowMs() + UtcOffsetMs()));
  return record ? *std::move(record) : LearnerRecord();
}

Status LearnerLog::Put(const Analysis& analysis, PcmView samples, std::int64_t said_ms,
                       const std::string& lesson, const std::string& item) {
  if (auto status = Open(); !status) return status;
  auto take = TakeOf(analysis, *phones_, said_ms);
  if (!take) return take.error();
  take->learner = learner_;
  take->lesson = lesson;
  take->item = item;
  const auto id = AddTake(*store_, *take, samples, SampleRate{analysis.rate});
  return id ? Status() : Status(id.error());
}

Status LearnerLog::Keep(const Analysis& analysis, PcmView samples, std::int64_t said_ms,
                        const std::string& lesson, const std::string& item) {
  const std::lock_guard lock(mutex_);
  return Put(analysis, samples, said_ms, lesson, item);
}

void LearnerLog::Keep(std::size_t item, const FinishedTake& take) {
  const std::lock_guard lock(mutex_);
  waiting_[{item, take.finished.sentence}] = take.pcm;
}

Status LearnerLog::Keep(std::size_t item, const SentenceFinished& finished,
                        const std::string& lesson, const std::string& item_id) {
  if (!finished.settled) return {};
  const std::lock_guard lock(mutex_);
  auto waiting = waiting_.extract({item, finished.sentence});
  if (waiting.empty() || !finished.analysis) return {};
  const Analysis& analysis = *finished.analysis;
  return Put(analysis, waiting.mapped(), NowMs() - analysis.samples * 1000 / analysis.rate, lesson,
             item_id);
}

}  // namespace euphone::cli
