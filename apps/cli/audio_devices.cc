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

std::vector<std::string> Microphones() {
  const Quiet quiet;
  std::vector<std::string> names;
  if (Pa_Initialize() != paNoError) return names;
  const PaDeviceIndex preferred = Pa_GetDefaultInputDevice();
  for (PaDeviceIndex index = 0; index < Pa_GetDeviceCount(); ++index) {
    const PaDeviceInfo* info = Pa_GetDeviceInfo(index);
    if (info == nullptr || info->maxInputChannels < 1) continue;
    names.insert(index == preferred ? names.begin() : names.end(), info->name);
  }
  Pa_Terminate();
  return names;
}

}  // namespace euphone::cli
