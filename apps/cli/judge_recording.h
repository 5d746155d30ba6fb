#pragma once

#include <functional>
#include <string>

#include "audio/audio_reader.h"
#include "base/result.h"
#include "exit_code.h"
#include "installation.h"
#include "job_list.h"
#include "learner_log.h"
#include "score/analysis.h"

namespace euphone::cli {

/// What came of one recording that could be read.
struct JudgedRecording {
  Analysis analysis;
  ExitCode code = ExitCode::kOk;
  std::string complaint;  ///< Why it was not scored, not read to its end, or not kept; empty: none.
  double pass_seconds = 0.0;  ///< Of judging alone.
};

/// Whether the text can be read at all, before anybody waits for a recording of it.
Status CheckText(const Job& job, const Lexicon& lexicon);

/// Judges a recording, and keeps it where there is a log; a job without a text needs the engine's
/// recogniser. `wait` is called before the log is asked; it may be null. Fails: as CheckText,
/// ReadRecording and Analyzer::Analyze.
Result<JudgedRecording> JudgeRecording(const Engine& engine, const Job& job,
                                       const ReadOptions& read, LearnerLog* log,
                                       const std::function<void()>& wait = nullptr);

}  // namespace euphone::cli
