#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "server/store_api.h"
#include "server/url.h"
#include "store/clock.h"
#include "store/days.h"
#include "store/practice_json.h"

namespace euphone::server {
namespace {

constexpr std::int64_t kMostItems = 100;

/// Of the language pack's lessons: what a teacher brings in may be a book, and for one class.
const Vocabulary& VocabularyOf(Context& context) {
  std::call_once(context.vocabulary_made, [&] {
    std::vector<LessonPack> lessons;
    for (const LessonPack& pack : *context.lessons.all()) {
      if (!context.lessons.IsOwn(pack.name)) lessons.push_back(pack);
    }
    context.vocabulary = MakeVocabulary(*context.parts.lexicon, *context.parts.knowledge, lessons);
  });
  return context.vocabulary;
}

/// What a query asks of a drill.
struct Asked {
  std::optional<PhoneId> sound, against;
  std::size_t count = DrillOrder{}.count;
};

Result<Asked> AskedOf(const Query& query, const PhoneSet& phones) {
  Asked asked;
  for (const auto& [name, sound] :
       {std::pair("sound", &asked.sound), std::pair("against", &asked.against)}) {
    const auto named = SoundIn(query, name, phones);
    if (!named) return named.error();
    *sound = *named;
  }
  if (asked.against && (!asked.sound || *asked.sound == *asked.against))
    return Error{Errc::kInvalidArgument, "`against` needs another `sound`"};
  const auto count = NumberIn(query, "count", 1, kMostItems);
  if (!count) return count.error();
  if (*count) asked.count = static_cast<std::size_t>(**count);
  return asked;
}

Response Drills(Context& context, Store& store, const Learner& learner, const Request& request) {
  const auto query = Query::Parse(request.query);
  if (!query) return Failure(400, "bad_query", "the query cannot be read");
  if (!context.parts.knowledge)
    return Failure(404, "no_knowledge", "no knowledge base is installed for this language");
  const PhoneSet& phones = context.parts.phones();
  const Knowledge& knowledge = *context.parts.knowledge;
  const auto asked = AskedOf(*query, phones);
  if (!asked) return FailureOf(asked.error());
  auto plan = PlanDrill(store, learner.id, phones, knowledge, DayOf(NowMs() + UtcOffsetMs()),
                        asked->sound, asked->against);
  if (!plan) return FailureOf(plan.error());
  plan->order.count = asked->count;
  const Vocabulary& vocabulary = VocabularyOf(context);
  const Drill drill = MakeDrill(vocabulary, phones, knowledge, plan->skill, plan->order);
  return StoreAnswer(
      PracticeJson(learner.uuid, *plan, drill, vocabulary, context.parts.lexicon->pack()));
}

}  // namespace

void AddDrillRoutes(Router& router, Context& context) {
  router.Add(
      RouteOfOne<Learner>(context, Method::kGet, "/api/v1/learners/{learner}/drills", GetLearner,
                          [&context](Store& store, const Learner& learner, const Request& request) {
                            return Drills(context, store, learner, request);
                          }));
}

}  // namespace euphone::server
