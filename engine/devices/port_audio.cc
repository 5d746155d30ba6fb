#include "devices/port_audio.h"

#include <dlfcn.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#include <sanitizer/lsan_interface.h>
#define EUPHONE_FINDS_LEAKS 1
#endif
#endif

namespace euphone {
namespace {

// Opens the sound system. What its plug-ins (ALSA's for PulseAudio) leave allocated when they are
// unloaded is not this program's leak, and cannot be told by name, for its module is gone when
// leaks are looked for.
PaError Initialise() {
#ifdef EUPHONE_FINDS_LEAKS
  const __lsan::ScopedDisabler theirs;
#endif
  return Pa_Initialize();
}

// PortAudio ends the process where ALSA, if that is what it uses, has no configuration, as in a
// bare container.
Status CheckAlsa() {
  using Folder = const char* (*)();
  const auto folder = reinterpret_cast<Folder>(::dlsym(RTLD_DEFAULT, "snd_config_topdir"));
  if (folder == nullptr || std::getenv("ALSA_CONFIG_PATH") != nullptr) return {};
  const std::filesystem::path file = std::filesystem::path(folder()) / "alsa.conf";
  std::error_code none;
  if (std::filesystem::exists(file, none)) return {};
  return Error{Errc::kNotFound, "there is no sound system here: " + file.string() +
                                    " is missing (Debian: install libasound2-data)"};
}

std::mutex& CallMutex() {
  static std::mutex mutex;
  return mutex;
}

std::string Lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

int Channels(const PaDeviceInfo& info, Direction direction) {
  return direction == Direction::kInput ? info.maxInputChannels : info.maxOutputChannels;
}

const char* NameOf(Direction direction) {
  return direction == Direction::kInput ? "microphone" : "loudspeaker";
}

bool IsUsable(PaDeviceIndex index, Direction direction) {
  const PaDeviceInfo* info = Pa_GetDeviceInfo(index);
  return info != nullptr && Channels(*info, direction) > 0;
}

Error NoSuch(Direction direction, const std::string& wanted) {
  return {Errc::kNotFound, std::string("there is no ") + NameOf(direction) + " '" + wanted +
                               "'; `euphone devices` lists those that are there"};
}

Result<PaDeviceIndex> DefaultDevice(Direction direction) {
  const PaDeviceIndex index =
      direction == Direction::kInput ? Pa_GetDefaultInputDevice() : Pa_GetDefaultOutputDevice();
  if (index != paNoDevice) return index;
  return Error{Errc::kNotFound, std::string("no ") + NameOf(direction) +
                                    " was found; plug one in, or see `euphone devices`"};
}

}  // namespace

PortAudioCall::PortAudioCall() : lock_(CallMutex()) {}

Result<PortAudioLibrary> PortAudioLibrary::Start() {
  if (auto status = CheckAlsa(); !status) return status.error();
  const PortAudioCall call;
  if (const PaError code = Initialise(); code != paNoError)
    return Error{Errc::kInternal, "the sound system cannot be opened: " + Explanation(code)};
  return PortAudioLibrary();
}

PortAudioLibrary::PortAudioLibrary(PortAudioLibrary&& other) noexcept
    : started_(std::exchange(other.started_, false)) {}

PortAudioLibrary::~PortAudioLibrary() {
  if (!started_) return;
  const PortAudioCall call;
  Pa_Terminate();
}

Result<PaDeviceIndex> FindDevice(Direction direction, const std::string& wanted) {
  if (wanted.empty()) return DefaultDevice(direction);
  PaDeviceIndex index = 0;
  const char* end = wanted.data() + wanted.size();
  if (const auto parsed = std::from_chars(wanted.data(), end, index);
      parsed.ec == std::errc() && parsed.ptr == end) {
    return IsUsable(index, direction) ? Result<PaDeviceIndex>(index) : NoSuch(direction, wanted);
  }
  const std::string name = Lower(wanted);
  std::vector<PaDeviceIndex> partly;
  for (index = 0; index < Pa_GetDeviceCount(); ++index) {
    if (!IsUsable(index, direction)) continue;
    const std::string found = Lower(Pa_GetDeviceInfo(index)->name);
    if (found == name) return index;
    if (found.find(name) != std::string::npos) partly.push_back(index);
  }
  if (partly.size() == 1) return partly.front();
  if (partly.empty()) return NoSuch(direction, wanted);
  return Error{Errc::kInvalidArgument,
               std::to_string(partly.size()) + " devices have '" + wanted +
                   "' in their names; give more of the name or the number from `euphone devices`"};
}

std::string Explanation(PaError code) {
  if (code != paUnanticipatedHostError) return Pa_GetErrorText(code);
  const PaHostErrorInfo* info = Pa_GetLastHostErrorInfo();
  return info != nullptr && info->errorText != nullptr && *info->errorText != '\0'
             ? info->errorText
             : "the sound system gave no reason";
}

}  // namespace euphone
