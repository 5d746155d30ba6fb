#include <string>

#include "server/assets.h"
#include "server/context.h"

namespace euphone::server {
namespace {

/// What a browser shows at "/" as long as no page is part of the program.
constexpr std::string_view kIndex = R"(<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Euphone</title></head>
<body>
<h1>Euphone</h1>
<p>This device hears how well a text was read aloud. Nothing leaves it.</p>
<p>What programs can ask it, described for machines in <a href="/api">OpenAPI 3.1</a>:</p>
<ul>
<li><a href="/api/v1/health">GET /api/v1/health</a>: is it there?</li>
<li><a href="/api/v1/version">GET /api/v1/version</a>: versions of the program and its models</li>
<li><a href="/metrics">GET /metrics</a>: counters, for Prometheus</li>
<li><a href="/api/v1/lessons">GET /api/v1/lessons</a>: lessons to read, and their sentences in /api/v1/lessons/NAME</li>
<li>GET /api/v1/lessons/NAME/ITEM/audio: how a sentence should sound</li>
<li><a href="/api/v1/reference?text=I+think+so.">GET /api/v1/reference?text=…</a>: how any text should sound</li>
<li>POST /api/v1/analyses?text=…: a recording in the body, its scores in the answer</li>
<li>POST /speech/recognition/conversation/cognitiveservices/v1: the same for clients of Azure Speech</li>
<li>WebSocket /api/v1/live: scores while you speak</li>
</ul>
</body>
</html>
)";

Response Page(const Request& request) {
  const auto files = EmbeddedFiles();
  if (const EmbeddedFile* index = FindEmbedded(files, "/index.html"))
    return AnswerWith(*index, request);
  return {.type = "text/html; charset=utf-8",
          .body = std::string(kIndex),
          .headers = {{"Cache-Control", "no-cache"}}};
}

}  // namespace

void AddPageRoutes(Router& router, Context&) {
  router.Add({.pattern = "/", .access = Access::kAnybody, .handle = Page});
  for (const EmbeddedFile& file : EmbeddedFiles()) {
    if (file.path == "/fleet.html" || file.path == "/api/fleet") continue;  // A hub's.
    // Clients must be able to read what this server is without being paired; it holds no secret.
    router.Add({.pattern = std::string(file.path),
                .access = Access::kAnybody,
                .handle = [&file](const Request& request) { return AnswerWith(file, request); }});
  }
}

}  // namespace euphone::server
