#include "server/store_api.h"

namespace euphone::server {

Response StoreAnswer(const StoreJson& json, int status) {
  return {.status = status,
          .body = json.dump(-1, ' ', false, StoreJson::error_handler_t::replace) + "\n"};
}

Response WithStore(Context& context, const std::function<Response(Store&)>& answer, bool make) {
  if (!context.store)
    return Failure(404, "no_store", "this server keeps nothing: it was started with --no-store");
  auto store = context.store->Lend(make);
  if (store) return answer(**store);
  if (store.error().code == Errc::kNotFound)
    return Failure(404, "no_store", "nothing is kept here yet; POST /api/v1/learners begins");
  return FailureOf(store.error());
}

bool MaySee(const Request& request, const Learner& learner) {
  return request.only.empty() || request.only == learner.uuid;
}

bool MaySee(Store& store, const Request& request, const TakeRow& take) {
  const auto only = OnlyLearner(store, request);
  return only && (!*only || **only == take.learner);
}

Result<std::optional<LearnerId>> OnlyLearner(Store& store, const Request& request) {
  if (request.only.empty()) return std::optional<LearnerId>();
  const auto learner = GetLearner(store, std::string_view(request.only));
  if (!learner) return learner.error();
  return std::optional(learner->id);
}

Result<StoreJson> ObjectIn(const Request& request) {
  auto json = StoreJson::parse(request.body, nullptr, false);
  if (!json.is_object())
    return Error{Errc::kInvalidArgument, "the body of the request must be one JSON object"};
  return json;
}

}  // namespace euphone::server
