#include <nlohmann/json.hpp>

#include "server/context.h"

namespace euphone::server {
namespace {

Response JsonAnswer(const nlohmann::ordered_json& json) { return {.body = json.dump() + "\n"}; }

}  // namespace

void AddInfoRoutes(Router& router, Context& context) {
  router.Add(
      {.pattern = "/api/v1/health", .access = Access::kAnybody, .handle = [](const Request&) {
         return JsonAnswer({{"status", "ok"}});
       }});
  router.Add({.pattern = "/api/v1/version",
              .access = Access::kLearners,
              .handle = [&context](const Request&) {
                const Parts& parts = context.parts;
                const auto judge = context.judges.now();
                return JsonAnswer({{"version", parts.version},
                                   {"api", "1"},
                                   {"model", judge->label},
                                   {"live_model", judge->live.model->spec().label()},
                                   {"language", parts.lexicon->pack().language},
                                   {"free_speech", parts.recogniser != nullptr},
                                   {"live_sessions", context.config.most_sessions}});
              }});
  router.Add({.pattern = "/metrics", .handle = [&context](const Request&) {
                return Response{.type = "text/plain; version=0.0.4; charset=utf-8",
                                .body = context.metrics.Text(context.now())};
              }});
}

}  // namespace euphone::server
