#pragma once

#include <string>
#include <vector>

namespace euphone::cli {

/// Names of what PortAudio finds, the default device of each kind first; empty where there are
/// none.
struct AudioDevices {
  std::vector<std::string> microphones;
  std::vector<std::string> loudspeakers;
};

/// Keeps what the system's audio libraries print to themselves off standard error.
AudioDevices FindAudioDevices();

}  // namespace euphone::cli
