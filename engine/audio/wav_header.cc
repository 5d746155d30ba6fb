#include "audio/wav_header.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "audio/container_end.h"

namespace euphone {
namespace {

constexpr int kMaxChunks = 1000;

enum Coding : std::uint32_t {
  kPcm = 1,
  kMsAdpcm = 2,
  kFloat = 3,
  kALaw = 6,
  kMuLaw = 7,
  kImaAdpcm = 0x11,
  kGsm = 0x31,
  kExtensible = 0xFFFE
};

/// A few bytes of the header, in the order of the file: little-endian but for RIFX.
struct ChunkFields {
  std::array<std::byte, 40> bytes{};
  std::size_t size = 0;
  bool big_endian = false;

  std::string_view Tag() const { return {reinterpret_cast<const char*>(bytes.data()), 4}; }
  std::uint32_t Number(std::size_t at, std::size_t count) const {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t place = big_endian ? at + i : at + count - 1 - i;
      value = value << 8 | std::to_integer<std::uint32_t>(bytes[place]);
    }
    return value;
  }
};

Error Corrupt(const std::string& what) {
  return {Errc::kCorrupt, "a damaged WAV header: " + what + "; save the recording again"};
}

Result<ChunkFields> ReadFields(ByteSource& source, std::int64_t offset, std::int64_t count,
                               bool big_endian) {
  ChunkFields fields;
  fields.big_endian = big_endian;
  const auto wanted =
      static_cast<std::size_t>(std::clamp<std::int64_t>(count, 0, std::ssize(fields.bytes)));
  auto got = source.ReadAt(offset, std::span(fields.bytes).first(wanted));
  if (!got) return got.error();
  fields.size = *got;
  return fields;
}

std::optional<RawEncoding> IntegerEncoding(std::int64_t bytes, bool big_endian) {
  switch (bytes) {
    case 1:
      return RawEncoding::kU8;
    case 2:
      return big_endian ? RawEncoding::kS16Be : RawEncoding::kS16Le;
    case 3:
      return big_endian ? RawEncoding::kS24Be : RawEncoding::kS24Le;
    case 4:
      return big_endian ? RawEncoding::kS32Be : RawEncoding::kS32Le;
    default:
      return std::nullopt;
  }
}

std::optional<RawEncoding> FloatEncoding(std::int64_t bytes, bool big_endian) {
  if (bytes == 4) return big_endian ? RawEncoding::kF32Be : RawEncoding::kF32Le;
  if (bytes == 8) return big_endian ? RawEncoding::kF64Be : RawEncoding::kF64Le;
  return std::nullopt;
}

/// Nothing for the compressed codings that libsndfile reads.
Result<std::optional<RawFormat>> ParseFormatChunk(const ChunkFields& chunk) {
  if (chunk.size < 16) return Corrupt("its 'fmt ' part is cut short");
  std::uint32_t coding = chunk.Number(0, 2);
  const std::uint32_t channels = chunk.Number(2, 2);
  const std::uint32_t rate = chunk.Number(4, 4);
  const std::uint32_t block = chunk.Number(12, 2);
  const std::uint32_t bits = chunk.Number(14, 2);
  if (coding == kExtensible && chunk.size >= 26) coding = chunk.Number(24, 2);

  RawFormat format;
  format.rate.hz = static_cast<int>(std::min<std::uint32_t>(rate, 2'000'000'000));
  format.channels = static_cast<int>(channels);
  if (auto status = CheckLimits(format.rate, format.channels); !status) return status.error();

  // Samples of 20 bits lie in 3 bytes, some of 24 bits in 4: the block says which.
  std::int64_t bytes = (bits + 7) / 8;
  if (block % channels == 0 && block / channels > bytes) bytes = block / channels;
  std::optional<RawEncoding> encoding;
  switch (coding) {
    case kPcm:
      encoding = IntegerEncoding(bytes, chunk.big_endian);
      break;
    case kFloat:
      encoding = FloatEncoding(bytes, chunk.big_endian);
      break;
    case kALaw:
      encoding = RawEncoding::kALaw;
      break;
    case kMuLaw:
      encoding = RawEncoding::kMuLaw;
      break;
    case kMsAdpcm:
    case kImaAdpcm:
    case kGsm:
      return std::optional<RawFormat>();
    default:
      break;
  }
  if (!encoding) {
    return Error{Errc::kUnsupported, "WAV coding " + std::to_string(coding) + " with " +
                                         std::to_string(bits) + " bits; convert it to 16-bit PCM"};
  }
  format.encoding = *encoding;
  return std::optional<RawFormat>(format);
}

}  // namespace

Result<WavData> ParseWavHeader(ByteSource& source, std::int64_t begin) {
  auto riff = ReadFields(source, begin, 12, false);
  if (!riff) return riff.error();
  const bool big_endian = riff->Tag() == "RIFX";
  std::optional<RawFormat> format;
  bool has_format = false;
  std::int64_t wide_bytes = 0;  // RF64 keeps the size of its data apart.
  std::int64_t offset = begin + 12;
  for (int chunks = 0; chunks < kMaxChunks; ++chunks) {
    auto head = ReadFields(source, offset, 8, big_endian);
    if (!head) return head.error();
    if (head->size < 8) break;
    const std::int64_t size = head->Number(4, 4);
    offset += 8;
    if (head->Tag() == "fmt ") {
      auto body = ReadFields(source, offset, size, big_endian);
      if (!body) return body.error();
      auto parsed = ParseFormatChunk(*body);
      if (!parsed) return parsed.error();
      format = *parsed;
      has_format = true;
    } else if (head->Tag() == "ds64") {
      auto body = ReadFields(source, offset, size, big_endian);
      if (!body) return body.error();
      wide_bytes = std::int64_t{body->Number(12, 4) & 0x7FFFFFFF} << 32 | body->Number(8, 4);
    } else if (head->Tag() == "data") {
      if (!has_format) return Corrupt("it does not say how the samples are stored");
      const std::int64_t claimed = size == 0xFFFFFFFF ? wide_bytes : size;
      WavData data{format, offset, std::nullopt};
      if (claimed != 0 && (claimed < kEndlessFrom || wide_bytes != 0)) data.bytes = claimed;
      return data;
    }
    offset += size + (size & 1);
  }
  return Corrupt("it ends before the samples begin");
}

}  // namespace euphone
