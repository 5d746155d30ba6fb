#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "coach/knowledge.h"
#include "lesson/lesson_pack.h"
#include "lexicon/lexicon.h"
#include "model/recogniser.h"
#include "monitor/telemetry_log.h"
#include "reference/reference_voice.h"
#include "server/judge_shelf.h"
#include "server/site.h"
#include "server/store_door.h"
#include "server/tutor_desk.h"

namespace euphone::server {

/// What this server serves; the composition root picks and opens it.
struct Parts {
  std::shared_ptr<const Lexicon> lexicon;
  Judges judges;
  std::shared_ptr<const Recogniser> recogniser;  ///< Null: speech needs a text.
  std::vector<LessonPack> lessons;
  std::shared_ptr<ReferenceVoice> voice;
  std::shared_ptr<const Knowledge> knowledge = nullptr;  ///< Null: no drills, no articles.
  StoreDoor::Opener open_store;                          ///< Null: nothing is kept of anybody.
  TutorDesk::Opener open_search = nullptr;               ///< Null: no questions are answered.
  std::optional<llm::LlmSettings> llm = std::nullopt;    ///< Absent: answers only quote.
  std::string version;                                   ///< Of the program.

  const PhoneSet& phones() const { return lexicon->pack().phones; }
};

/// With `lan`, devices pair; who is paired is kept among the keys.
struct Config : Listening {
  std::size_t most_sessions = 8;  ///< Live ones.
  std::size_t passes = 1;         ///< Recordings and sentences judged at a time.
  double most_audio_seconds = 120.0;
  std::string learner = {};  ///< UUID: whose the takes are that name nobody; empty: not kept.
  bool recall_judge = true;  ///< Who was chosen before judges, rather than Judges::first.
  /// What a live session holds while it lasts, so that no model changes meanwhile. Thread: any.
  std::function<std::shared_ptr<void>()> hold_lesson = nullptr;
  std::shared_ptr<monitor::TelemetryLog> telemetry = nullptr;  ///< Null: nothing is counted.
  /// Tells whoever sits before the device what went wrong, in one line. Thread: any.
  std::function<void(const std::string&)> warn = nullptr;
  /// Shows a code for pairing to whoever sits before the device. Thread: any.
  std::function<void(const std::string&)> show_code = nullptr;
};

}  // namespace euphone::server
