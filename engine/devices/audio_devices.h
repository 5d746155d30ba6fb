#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace euphone {

/// A sound card, or what stands for one, as the system's audio library names it.
struct AudioDevice {
  int index = 0;              ///< What `--device` takes; it may change when devices come and go.
  std::string name;           ///< "USB Audio: - (hw:1,0)"
  std::string host_api;       ///< Who offers it: "ALSA", "Core Audio", "Windows WASAPI".
  int input_channels = 0;     ///< At most; 0: no microphone.
  int output_channels = 0;    ///< At most; 0: no loudspeaker.
  SampleRate default_rate{};  ///< What it runs at unless asked for another.
  bool default_input = false;
  bool default_output = false;
};

/// All devices that PortAudio finds, in its order; empty where there are none. They are looked for
/// anew unless a microphone or loudspeaker is open in this process.
/// What ALSA and JACK print while they search is kept off standard error, which points nowhere for
/// that moment, for the whole process. Thread: any. Fails: kInternal.
Result<std::vector<AudioDevice>> ListAudioDevices();

}  // namespace euphone
