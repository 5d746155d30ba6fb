#pragma once

#include <memory>
#include <optional>

#include "installation.h"
#include "live/live_session.h"
#include "live_input.h"
#include "live_plan.h"
#include "live_saver.h"

namespace euphone::cli {

/// All that live listening needs, opened once.
struct LiveStage {
  Engine engine;
  LiveParts parts;
  LiveConfig config;
  LivePlan plan;
  LiveInputs inputs;
  std::optional<TakeSaver> saver;  ///< Absent: takes are not kept.
};

}  // namespace euphone::cli
