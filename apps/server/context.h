#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <utility>

#include "coach/vocabulary.h"
#include "live/pass_gate.h"
#include "server/judge_shelf.h"
#include "server/lesson_shelf.h"
#include "server/metrics.h"
#include "server/pairing.h"
#include "server/parts.h"
#include "server/router.h"
#include "server/tutor_desk.h"

namespace euphone::server {

/// What those who answer have in common. It outlives the router.
struct Context {
  Parts parts;
  Config config;
  PassGate gate;
  std::unique_ptr<StoreDoor> store;  ///< Null: nothing is kept.
  JudgeShelf judges;
  LessonShelf lessons;
  TutorDesk tutor;
  Metrics metrics;
  std::unique_ptr<Pairing> pairing;  ///< Null: not open to the network.
  std::function<Metrics::Now()> now;
  std::once_flag vocabulary_made;
  Vocabulary vocabulary;  ///< For drills; made when the first one is asked for.

  Context(Parts all, Config settings)
      : parts(std::move(all)),
        config(std::move(settings)),
        gate(config.passes),
        store(parts.open_store ? std::make_unique<StoreDoor>(parts.open_store) : nullptr),
        judges(std::move(parts.judges)),
        lessons(parts.lessons),
        tutor(std::move(parts.open_search), std::move(parts.llm), std::move(parts.lessons)) {}
};

/// Each adds the routes of one part of the API; `context` must outlive the router.
void AddInfoRoutes(Router& router, Context& context);
void AddAskRoutes(Router& router, Context& context);
void AddModelRoutes(Router& router, Context& context);
void AddLessonRoutes(Router& router, Context& context);
void AddReferenceRoutes(Router& router, Context& context);
void AddLearnerRoutes(Router& router, Context& context);
void AddDrillRoutes(Router& router, Context& context);
void AddCurveRoutes(Router& router, Context& context);
void AddKnowledgeRoutes(Router& router, Context& context);
void AddTakeRoutes(Router& router, Context& context);
void AddCommentRoutes(Router& router, Context& context);
void AddAssignmentRoutes(Router& router, Context& context);
void AddExportRoutes(Router& router, Context& context);
void AddAnalysisRoutes(Router& router, Context& context);
void AddAzureRoutes(Router& router, Context& context);
void AddPredictionRoutes(Router& router, Context& context);
void AddPairRoutes(Router& router, Context& context);

/// Those that were brought in before. Fails: as opening the store.
Status LoadOwnLessons(Context& context);

/// Has the model judge that was chosen before; one that cannot any more is warned of.
void UseChosenJudge(Context& context);

/// Embedded files: the page where there is one, else a list of what the API has.
void AddPageRoutes(Router& router, Context& context);

}  // namespace euphone::server
