#include "server/store_api.h"

#include "store/care.h"

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

bool MaySee(Store& store, const Request& request, const Comment& comment) {
  const auto take = GetTake(store, comment.take);
  return take && MaySee(store, request, *take);
}

bool MaySee(Store& store, const Request& request, const Assignment& assignment) {
  const auto only = OnlyLearner(store, request);
  return only && (!*only || **only == assignment.learner);
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

Result<std::string> TextIn(const StoreJson& object, const char* name) {
  const auto value = object.find(name);
  if (value == object.end()) return std::string();
  if (value->is_string()) return value->get<std::string>();
  return Error{Errc::kInvalidArgument, "`" + std::string(name) + "` must be a text"};
}

Result<std::vector<std::string>> TextsIn(const StoreJson& object, const char* name) {
  std::vector<std::string> texts;
  const auto list = object.find(name);
  if (list == object.end()) return texts;
  for (const StoreJson& text : *list) {
    if (!list->is_array() || !text.is_string())
      return Error{Errc::kInvalidArgument, "`" + std::string(name) + "` must be a list of texts"};
    texts.push_back(text.get<std::string>());
  }
  return texts;
}

Result<std::optional<LearnerId>> LearnerIn(Store& store, const Request& request,
                                           const Query& query) {
  if (auto only = OnlyLearner(store, request); !only || *only) return only;
  const std::string* const uuid = query.Find("learner");
  if (uuid == nullptr || uuid->empty()) return std::optional<LearnerId>();
  const auto learner = GetLearner(store, std::string_view(*uuid));
  if (!learner) return learner.error();
  return std::optional(learner->id);
}

Result<std::optional<std::int64_t>> NumberIn(const Query& query, const char* name,
                                             std::int64_t from, std::int64_t to) {
  const std::string* const text = query.Find(name);
  if (text == nullptr) return std::optional<std::int64_t>();
  const auto number = WholeNumber(*text);
  if (number && *number >= from && *number <= to) return number;
  return Error{Errc::kInvalidArgument, "`" + std::string(name) + "` is from " +
                                           std::to_string(from) + " to " + std::to_string(to)};
}

Result<std::optional<PhoneId>> SoundIn(const Query& query, const char* name,
                                       const PhoneSet& phones) {
  const std::string* const text = query.Find(name);
  if (text == nullptr) return std::optional<PhoneId>();
  const auto phone = phones.ParsePhone(*text);
  if (!phone) return Prefixed("`" + std::string(name) + "`", phone.error());
  return std::optional(phone->id);
}

Result<std::map<std::int64_t, std::string>> LearnerUuids(Store& store) {
  const auto learners = AllLearners(store);
  if (!learners) return learners.error();
  std::map<std::int64_t, std::string> uuids;
  for (const Learner& learner : *learners) uuids[learner.id.value] = learner.uuid;
  return uuids;
}

Response Forgotten(Store& store, Status status) {
  if (status) status = Scrub(store);
  return status ? Response{.status = 204} : FailureOf(status.error());
}

Response SoundAnswer(Result<KeptRecording> recording) {
  if (!recording) return FailureOf(recording.error());
  return {.type = recording->ending == ".opus" ? "audio/ogg" : "audio/flac",
          .body = std::move(recording->content),
          .headers = {{"Cache-Control", "private, no-store"}}};
}

}  // namespace euphone::server
