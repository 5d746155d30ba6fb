#pragma once

#include <string>

#include "base/units.h"
#include "exit_code.h"

namespace euphone::cli {

/// Plays to the end, or to Ctrl-C, and shows how far it is on a terminal. `device` as in
/// OpenMicrophone().
ExitCode PlayToEnd(const std::string& device, PcmView samples, SampleRate rate);

}  // namespace euphone::cli
