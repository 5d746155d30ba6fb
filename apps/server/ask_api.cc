#include "server/ask_api.h"

#include "server/store_api.h"

namespace euphone::server {
namespace {

Response Ask(Context& context, const Request& request) {
  const auto object = ObjectIn(request);
  if (!object) return FailureOf(object.error());
  const auto question = TextIn(*object, "question");
  if (!question) return FailureOf(question.error());
  const auto learner = TextIn(*object, "learner");
  if (!learner) return FailureOf(learner.error());
  const auto compose = object->find("compose");
  const bool told = compose != object->end();
  if (told && !compose->is_boolean())
    return FailureOf({Errc::kInvalidArgument, "`compose` must be true or false"});
  const auto reply = AskFor(context, request, *question, *learner, !told || compose->get<bool>());
  if (!reply) return FailureOf(reply.error());
  return {.body = AnswerJson(*reply, context.parts.phones())};
}

}  // namespace

Result<TutorReply> AskFor(Context& context, const Request& request, const std::string& question,
                          const std::string& learner, bool compose) {
  const std::string& who = request.only.empty() ? learner : request.only;
  if (who.empty()) return context.tutor.Ask(question, compose);
  if (!context.store) return Error{Errc::kNotFound, "nothing is kept of learners here"};
  const auto store = context.store->Lend();
  if (!store) return store.error();
  const auto found = GetLearner(**store, std::string_view(who));
  if (!found) return found.error();
  return context.tutor.Ask(question, compose, **store, *found);
}

void AddAskRoutes(Router& router, Context& context) {
  router.Add({.method = Method::kPost,
              .pattern = "/api/v1/ask",
              .where = Where::kWorkers,
              .access = Access::kLearners,
              .most_body = kMostStoreBody,
              .handle = [&context](const Request& request) { return Ask(context, request); }});
}

}  // namespace euphone::server
