#include "server/take_keeper.h"

#include "store/clock.h"
#include "store/days.h"
#include "store/judgement.h"
#include "store/learner_record.h"
#include "store/learners.h"
#include "store/secrets.h"
#include "store/takes.h"

namespace euphone::server {
namespace {

Result<Learner> WhoIs(const Context& context, Store& store, const std::string& learner) {
  return GetLearner(store, std::string_view(learner.empty() ? context.config.learner : learner));
}

Result<LearnerRecord> FindRecord(Context& context, const std::string& name) {
  auto lent = context.store->Lend();
  if (!lent) return lent.error();
  const auto learner = WhoIs(context, **lent, name);
  if (!learner) return learner.error();
  return LearnerRecordOf(**lent, learner->id, context.parts.phones(),
                         DayOf(NowMs() + UtcOffsetMs()));
}

Result<std::string> Put(Context& context, const HeardTake& heard) {
  auto lent = context.store->Lend();
  if (!lent) return lent.error();
  Store& store = **lent;
  const auto learner = WhoIs(context, store, heard.learner);
  if (!learner) return learner.error();
  const Analysis& analysis = heard.analysis;
  auto take =
      TakeOf(analysis, context.parts.phones(), NowMs() - analysis.samples * 1000 / analysis.rate);
  if (!take) return take.error();
  take->learner = learner->id;
  take->lesson = heard.lesson;
  take->item = heard.item;
  take->uuid = RandomUuid();
  const auto id = AddTake(store, *take, heard.pcm, SampleRate{analysis.rate});
  if (!id) return id.error();
  return take->uuid;
}

}  // namespace

bool Keeps(const Context& context, const std::string& learner) {
  return context.store && !(learner.empty() && context.config.learner.empty());
}

LearnerRecord RecordOf(Context& context, const std::string& learner) {
  auto record = FindRecord(context, learner);
  return record ? *std::move(record) : LearnerRecord();
}

Result<std::string> KeepTake(Context& context, const HeardTake& take) {
  auto kept = Put(context, take);
  context.metrics.CountKept(kept.has_value());
  if (!kept && context.config.warn)
    context.config.warn("a take was not kept: " + kept.error().message);
  return kept;
}

}  // namespace euphone::server
