#pragma once

#include <string_view>

namespace euphone::cli {

enum class ColourMode { kAuto, kAlways, kNever };

/// Whether to colour standard output: on a terminal, unless NO_COLOR is set or TERM is "dumb".
bool UseColour(ColourMode mode);

/// Whether a whole screen can be drawn: standard output is a terminal that knows how.
bool CanShowScreen();

/// Whether standard output shows UTF-8, by the user's locale.
bool UsesUnicode();

/// Columns of the terminal on standard output, 80 where there is none; 40 to 120.
int TerminalWidth();

/// From now on Ctrl-C and SIGTERM only ask to stop: work in progress is finished or left untouched,
/// never half written. A second Ctrl-C ends the program at once.
void CatchInterrupts();
bool Interrupted();

/// Forgets a Ctrl-C: what it was to stop has stopped, and the program goes on. SIGTERM stays.
void ForgetInterrupt();

/// A descriptor that has something to read from the first interrupt on, to be waited for beside
/// another; -1 before CatchInterrupts().
int InterruptDescriptor();

/// Writes to standard output; false if it cannot be written (a full disk, a closed pipe).
bool Print(std::string_view text);

}  // namespace euphone::cli
