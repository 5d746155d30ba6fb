#pragma once

#include <string>
#include <vector>

namespace euphone::cli {

/// Names of the microphones that PortAudio finds, the default one first; empty where there are
/// none. Keeps what the system's audio libraries print to themselves off standard error.
std::vector<std::string> Microphones();

}  // namespace euphone::cli
