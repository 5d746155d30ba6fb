#include <nlohmann/json.hpp>

#include "server/context.h"
#include "telemetry/device_metrics.h"

namespace euphone::server {
namespace {

/// What this server has done, and how the device does of which it is a part.
std::string MetricsText(const Context& context) {
  std::string text = context.metrics.Text(context.now());
  if (context.config.telemetry == nullptr) return text;
  const auto telemetry = context.config.telemetry->Tell(context.parts.version);
  if (!telemetry) return text;
  Exposition out;
  const DeviceTelemetry device{.device = "", .telemetry = &*telemetry};
  AddDeviceMetrics(out, {&device, 1});
  return text + out.text();
}

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
                                .body = MetricsText(context)};
              }});
}

}  // namespace euphone::server
