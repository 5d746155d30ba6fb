#include "audio/audio_encoder.h"

#include <sndfile.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace euphone {
namespace {

// libvorbis and libopus keep what they are given at once on the stack.
constexpr std::size_t kMostEncodedAtOnce = 4096;

// libsndfile spreads its compression levels 1 to 0 evenly over these (ogg_opus.c).
constexpr double kLeastRate = 6000.0;
constexpr double kMostRate = 256000.0;

/// A file that is a string, for libsndfile.
struct MemoryFile {
  std::string bytes;
  sf_count_t position = 0;

  static MemoryFile& Of(void* user) { return *static_cast<MemoryFile*>(user); }
  static sf_count_t Length(void* user) { return static_cast<sf_count_t>(Of(user).bytes.size()); }
  static sf_count_t Tell(void* user) { return Of(user).position; }
  static sf_count_t Seek(sf_count_t offset, int whence, void* user) {
    MemoryFile& file = Of(user);
    const sf_count_t from = whence == SEEK_SET   ? 0
                            : whence == SEEK_CUR ? file.position
                                                 : Length(user);
    return file.position = std::max<sf_count_t>(from + offset, 0);
  }
  static sf_count_t Read(void* to, sf_count_t count, void* user) {
    MemoryFile& file = Of(user);
    const sf_count_t got = std::clamp<sf_count_t>(Length(user) - file.position, 0, count);
    std::memcpy(to, file.bytes.data() + file.position, static_cast<std::size_t>(got));
    file.position += got;
    return got;
  }
  static sf_count_t Write(const void* from, sf_count_t count, void* user) {
    MemoryFile& file = Of(user);
    const auto end = static_cast<std::size_t>(file.position + count);
    if (file.bytes.size() < end) file.bytes.resize(end);
    std::memcpy(file.bytes.data() + file.position, from, static_cast<std::size_t>(count));
    file.position += count;
    return count;
  }
};

int CodeOf(std::string_view ending) {
  if (ending == ".flac") return SF_FORMAT_FLAC | SF_FORMAT_PCM_16;
  if (ending == ".wav") return SF_FORMAT_WAV | SF_FORMAT_PCM_16;
  if (ending == ".opus") return SF_FORMAT_OGG | SF_FORMAT_OPUS;
  return 0;
}

}  // namespace

Result<std::string> EncodeAudio(PcmView samples, SampleRate rate, std::string_view ending,
                                double opus_bits_per_second) {
  SF_INFO info{};
  info.samplerate = rate.hz;
  info.channels = 1;
  info.format = CodeOf(ending);
  SF_VIRTUAL_IO calls{MemoryFile::Length, MemoryFile::Seek, MemoryFile::Read, MemoryFile::Write,
                      MemoryFile::Tell};
  MemoryFile file;
  SNDFILE* sound = info.format == 0 ? nullptr : sf_open_virtual(&calls, SFM_WRITE, &info, &file);
  if (sound == nullptr) {
    return Error{Errc::kUnsupported, "audio cannot be kept as '" + std::string(ending) + "' at " +
                                         std::to_string(rate.hz) + " Hz"};
  }
  sf_command(sound, SFC_SET_CLIPPING, nullptr, SF_TRUE);
  double level = 1.0 - (opus_bits_per_second - kLeastRate) / (kMostRate - kLeastRate);
  bool kept = ending != ".opus" ||
              sf_command(sound, SFC_SET_COMPRESSION_LEVEL, &level, sizeof level) == SF_TRUE;
  while (!samples.empty() && kept) {
    const PcmView part = samples.first(std::min(samples.size(), kMostEncodedAtOnce));
    const auto count = static_cast<sf_count_t>(part.size());
    kept = sf_writef_float(sound, part.data(), count) == count;
    samples = samples.subspan(part.size());
  }
  if (sf_close(sound) != 0 || !kept)
    return Error{Errc::kInternal, "audio could not be encoded as '" + std::string(ending) + "'"};
  return std::move(file.bytes);
}

}  // namespace euphone
