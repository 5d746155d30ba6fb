#include <algorithm>
#include <chrono>
#include <utility>

#include "boundary.h"
#include "handles.h"

namespace {

using euphone::c::Fail;
using euphone::c::Guarded;
using euphone::c::Missing;

/// Opened where the first session wants them.
euphone::Result<euphone::LiveParts> PartsOf(euphone_engine& engine) {
  const std::lock_guard lock(engine.opening);
  if (!engine.live) {
    auto parts = euphone::OpenLiveParts(engine.options, engine.lexicon);
    if (!parts) return parts.error();
    engine.live = *std::move(parts);
  }
  return *engine.live;
}

}  // namespace

euphone_status euphone_live_open(euphone_engine* engine, const char* text,
                                 const euphone_live_options* options, euphone_live** live,
                                 char** error) {
  return Guarded(error, [&] {
    if (live == nullptr) return Missing("there is nowhere to put the session", error);
    *live = nullptr;
    if (engine == nullptr || text == nullptr)
      return Missing("a session needs an engine and a text; one of them is NULL", error);
    euphone_live_options known;
    if (!euphone::c::ReadOptions(options, known)) return Missing(euphone::c::kBadOptions, error);
    auto parts = PartsOf(*engine);
    if (!parts) return Fail(parts.error(), error);
    euphone::FedSession::Settings settings{.reproducible = known.reproducible != 0};
    if (known.rate != 0) settings.rate = euphone::SampleRate{known.rate};
    const euphone::LiveConfig config = euphone::LiveConfigFor(*parts, engine->model);
    auto session =
        euphone::FedSession::Start(*std::move(parts), config, engine->analyzer, text, settings);
    if (!session) return Fail(session.error(), error);
    *live = new euphone_live{*std::move(session)};
    return EUPHONE_OK;
  });
}

euphone_status euphone_live_push(euphone_live* live, const float* samples, size_t count,
                                 char** error) {
  return Guarded(error, [&] {
    if (live == nullptr || (samples == nullptr && count != 0))
      return Missing("a push needs a session and samples; one of them is NULL", error);
    if (const auto status = live->session->Push({samples, count}); !status)
      return Fail(EUPHONE_USAGE, status.error().message, error);
    return EUPHONE_OK;
  });
}

euphone_status euphone_live_poll(euphone_live* live, int32_t wait_ms, char** event, char** error) {
  return Guarded(error, [&] {
    if (event == nullptr) return Missing("there is nowhere to put the event", error);
    *event = nullptr;
    if (live == nullptr) return Missing("a poll needs a session; it is NULL", error);
    const auto line = live->session->Next(std::chrono::milliseconds(std::max(wait_ms, 0)));
    if (!line) return EUPHONE_OK;
    *event = euphone::c::Copy(*line);
    if (*event == nullptr) throw std::bad_alloc();
    return EUPHONE_OK;
  });
}

euphone_status euphone_live_finish(euphone_live* live, char** error) {
  return Guarded(error, [&] {
    if (live == nullptr) return Missing("there is no session to finish; it is NULL", error);
    live->session->Finish();
    return EUPHONE_OK;
  });
}

void euphone_live_free(euphone_live* live) { delete live; }
