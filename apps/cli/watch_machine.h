#pragma once

#include <optional>
#include <string_view>

#include "exit_code.h"
#include "watch_options.h"

namespace euphone::cli {

/// "3/5": three of the last five windows; nothing for another text, or 0, or more than 1000.
std::optional<AlarmRule> ParseAlarmRule(std::string_view text);

/// Learns from the files, which show a machine that runs well, and writes the model.
ExitCode LearnMachine(const WatchOptions& options);

/// Holds the input against the model; kAlarm where there was an alarm.
ExitCode WatchMachine(const WatchOptions& options);

}  // namespace euphone::cli
