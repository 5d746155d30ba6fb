#include "server/sound_messages.h"

#include <opus.h>

#include <cstddef>
#include <cstdint>

namespace euphone::server {
namespace {

constexpr int kLongestPacketMs = 120;
/// Of the format: 48 frames of 1275 bytes, and what says how long each is.
constexpr std::size_t kMostPacket = 64000;

std::vector<float> SamplesOfPcm16(std::string_view bytes) {
  std::vector<float> samples;
  samples.reserve(bytes.size() / 2);
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    const auto low = static_cast<unsigned char>(bytes[i]);
    const auto high = static_cast<unsigned char>(bytes[i + 1]);
    const auto value = static_cast<std::int16_t>(static_cast<std::uint16_t>(high << 8 | low));
    samples.push_back(static_cast<float>(value) / 32768.0F);
  }
  return samples;
}

}  // namespace

void SoundMessages::Destroy::operator()(OpusDecoder* decoder) const {
  opus_decoder_destroy(decoder);
}

Result<SoundMessages> SoundMessages::Open(SoundFormat format, SampleRate rate) {
  SoundMessages messages(rate);
  if (format == SoundFormat::kPcm16) return messages;
  int failed = 0;
  messages.opus_.reset(opus_decoder_create(rate.hz, 1, &failed));
  if (failed == OPUS_BAD_ARG) {
    return Error{Errc::kUnsupported,
                 "\"opus\" is heard at a `rate` of 8000, 12000, 16000, 24000 or 48000"};
  }
  if (failed != OPUS_OK) return Error{Errc::kInternal, "no decoder for Opus could be made"};
  return messages;
}

Result<std::vector<float>> SoundMessages::Read(std::string_view message) {
  if (!opus_) {
    if (message.size() % 2 != 0)
      return Error{Errc::kInvalidArgument, "a binary message must hold whole 16-bit samples"};
    return SamplesOfPcm16(message);
  }
  if (message.empty() || message.size() > kMostPacket)
    return Error{Errc::kCorrupt, "a binary message must be one packet of Opus"};
  std::vector<float> samples(static_cast<std::size_t>(rate_.hz * kLongestPacketMs / 1000));
  const int count = opus_decode_float(
      opus_.get(), reinterpret_cast<const unsigned char*>(message.data()),
      static_cast<opus_int32>(message.size()), samples.data(), static_cast<int>(samples.size()), 0);
  if (count < 0) return Error{Errc::kCorrupt, "a binary message is no packet of Opus"};
  samples.resize(static_cast<std::size_t>(count));
  return samples;
}

}  // namespace euphone::server
