#pragma once

#include <cstddef>
#include <string>

#include "base/result.h"

namespace euphone::cli {

/// All of standard input; Ctrl-C ends the wait for it. Fails: kTooLarge over `max_bytes`, kIo.
Result<std::string> ReadStandardInput(std::size_t max_bytes);

/// Waits until there is something to read, or its end; false on an interrupt.
bool WaitForStandardInput();

/// Where standard input is a terminal, says on standard error what is waited for, so that nobody
/// takes the program for dead: "a recording (pipe one in)".
void AnnounceStandardInput(const std::string& what);

}  // namespace euphone::cli
