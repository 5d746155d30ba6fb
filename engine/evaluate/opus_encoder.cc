#include <sndfile.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string>

#include "evaluate/distortion.h"

namespace euphone {
namespace {

// libsndfile spreads its compression levels 1 to 0 evenly over these (ogg_opus.c).
constexpr double kLeastRate = 6000.0;
constexpr double kMostRate = 256000.0;

/// What libsndfile writes and reads back.
struct Memory {
  std::vector<std::byte> bytes;
  std::size_t at = 0;
};

Memory& Of(void* memory) { return *static_cast<Memory*>(memory); }

sf_count_t Length(void* memory) { return static_cast<sf_count_t>(Of(memory).bytes.size()); }

sf_count_t Seek(sf_count_t offset, int whence, void* memory) {
  Memory& m = Of(memory);
  const sf_count_t base = whence == SF_SEEK_CUR   ? static_cast<sf_count_t>(m.at)
                          : whence == SF_SEEK_END ? Length(memory)
                                                  : 0;
  m.at = static_cast<std::size_t>(std::max<sf_count_t>(0, base + offset));
  return static_cast<sf_count_t>(m.at);
}

sf_count_t Read(void* data, sf_count_t count, void* memory) {
  Memory& m = Of(memory);
  const std::size_t left = m.bytes.size() - std::min(m.at, m.bytes.size());
  const std::size_t taken = std::min(left, static_cast<std::size_t>(count));
  if (taken > 0) std::memcpy(data, m.bytes.data() + m.at, taken);
  m.at += taken;
  return static_cast<sf_count_t>(taken);
}

sf_count_t Write(const void* data, sf_count_t count, void* memory) {
  Memory& m = Of(memory);
  const auto length = static_cast<std::size_t>(count);
  m.bytes.resize(std::max(m.bytes.size(), m.at + length));
  if (length > 0) std::memcpy(m.bytes.data() + m.at, data, length);
  m.at += length;
  return count;
}

sf_count_t Tell(void* memory) { return static_cast<sf_count_t>(Of(memory).at); }

}  // namespace

Result<std::vector<std::byte>> EncodeOpus(PcmView samples, double bits_per_second) {
  SF_VIRTUAL_IO access{Length, Seek, Read, Write, Tell};
  SF_INFO info{};
  info.samplerate = kRecordingRate.hz;
  info.channels = 1;
  info.format = SF_FORMAT_OGG | SF_FORMAT_OPUS;
  Memory memory;
  SNDFILE* file = sf_open_virtual(&access, SFM_WRITE, &info, &memory);
  if (file == nullptr)
    return Error{Errc::kUnsupported,
                 std::string("libsndfile cannot write Opus: ") + sf_strerror(nullptr)};
  double level = 1.0 - (bits_per_second - kLeastRate) / (kMostRate - kLeastRate);
  const bool set = sf_command(file, SFC_SET_COMPRESSION_LEVEL, &level, sizeof(level)) == SF_TRUE;
  const auto count = static_cast<sf_count_t>(samples.size());
  const bool written = set && sf_writef_float(file, samples.data(), count) == count;
  const bool closed = sf_close(file) == 0;
  if (!set) return Error{Errc::kUnsupported, "libsndfile cannot set the rate of Opus"};
  if (!written || !closed) return Error{Errc::kInternal, "libsndfile could not write Opus"};
  return std::move(memory.bytes);
}

}  // namespace euphone
