#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/result.h"

namespace euphone::cli {

/// What the program's exit status means; listed in the manual.
enum class ExitCode {
  kOk = 0,
  kBadInput = 1,   ///< A recording or text cannot be used.
  kUsage = 2,      ///< The command line makes no sense.
  kNotScored = 3,  ///< Read, but no fair score is possible: silence, noise, another text.
  kBroken = 4,     ///< The installation is incomplete or damaged; see `euphone doctor`.
  kAlarm = 5,      ///< `watch`: something is not as it was.
  kInterrupted = 130,
};

/// What a user is told about each.
struct ExitMeaning {
  ExitCode code;
  const char* brief;  ///< "not scored"
  const char* full;   ///< A sentence.
};
inline constexpr std::array<ExitMeaning, 7> kExitMeanings{{
    {ExitCode::kOk, "done", "Done."},
    {ExitCode::kBadInput, "bad input",
     "A recording or text cannot be used, or the output not be written; a line on standard error "
     "says why."},
    {ExitCode::kUsage, "usage", "The command line makes no sense."},
    {ExitCode::kNotScored, "not scored",
     "All was read, but not all scored: silence, noise, or another text was said."},
    {ExitCode::kBroken, "damaged installation",
     "The installation is incomplete or damaged; `euphone doctor` says more."},
    {ExitCode::kAlarm, "alarm",
     "`euphone watch` found what is not as it was: a machine, or a microphone."},
    {ExitCode::kInterrupted, "interrupted", "Interrupted; results already written are complete."},
}};

/// All of them on one line, for --help.
std::string ExitStatusLine();

/// The graver of two: what could not be read at all outranks what was read but not scored.
ExitCode Worse(ExitCode a, ExitCode b);

/// The code that fits an error: kBroken for what is not the user's doing.
ExitCode CodeFor(const Error& error);

/// Prints "euphone: MESSAGE" as one line on standard error (line breaks and control characters
/// become spaces) and gives the exit code that fits the error.
ExitCode Report(const Error& error);
void ReportLine(const std::string& message);

/// Prints a whole document on standard output; kBadInput, after saying so, where it cannot be
/// written: a full disk, a closed pipe.
ExitCode Show(std::string_view document);
void ReportUnwritable();

/// A name that leaves room for the reason on the line: the middle of a long one is left out.
std::string Shortened(std::string_view name);

}  // namespace euphone::cli
