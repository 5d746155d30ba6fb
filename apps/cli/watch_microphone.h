#pragma once

#include <string>

#include "base/result.h"
#include "exit_code.h"
#include "session/analyzer.h"
#include "watch_options.h"

namespace euphone::cli {

/// The history of a microphone, and today's day, for an Analyzer. Fails: kNotFound, kIo, kTooLarge,
/// kCorrupt, naming file and line.
Result<KnownMicrophone> ReadKnownMicrophone(const std::string& file);

/// Adds the recordings to the history and says what has changed since when; kAlarm where something
/// has.
ExitCode WatchMicrophone(const WatchOptions& options);

}  // namespace euphone::cli
