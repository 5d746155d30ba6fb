#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "installation.h"
#include "learner_log.h"
#include "live/live_session.h"
#include "live_input.h"
#include "live_plan.h"
#include "live_saver.h"
#include "monitor/telemetry_log.h"

namespace euphone::cli {

/// All that live listening needs, opened once.
struct LiveStage {
  Engine engine;
  LiveParts parts;
  LiveConfig config;
  LivePlan plan;
  LiveInputs inputs;
  std::string lesson;               ///< Its name; empty where there is none.
  std::optional<TakeSaver> saver;   ///< Absent: takes are not kept in a folder.
  std::unique_ptr<LearnerLog> log;  ///< Null: takes are not kept in the store.
  std::shared_ptr<monitor::TelemetryLog> telemetry = nullptr;  ///< Null: nothing is counted.

  /// Counts what is to be counted of it.
  void Count(const Event& event) const;

  /// Keeps a take, and then what came of it, wherever takes are kept. Fails: as the two; the other
  /// has it all the same.
  Status Keep(std::size_t item, const FinishedTake& take);
  Status Keep(std::size_t item, const SentenceFinished& finished);

  /// As RunnerConfig::learner; null where takes are not kept in the store. The stage must outlive
  /// it.
  std::function<LearnerRecord()> Learner() const;
};

}  // namespace euphone::cli
