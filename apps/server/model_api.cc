#include <string>

#include "server/store_api.h"
#include "store/settings.h"

namespace euphone::server {
namespace {

constexpr const char* kJudge = "model.judge";  // A setting of the store.

/// `now`: who judges; it may be a later version than the one that was there at first.
StoreJson JsonOf(const JudgeBrief& brief, const Judge& now) {
  StoreJson accuracy = StoreJson::array();
  for (const AccuracyEntry& entry : brief.accuracy) {
    accuracy.push_back({{"measure", entry.measure},
                        {"value", entry.value},
                        {"unit", entry.unit},
                        {"data", entry.data}});
  }
  return {{"name", brief.bundle},
          {"label", brief.bundle == now.bundle ? now.label : brief.label},
          {"summary", brief.summary},
          {"megabytes", brief.megabytes},
          {"accuracy", accuracy}};
}

Response Models(const Context& context) {
  StoreJson models = StoreJson::array();
  const auto now = context.judges.now();
  for (const JudgeBrief& brief : context.judges.all()) models.push_back(JsonOf(brief, *now));
  return StoreAnswer({{"judge", now->bundle}, {"models", models}});
}

/// Remembers it where anything is kept.
Status Keep(Context& context, const std::string& bundle) {
  if (!context.store) return {};
  const auto store = context.store->Lend(true);
  if (!store) return store.error();
  return PutSetting((**store).database(), kJudge, bundle);
}

Response Choose(Context& context, const Request& request) {
  const auto json = ObjectIn(request);
  if (!json) return FailureOf(json.error());
  const auto judge = json->find("judge");
  if (json->size() != 1 || judge == json->end() || !judge->is_string())
    return Failure(400, "invalid_argument", "the body must be {\"judge\":\"name of a model\"}");
  const auto name = judge->get<std::string>();
  if (auto status = context.judges.Use(name); !status) return FailureOf(status.error());
  if (auto status = Keep(context, name); !status) return FailureOf(status.error());
  return Models(context);
}

}  // namespace

void UseChosenJudge(Context& context) {
  if (!context.store || !context.config.recall_judge) return;
  const auto warn = [&](const Error& error) {
    if (context.config.warn)
      context.config.warn("the model that was chosen cannot judge: " + error.message + "; " +
                          context.judges.now()->label + " does");
  };
  const auto store = context.store->Lend();
  if (!store) return;  // None yet; what is wrong with it is told to who asks for it.
  const auto chosen = GetSetting((**store).database(), kJudge);
  if (!chosen) return warn(chosen.error());
  if (!*chosen) return;
  if (auto status = context.judges.Use(**chosen); !status) warn(status.error());
}

void AddModelRoutes(Router& router, Context& context) {
  router.Add({.pattern = "/api/v1/models",
              .access = Access::kLearners,
              .handle = [&context](const Request&) { return Models(context); }});
  router.Add({.method = Method::kPatch,
              .pattern = "/api/v1/models",
              .where = Where::kWorkers,
              .most_body = kMostStoreBody,
              .handle = [&context](const Request& request) { return Choose(context, request); }});
}

}  // namespace euphone::server
