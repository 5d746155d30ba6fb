#include "audio_devices.h"

#include <fcntl.h>
#include <portaudio.h>
#include <unistd.h>

namespace euphone::cli {
namespace {

/// Sends standard error to nowhere while it lives: ALSA and JACK print their searches there.
class Quiet {
 public:
  Quiet() : saved_(::dup(STDERR_FILENO)) {
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere < 0) return;
    ::dup2(nowhere, STDERR_FILENO);
    ::close(nowhere);
  }
  Quiet(const Quiet&) = delete;
  Quiet& operator=(const Quiet&) = delete;
  ~Quiet() {
    if (saved_ < 0) return;
    ::dup2(saved_, STDERR_FILENO);
    ::close(saved_);
  }

 private:
  int saved_;
};

}  // namespace

AudioDevices FindAudioDevices() {
  const Quiet quiet;
  AudioDevices devices;
  if (Pa_Initialize() != paNoError) return devices;
  const auto add = [](std::vector<std::string>& names, const char* name, bool preferred) {
    names.insert(preferred ? names.begin() : names.end(), name);
  };
  for (PaDeviceIndex index = 0; index < Pa_GetDeviceCount(); ++index) {
    const PaDeviceInfo* info = Pa_GetDeviceInfo(index);
    if (info == nullptr) continue;
    if (info->maxInputChannels > 0)
      add(devices.microphones, info->name, index == Pa_GetDefaultInputDevice());
    if (info->maxOutputChannels > 0)
      add(devices.loudspeakers, info->name, index == Pa_GetDefaultOutputDevice());
  }
  Pa_Terminate();
  return devices;
}

}  // namespace euphone::cli
