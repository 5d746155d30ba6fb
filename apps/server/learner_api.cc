#include <optional>
#include <string>

#include "report/format.h"
#include "server/store_api.h"
#include "server/url.h"
#include "store/clock.h"
#include "store/days.h"
#include "store/learners.h"
#include "store/practice.h"
#include "store/progress.h"

namespace euphone::server {
namespace {

StoreJson JsonOf(const Learner& learner) {
  return {{"id", learner.uuid},
          {"name", learner.name},
          {"first_language", learner.first_language},
          {"made_ms", learner.made_ms},
          {"takes", learner.takes}};
}

Response Learners(Context& context, const Request& request) {
  Response response = WithStore(context, [&](Store& store) {
    const auto learners = AllLearners(store);
    if (!learners) return FailureOf(learners.error());
    StoreJson all = StoreJson::array();
    for (const Learner& learner : *learners)
      if (MaySee(request, learner)) all.push_back(JsonOf(learner));
    return StoreAnswer({{"learners", std::move(all)}});
  });
  // Who asks before anybody was added is no stranger.
  const bool none = response.status == 404 && context.store != nullptr;
  return none ? StoreAnswer({{"learners", StoreJson::array()}}) : response;
}

/// What a request says of a learner; absent: nothing.
struct About {
  std::optional<std::string> name, first_language;
};

Result<About> AboutIn(const Request& request) {
  const auto json = ObjectIn(request);
  if (!json) return json.error();
  About about;
  for (const auto& [key, value] : json->items()) {
    std::optional<std::string>* const field = key == "name"             ? &about.name
                                              : key == "first_language" ? &about.first_language
                                                                        : nullptr;
    if (field == nullptr || !value.is_string() || value.get<std::string>().size() > 200) {
      return Error{Errc::kInvalidArgument,
                   "a learner has `name` and `first_language`, texts of at most 200 bytes"};
    }
    *field = value.get<std::string>();
  }
  return about;
}

Response Add(Context& context, const Request& request) {
  const auto about = AboutIn(request);
  if (!about) return FailureOf(about.error());
  if (!about->name || about->name->empty())
    return Failure(400, "invalid_argument", "a learner needs a `name`");
  return WithStore(
      context,
      [&](Store& store) {
        const auto learner =
            AddLearner(store, *about->name, about->first_language.value_or(""), NowMs());
        return learner ? StoreAnswer(JsonOf(*learner), 201) : FailureOf(learner.error());
      },
      true);
}

Response ChangeLearner(Store& store, const Learner& learner, const Request& request) {
  const auto about = AboutIn(request);
  if (!about) return FailureOf(about.error());
  const auto changed = RenameLearner(store, learner.id, about->name.value_or(learner.name),
                                     about->first_language.value_or(learner.first_language));
  if (!changed) return FailureOf(changed.error());
  const auto now = GetLearner(store, learner.id);
  return now ? StoreAnswer(JsonOf(*now)) : FailureOf(now.error());
}

Response Erase(Store& store, const Learner& learner) {
  const auto erased = EraseLearner(store, learner.id);
  return erased ? Response{.status = 204} : FailureOf(erased.error());
}

StoreJson JsonOf(const std::optional<Mean>& mean) {
  if (!mean) return nullptr;
  return {{"count", mean->count},
          {"value", Rounded(mean->value, 2)},
          {"error", Rounded(mean->error, 3)}};
}

StoreJson JsonOf(const std::optional<LearningCurve>& curve) {
  if (!curve) return nullptr;
  const auto at = [](const LearningCurve::Prediction& prediction) {
    return StoreJson{{"score", Rounded(prediction.score, 2)},
                     {"error", Rounded(prediction.error, 3)}};
  };
  return {{"top", Rounded(curve->top, 3)},   {"gap", Rounded(curve->gap, 3)},
          {"rate", Rounded(curve->rate, 3)}, {"spread", Rounded(curve->spread, 3)},
          {"takes", curve->takes},           {"now", at(curve->now)},
          {"later", at(curve->later)},       {"days", kCurveDays}};
}

std::string IpaOf(const PhoneSet& phones, const std::string& sound) {
  const auto phone = phones.Find(sound);
  return phone ? phones.info(*phone).ipa : "";
}

StoreJson JsonOf(const PracticeItem& item, std::int64_t today, const PhoneSet& phones) {
  const bool sound = item.kind == PracticeItem::Kind::kSound;
  return {{"kind", sound ? "sound" : "word"},
          {"what", item.what},
          {"ipa", sound ? IpaOf(phones, item.what) : ""},
          {"due_day", item.due_day},
          {"due", item.due_day <= today},
          {"retrievability", Rounded(item.recall, 4)},
          {"stability_days", Rounded(item.memory.stability_days, 2)},
          {"difficulty", Rounded(item.memory.difficulty, 2)},
          {"last_day", item.memory.day},
          {"last_mean", Rounded(item.last_mean, 1)},
          {"reviews", item.memory.reviews},
          {"lapses", item.memory.lapses}};
}

StoreJson JsonOf(const LearnerProgress& progress, const PhoneSet& phones) {
  StoreJson days = StoreJson::array(), sounds = StoreJson::array();
  StoreJson confusions = StoreJson::array(), words = StoreJson::array();
  for (const DayOfPractice& day : progress.days) {
    days.push_back({{"day", day.day},
                    {"takes", day.takes},
                    {"duration_ms", day.duration_ms},
                    {"total", JsonOf(day.total)}});
  }
  for (const SoundProgress& sound : progress.sounds) {
    StoreJson of_days = StoreJson::array();
    for (const SoundProgress::Day& day : sound.days)
      of_days.push_back({{"day", day.day}, {"count", day.count}, {"mean", Rounded(day.mean, 1)}});
    sounds.push_back({{"sound", sound.sound},
                      {"ipa", IpaOf(phones, sound.sound)},
                      {"all", JsonOf(sound.all)},
                      {"wrong", Rounded(sound.wrong, 4)},
                      {"first", JsonOf(sound.first)},
                      {"last", JsonOf(sound.last)},
                      {"days", std::move(of_days)}});
  }
  for (const ConfusionCount& confusion : progress.confusions) {
    confusions.push_back({{"expected", confusion.expected},
                          {"said", confusion.said},
                          {"count", confusion.count},
                          {"last_day", confusion.last_day}});
  }
  for (const WordProgress& word : progress.words) {
    words.push_back({{"word", word.word},
                     {"count", word.count},
                     {"mean", Rounded(word.mean, 2)},
                     {"wrong", Rounded(word.wrong, 4)}});
  }
  return {{"days", std::move(days)},
          {"sounds", std::move(sounds)},
          {"confusions", std::move(confusions)},
          {"words", std::move(words)}};
}

Response Progress(Context& context, Store& store, const Learner& learner, const Request& request) {
  const auto query = Query::Parse(request.query);
  std::optional<std::int64_t> from;
  if (!query) return Failure(400, "bad_query", "the query cannot be read");
  if (const std::string* const text = query->Find("from_day")) {
    from = WholeNumber(*text);
    if (!from) return Failure(400, "invalid_argument", "`from_day` counts days since 1970");
  }
  const std::int64_t today = DayOf(NowMs() + UtcOffsetMs());
  const auto progress = ProgressOf(store, learner.id, from);
  if (!progress) return FailureOf(progress.error());
  const auto practice = PracticeOf(store, learner.id, today);
  if (!practice) return FailureOf(practice.error());
  const PhoneSet& phones = context.parts.phones();
  StoreJson json = JsonOf(*progress, phones);
  json["curve"] = JsonOf(CurveOf(progress->days));
  json["today"] = today;
  json["practice"] = StoreJson::array();
  for (const PracticeItem& item : *practice)
    json["practice"].push_back(JsonOf(item, today, phones));
  return StoreAnswer(json);
}

Route LearnerRoute(Context& context, Method method, const char* rest, OfOne<Learner> answer) {
  return RouteOfOne<Learner>(context, method, std::string("/api/v1/learners/{learner}") + rest,
                             GetLearner, std::move(answer));
}

}  // namespace

void AddLearnerRoutes(Router& router, Context& context) {
  router.Add({.pattern = "/api/v1/learners",
              .where = Where::kWorkers,
              .access = Access::kLearners,
              .handle = [&context](const Request& request) { return Learners(context, request); }});
  router.Add({.method = Method::kPost,
              .pattern = "/api/v1/learners",
              .where = Where::kWorkers,
              .most_body = kMostStoreBody,
              .handle = [&context](const Request& request) { return Add(context, request); }});
  router.Add(LearnerRoute(
      context, Method::kGet, "",
      [](Store&, const Learner& learner, const Request&) { return StoreAnswer(JsonOf(learner)); }));
  router.Add(LearnerRoute(context, Method::kPatch, "", ChangeLearner));
  router.Add(LearnerRoute(
      context, Method::kDelete, "",
      [](Store& store, const Learner& learner, const Request&) { return Erase(store, learner); }));
  router.Add(LearnerRoute(context, Method::kGet, "/progress",
                          [&context](Store& store, const Learner& learner, const Request& request) {
                            return Progress(context, store, learner, request);
                          }));
}

}  // namespace euphone::server
