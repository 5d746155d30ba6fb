#include "server/wav.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace euphone::server {
namespace {

void AppendNumber(std::string& out, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
}

}  // namespace

std::string WavOf(PcmView samples, SampleRate rate) {
  const auto bytes = static_cast<std::uint32_t>(2 * samples.size());
  const auto hz = static_cast<std::uint32_t>(rate.hz);
  std::string wav = "RIFF";
  AppendNumber(wav, 36 + bytes, 4);
  wav += "WAVEfmt ";
  AppendNumber(wav, 16, 4);
  AppendNumber(wav, 1, 2);  // PCM
  AppendNumber(wav, 1, 2);  // Channels.
  AppendNumber(wav, hz, 4);
  AppendNumber(wav, 2 * hz, 4);
  AppendNumber(wav, 2, 2);
  AppendNumber(wav, 16, 2);
  wav += "data";
  AppendNumber(wav, bytes, 4);
  for (const float sample : samples) {
    const float clipped = std::clamp(sample * 32768.0F, -32768.0F, 32767.0F);
    AppendNumber(wav, static_cast<std::uint32_t>(std::lround(clipped)) & 0xFFFF, 2);
  }
  return wav;
}

}  // namespace euphone::server
