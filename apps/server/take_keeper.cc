#include "server/take_keeper.h"

#include "store/clock.h"
#include "store/judgement.h"
#include "store/learners.h"
#include "store/secrets.h"
#include "store/takes.h"

namespace euphone::server {
namespace {

Result<std::string> Put(Context& context, const HeardTake& heard) {
  auto lent = context.store->Lend();
  if (!lent) return lent.error();
  Store& store = **lent;
  const auto learner = GetLearner(
      store, std::string_view(heard.learner.empty() ? context.config.learner : heard.learner));
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

Result<std::string> KeepTake(Context& context, const HeardTake& take) {
  auto kept = Put(context, take);
  context.metrics.CountKept(kept.has_value());
  if (!kept && context.config.warn)
    context.config.warn("a take was not kept: " + kept.error().message);
  return kept;
}

}  // namespace euphone::server
