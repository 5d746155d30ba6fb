#include "devices/audio_devices.h"

#include <cmath>

#include "devices/port_audio.h"

namespace euphone {

Result<std::vector<AudioDevice>> ListAudioDevices() {
  const auto library = PortAudioLibrary::Start();
  if (!library) return library.error();
  const PortAudioCall call;
  std::vector<AudioDevice> devices;
  for (PaDeviceIndex index = 0; index < Pa_GetDeviceCount(); ++index) {
    const PaDeviceInfo* info = Pa_GetDeviceInfo(index);
    if (info == nullptr) continue;
    const PaHostApiInfo* host = Pa_GetHostApiInfo(info->hostApi);
    devices.push_back({.index = index,
                       .name = info->name,
                       .host_api = host == nullptr ? "" : host->name,
                       .input_channels = info->maxInputChannels,
                       .output_channels = info->maxOutputChannels,
                       .default_rate = {static_cast<int>(std::lround(info->defaultSampleRate))},
                       .default_input = index == Pa_GetDefaultInputDevice(),
                       .default_output = index == Pa_GetDefaultOutputDevice()});
  }
  return devices;
}

}  // namespace euphone
