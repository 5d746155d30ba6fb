#include <optional>
#include <string>
#include <utility>

#include "report/format.h"
#include "report/report.h"
#include "server/comment_api.h"
#include "server/judge.h"
#include "server/store_api.h"
#include "server/url.h"
#include "store/care.h"
#include "store/clock.h"
#include "store/judgement.h"
#include "store/learners.h"
#include "store/takes.h"

namespace euphone::server {
namespace {

StoreJson OrNothing(const std::optional<double>& value) {
  return value ? StoreJson(*value) : StoreJson();
}

StoreJson JsonOf(const TakeRow& take, const std::string& learner) {
  StoreJson findings = StoreJson::array();
  for (std::size_t at = 0; at < take.findings.size();) {
    const std::size_t end = std::min(take.findings.find(' ', at), take.findings.size());
    if (end > at) findings.push_back(take.findings.substr(at, end - at));
    at = end + 1;
  }
  StoreJson json = {{"id", take.uuid},
                    {"learner", learner},
                    {"said_ms", take.said_ms},
                    {"day", take.day},
                    {"text", take.text},
                    {"lesson", take.lesson},
                    {"item", take.item},
                    {"duration_ms", take.duration_ms},
                    {"has_recording", take.has_recording},
                    {"model", take.model},
                    {"verdict", take.verdict},
                    {"accuracy", OrNothing(take.accuracy)},
                    {"fluency", OrNothing(take.fluency)},
                    {"completeness", OrNothing(take.completeness)},
                    {"prosody", OrNothing(take.prosody)},
                    {"total", OrNothing(take.total)},
                    {"uncertainty", OrNothing(take.uncertainty)},
                    {"findings", std::move(findings)},
                    {"starred", take.starred},
                    {"note", take.note},
                    {"comment_count", take.comments},
                    {"unseen_comments", take.unseen}};
  if (take.sound_mean) json["sound_score"] = Rounded(*take.sound_mean, 2);
  return json;
}

Result<StoreJson> JsonWithLearner(Store& store, const TakeRow& take) {
  const auto learner = GetLearner(store, take.learner);
  if (!learner) return learner.error();
  return JsonOf(take, learner->uuid);
}

/// The parameters of a page, one mistake at a time.
class TakeQueryReader {
 public:
  TakeQueryReader(Store& store, const Request& request, const Query& query)
      : store_(store), request_(request), query_(query) {}

  Result<TakeQuery> Read() {
    TakeQuery read;
    read.starred = query_.Flag("starred");
    if (const std::string* text = query_.Find("search")) read.search = *text;
    if (const std::string* text = query_.Find("lesson")) read.lesson = *text;
    if (const std::string* text = query_.Find("sound")) read.sound = *text;
    if (!read.sound.empty()) read.order = TakeOrder::kWorst;
    for (const auto& [name, to] : {std::pair{"from_ms", &read.from_ms}, {"to_ms", &read.to_ms}}) {
      const auto status = Number(name, *to);
      if (!status) return status.error();
    }
    std::optional<std::int64_t> below, limit;
    if (auto status = Number("below", below); !status) return status.error();
    if (auto status = Number("limit", limit); !status) return status.error();
    if (below) read.below = static_cast<double>(*below);
    if (limit) {
      if (*limit < 1 || *limit > kMostTakes) return Wrong("`limit` must be within 1 and 200");
      read.limit = static_cast<std::size_t>(*limit);
    }
    if (auto status = Order(read); !status) return status.error();
    const auto learner = LearnerIn(store_, request_, query_);
    if (!learner) return learner.error();
    read.learner = *learner;
    if (const std::string* uuid = Named("after")) {
      const auto take = GetTake(store_, std::string_view(*uuid));
      if (!take) return take.error();
      read.after = take->id;
    }
    return read;
  }

  static constexpr std::int64_t kMostTakes = 200;

 private:
  static Error Wrong(std::string message) { return {Errc::kInvalidArgument, std::move(message)}; }

  const std::string* Named(const char* name) const {
    const std::string* const text = query_.Find(name);
    return text == nullptr || text->empty() ? nullptr : text;
  }

  Status Number(const char* name, std::optional<std::int64_t>& to) const {
    const std::string* const text = Named(name);
    if (text == nullptr) return {};
    to = WholeNumber(*text);
    return to ? Status() : Status(Wrong("`" + std::string(name) + "` must be a whole number"));
  }

  Status Order(TakeQuery& read) const {
    const std::string* const text = Named("order");
    if (text == nullptr) return {};
    const auto order = TakeOrderNamed(*text);
    if (!order) return Wrong("`order` must be newest, oldest, worst or best");
    read.order = *order;
    return {};
  }

  Store& store_;
  const Request& request_;
  const Query& query_;
};

Response Takes(Store& store, const Request& request) {
  const auto query = Query::Parse(request.query);
  if (!query) return Failure(400, "bad_query", "the query cannot be read");
  auto asked = TakeQueryReader(store, request, *query).Read();
  if (!asked) return FailureOf(asked.error());
  const std::size_t limit = asked->limit;
  ++asked->limit;  // Whether there is another page.
  const auto page = FindTakes(store, *asked);
  if (!page) return FailureOf(page.error());
  auto uuids = LearnerUuids(store);
  if (!uuids) return FailureOf(uuids.error());
  StoreJson takes = StoreJson::array();
  for (std::size_t i = 0; i < std::min(limit, page->size()); ++i)
    takes.push_back(JsonOf((*page)[i], (*uuids)[(*page)[i].learner.value]));
  return StoreAnswer({{"takes", std::move(takes)}, {"more", page->size() > limit}});
}

StoreJson JsonOf(const KeptJudgement& judgement) {
  return {{"model", judgement.model},
          {"made_ms", judgement.made_ms},
          {"analysis", StoreJson::parse(judgement.document, nullptr, false)}};
}

Response Show(Store& store, const TakeRow& take) {
  auto json = JsonWithLearner(store, take);
  if (!json) return FailureOf(json.error());
  const auto judgements = JudgementsOf(store, take.id);
  if (!judgements) return FailureOf(judgements.error());
  StoreJson all = StoreJson::array();
  for (const KeptJudgement& judgement : *judgements) all.push_back(JsonOf(judgement));
  auto comments = CommentsJson(store, take.id);
  if (!comments) return FailureOf(comments.error());
  return StoreAnswer({{"take", *std::move(json)},
                      {"judgements", std::move(all)},
                      {"comments", *std::move(comments)}});
}

/// One that is not there any more is no failure: who asks again after a lost answer gets it.
Response DeleteTakes(Store& store, const Request& request) {
  const auto json = ObjectIn(request);
  if (!json) return FailureOf(json.error());
  const auto uuids = TextsIn(*json, "takes");
  if (!uuids) return FailureOf(uuids.error());
  std::int64_t deleted = 0;
  for (const std::string& uuid : *uuids) {
    const auto take = GetTake(store, std::string_view(uuid));
    if (take && !MaySee(store, request, *take)) continue;
    Status status = take ? DeleteTake(store, take->id) : Status(take.error());
    if (status)
      ++deleted;
    else if (status.error().code != Errc::kNotFound)
      return FailureOf(status.error());
  }
  const Status scrubbed = Scrub(store);
  return scrubbed ? StoreAnswer({{"deleted", deleted}}) : FailureOf(scrubbed.error());
}

Response ChangeTake(Store& store, const TakeRow& take, const Request& request) {
  const auto json = ObjectIn(request);
  if (!json) return FailureOf(json.error());
  for (const auto& [key, value] : json->items()) {
    const bool known =
        (key == "starred" && value.is_boolean()) || (key == "note" && value.is_string());
    if (!known)
      return Failure(400, "invalid_argument", "of a take, `starred` and `note` can be changed");
  }
  Status status;
  if (json->contains("starred")) status = StarTake(store, take.id, (*json)["starred"].get<bool>());
  if (status && json->contains("note"))
    status = NoteTake(store, take.id, (*json)["note"].get<std::string>());
  if (!status) return FailureOf(status.error());
  const auto now = GetTake(store, take.id);
  if (!now) return FailureOf(now.error());
  const auto changed = JsonWithLearner(store, *now);
  return changed ? StoreAnswer(*changed) : FailureOf(changed.error());
}

Response JudgeNow(Context& context, Store& store, const TakeRow& take) {
  if (take.model == context.judges.now()->label) {
    return Failure(409, "same_model",
                   "it was judged by this model already: " + take.model + "; nothing would change");
  }
  const auto recording = RecordingOf(store, take.id);
  if (!recording) return FailureOf(recording.error());
  const auto judged =
      JudgeRecording(context, {.audio = recording->content, .text = take.text, .item = take.item});
  if (!judged) return FailureOf(judged.error());
  auto judgement =
      JudgementOf(WriteJson(judged->analysis, context.parts.phones(), {.pretty = false}));
  if (!judgement) return FailureOf(judgement.error());
  const std::int64_t now = NowMs();
  if (auto status = JudgeAgain(store, take.id, *judgement, now); !status)
    return FailureOf(status.error());
  return StoreAnswer(JsonOf(KeptJudgement{judgement->model, now, judgement->document}), 201);
}

Route TakeRoute(Context& context, Method method, const char* rest, OfOne<TakeRow> answer) {
  return RouteOfOne<TakeRow>(context, method, std::string("/api/v1/takes/{take}") + rest, GetTake,
                             std::move(answer));
}

}  // namespace

void AddTakeRoutes(Router& router, Context& context) {
  router.Add({.pattern = "/api/v1/takes",
              .where = Where::kWorkers,
              .access = Access::kLearners,
              .handle = [&context](const Request& request) {
                return WithStore(context, [&](Store& store) { return Takes(store, request); });
              }});
  router.Add({.method = Method::kPost,
              .pattern = "/api/v1/takes/delete",
              .where = Where::kWorkers,
              .access = Access::kLearners,
              .most_body = kMostListBody,
              .handle = [&context](const Request& request) {
                return WithStore(context,
                                 [&](Store& store) { return DeleteTakes(store, request); });
              }});
  router.Add(TakeRoute(
      context, Method::kGet, "",
      [](Store& store, const TakeRow& take, const Request&) { return Show(store, take); }));
  router.Add(TakeRoute(context, Method::kPatch, "", ChangeTake));
  router.Add(TakeRoute(context, Method::kDelete, "",
                       [](Store& store, const TakeRow& take, const Request&) {
                         return Forgotten(store, DeleteTake(store, take.id));
                       }));
  router.Add(TakeRoute(context, Method::kGet, "/audio",
                       [](Store& store, const TakeRow& take, const Request&) {
                         return SoundAnswer(RecordingOf(store, take.id));
                       }));
  router.Add(TakeRoute(context, Method::kDelete, "/audio",
                       [](Store& store, const TakeRow& take, const Request&) {
                         return Forgotten(store, DeleteRecording(store, take.id));
                       }));
  router.Add(TakeRoute(context, Method::kPost, "/analyses",
                       [&context](Store& store, const TakeRow& take, const Request&) {
                         return JudgeNow(context, store, take);
                       }));
}

}  // namespace euphone::server
