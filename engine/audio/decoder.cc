#include "audio/decoder.h"

#include <sndfile.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "audio/container_end.h"
#include "audio/mpeg_decoder.h"
#include "audio/source_window.h"
#include "audio/wav_header.h"

namespace euphone {
namespace {

// Five minutes of 48 kHz stereo FLAC are about 35 MB.
constexpr std::size_t kMaxBufferedPipe = 64u << 20;
// libsndfile wants a length; this one is beyond any limit and still safe to do arithmetic on.
constexpr std::int64_t kUnknownLength = std::int64_t{1} << 50;

struct Names {
  int code;
  const char* name;
};

constexpr std::array kContainers = std::to_array<Names>({{SF_FORMAT_WAV, "wav"},
                                                         {SF_FORMAT_WAVEX, "wav"},
                                                         {SF_FORMAT_FLAC, "flac"},
                                                         {SF_FORMAT_OGG, "ogg"},
                                                         {SF_FORMAT_AIFF, "aiff"},
                                                         {SF_FORMAT_RAW, "raw"}});

constexpr std::array kCodings = std::to_array<Names>({{SF_FORMAT_PCM_S8, "pcm8"},
                                                      {SF_FORMAT_PCM_U8, "pcm8"},
                                                      {SF_FORMAT_PCM_16, "pcm16"},
                                                      {SF_FORMAT_PCM_24, "pcm24"},
                                                      {SF_FORMAT_PCM_32, "pcm32"},
                                                      {SF_FORMAT_FLOAT, "float32"},
                                                      {SF_FORMAT_DOUBLE, "float64"},
                                                      {SF_FORMAT_ALAW, "alaw"},
                                                      {SF_FORMAT_ULAW, "mulaw"},
                                                      {SF_FORMAT_IMA_ADPCM, "adpcm"},
                                                      {SF_FORMAT_MS_ADPCM, "adpcm"},
                                                      {SF_FORMAT_GSM610, "gsm"},
                                                      {SF_FORMAT_VORBIS, "vorbis"},
                                                      {SF_FORMAT_OPUS, "opus"}});

/// Null for one that is not listed.
template <std::size_t kCount>
const char* NameIn(const std::array<Names, kCount>& table, int code) {
  const auto row = std::find_if(table.begin(), table.end(),
                                [&](const Names& names) { return names.code == code; });
  return row == table.end() ? nullptr : row->name;
}

int SndfileCoding(RawEncoding encoding) {
  switch (encoding) {
    case RawEncoding::kU8:
      return SF_FORMAT_PCM_U8;
    case RawEncoding::kS8:
      return SF_FORMAT_PCM_S8;
    case RawEncoding::kS16Le:
      return SF_FORMAT_PCM_16 | SF_ENDIAN_LITTLE;
    case RawEncoding::kS16Be:
      return SF_FORMAT_PCM_16 | SF_ENDIAN_BIG;
    case RawEncoding::kS24Le:
      return SF_FORMAT_PCM_24 | SF_ENDIAN_LITTLE;
    case RawEncoding::kS24Be:
      return SF_FORMAT_PCM_24 | SF_ENDIAN_BIG;
    case RawEncoding::kS32Le:
      return SF_FORMAT_PCM_32 | SF_ENDIAN_LITTLE;
    case RawEncoding::kS32Be:
      return SF_FORMAT_PCM_32 | SF_ENDIAN_BIG;
    case RawEncoding::kF32Le:
      return SF_FORMAT_FLOAT | SF_ENDIAN_LITTLE;
    case RawEncoding::kF32Be:
      return SF_FORMAT_FLOAT | SF_ENDIAN_BIG;
    case RawEncoding::kF64Le:
      return SF_FORMAT_DOUBLE | SF_ENDIAN_LITTLE;
    case RawEncoding::kF64Be:
      return SF_FORMAT_DOUBLE | SF_ENDIAN_BIG;
    case RawEncoding::kALaw:
      return SF_FORMAT_ALAW;
    case RawEncoding::kMuLaw:
      return SF_FORMAT_ULAW;
  }
  return 0;
}

SF_VIRTUAL_IO WindowCallbacks() {
  return {[](void* window) { return static_cast<SourceWindow*>(window)->length(); },
          [](sf_count_t offset, int whence, void* window) {
            return static_cast<SourceWindow*>(window)->Seek(offset, whence);
          },
          [](void* out, sf_count_t count, void* window) {
            const auto bytes = static_cast<std::size_t>(std::max<sf_count_t>(0, count));
            return static_cast<sf_count_t>(
                static_cast<SourceWindow*>(window)->Read({static_cast<std::byte*>(out), bytes}));
          },
          [](const void*, sf_count_t, void*) { return sf_count_t{0}; },
          [](void* window) { return static_cast<SourceWindow*>(window)->position(); }};
}

class SndfileDecoder : public Decoder {
 public:
  SndfileDecoder(std::unique_ptr<SourceWindow> window, SNDFILE* file, const SF_INFO& info,
                 SourceFormat format, std::optional<std::int64_t> promised)
      : window_(std::move(window)),
        file_(file),
        frames_(info.frames),
        format_(std::move(format)),
        promised_(promised) {}

  const SourceFormat& format() const override { return format_; }

  std::optional<std::int64_t> claimed_frames() const override {
    const std::int64_t frame_bytes_at_most = 8 * std::int64_t{kMaxChannels};
    if (frames_ <= 0 || frames_ >= kUnknownLength / frame_bytes_at_most) return std::nullopt;
    return frames_;
  }

  std::optional<std::int64_t> promised_frames() const override {
    return promised_ ? promised_ : format_.container == "flac" ? claimed_frames() : std::nullopt;
  }

  Result<std::size_t> Read(std::span<float> interleaved) override {
    const auto frames = std::ssize(interleaved) / format_.channels;
    const sf_count_t got = sf_readf_float(file_.get(), interleaved.data(), frames);
    if (window_->error()) return *window_->error();
    return static_cast<std::size_t>(std::max<sf_count_t>(0, got));
  }

 private:
  struct Close {
    void operator()(SNDFILE* file) const { sf_close(file); }
  };

  std::unique_ptr<SourceWindow> window_;
  std::unique_ptr<SNDFILE, Close> file_;
  std::int64_t frames_;
  SourceFormat format_;
  std::optional<std::int64_t> promised_;
};

/// What is known of a recording before libsndfile sees it.
struct Known {
  const char* container = nullptr;  ///< What to call bare samples; null: libsndfile knows.
  std::optional<std::int64_t> promised_frames = {};
  bool truncated = false;
};

Result<std::unique_ptr<Decoder>> OpenSndfile(std::unique_ptr<SourceWindow> window, SF_INFO info,
                                             const Known& known) {
  SF_VIRTUAL_IO callbacks = WindowCallbacks();
  SNDFILE* file = sf_open_virtual(&callbacks, SFM_READ, &info, window.get());
  if (file == nullptr) {
    if (window->error()) return *window->error();
    return Error{Errc::kCorrupt, "a damaged recording (" +
                                     std::string(sf_error_number(sf_error(nullptr))).substr(0, 80) +
                                     "); save or record it again"};
  }
  const char* container = known.container != nullptr
                              ? known.container
                              : NameIn(kContainers, info.format & SF_FORMAT_TYPEMASK);
  const char* coding = NameIn(kCodings, info.format & SF_FORMAT_SUBMASK);
  SourceFormat format{container == nullptr ? "" : container,
                      coding == nullptr ? "" : coding,
                      SampleRate{info.samplerate},
                      info.channels,
                      0.0,
                      known.truncated};
  auto decoder = std::make_unique<SndfileDecoder>(std::move(window), file, info, std::move(format),
                                                  known.promised_frames);
  if (container == nullptr || coding == nullptr) {
    return Error{Errc::kUnsupported, "an audio coding that is not supported; convert it to WAV"};
  }
  if (auto status = CheckLimits(SampleRate{info.samplerate}, info.channels); !status)
    return status.error();
  return std::unique_ptr<Decoder>(std::move(decoder));
}

/// Samples of the given format, at [offset, offset + bytes) of the source, as far as it reaches.
Result<std::unique_ptr<Decoder>> OpenSamples(std::unique_ptr<ByteSource> source,
                                             const RawFormat& format, const WavData& data,
                                             const char* container) {
  const std::int64_t there =
      source->size() ? std::max<std::int64_t>(0, *source->size() - data.offset) : kUnknownLength;
  const std::int64_t frame = std::int64_t{BytesPerSample(format.encoding)} * format.channels;
  const std::int64_t length = std::min(there, data.bytes.value_or(kUnknownLength));
  SF_INFO info{};
  info.samplerate = format.rate.hz;
  info.channels = format.channels;
  info.format = SF_FORMAT_RAW | SndfileCoding(format.encoding);
  Known known{container};
  if (data.bytes) known.promised_frames = *data.bytes / frame;
  auto window =
      std::make_unique<SourceWindow>(std::move(source), data.offset, length / frame * frame);
  return OpenSndfile(std::move(window), info, known);
}

enum class Kind { kUnknown, kWav, kMpeg, kAiff, kFlac, kOgg };

/// A frame header of MPEG audio: 11 set bits, then no reserved version, layer, bit rate or rate.
bool IsMpegFrame(std::span<const unsigned char> b) {
  return b[0] == 0xFF && (b[1] & 0xE0) == 0xE0 && (b[1] & 0x18) != 0x08 && (b[1] & 0x06) != 0 &&
         (b[2] & 0xF0) != 0xF0 && (b[2] & 0x0C) != 0x0C;
}

/// Recognises the container at `begin`, moving it past ID3 tags.
Result<Kind> Sniff(ByteSource& source, std::int64_t& begin) {
  std::array<unsigned char, 12> bytes{};
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  for (int tags = 0; tags < 8; ++tags) {
    bytes.fill(0);
    auto got = source.ReadAt(begin, std::as_writable_bytes(std::span(bytes)));
    if (!got) return got.error();
    if (begin == 0 && *got == 0) return Error{Errc::kCorrupt, "empty (0 bytes); record it again"};
    if (!text.starts_with("ID3")) break;
    std::int64_t size = 0;
    for (std::size_t i = 6; i < 10; ++i) size = size << 7 | (bytes[i] & 0x7F);
    const bool has_footer = (bytes[5] & 0x10) != 0;
    begin += 10 + size + (has_footer ? 10 : 0);
  }
  const std::string_view form = text.substr(8);
  const bool riff =
      text.starts_with("RIFF") || text.starts_with("RIFX") || text.starts_with("RF64");
  if (riff && form == "WAVE") return Kind::kWav;
  if (text.starts_with("FORM") && (form == "AIFF" || form == "AIFC")) return Kind::kAiff;
  if (text.starts_with("fLaC")) return Kind::kFlac;
  if (text.starts_with("OggS")) return Kind::kOgg;
  if (IsMpegFrame(bytes)) return Kind::kMpeg;
  return Kind::kUnknown;
}

/// Whether the container itself shows that its end is missing. `source` knows its size.
Result<bool> StopsEarly(Kind kind, ByteSource& source, std::int64_t begin,
                        const std::optional<WavData>& wav) {
  if (kind == Kind::kOgg) return OggStopsEarly(source, begin);
  if (kind == Kind::kAiff) return AiffStopsEarly(source, begin);
  if (wav && wav->bytes) return wav->offset + *wav->bytes > source.size().value_or(0) + kMiscounted;
  return false;
}

}  // namespace

Result<std::unique_ptr<Decoder>> Decoder::Open(std::unique_ptr<ByteSource> source,
                                               const std::optional<RawFormat>& raw) {
  if (raw) return OpenSamples(std::move(source), *raw, {}, "raw");
  std::int64_t begin = 0;
  const auto kind = Sniff(*source, begin);
  if (!kind) return kind.error();
  if (*kind == Kind::kUnknown) {
    return Error{Errc::kUnsupported,
                 "not a recording that is supported (WAV, FLAC, Ogg Vorbis, Opus, MP3, AIFF); "
                 "convert it to WAV"};
  }
  std::optional<WavData> wav;
  if (*kind == Kind::kWav) {
    auto data = ParseWavHeader(*source, begin);
    if (!data) return data.error();
    if (data->format) return OpenSamples(std::move(source), *data->format, *data, "wav");
    wav = *data;
  }
  auto whole = Seekable(std::move(source), kMaxBufferedPipe);
  if (!whole) return whole.error();
  const auto truncated = StopsEarly(*kind, **whole, begin, wav);
  if (!truncated) return truncated.error();
  const auto tag = *kind == Kind::kMpeg ? MpegTagFrames(**whole, begin)
                                        : Result<std::optional<std::int64_t>>(std::nullopt);
  if (!tag) return tag.error();
  const std::int64_t length = std::max<std::int64_t>(0, *(*whole)->size() - begin);
  auto window = std::make_unique<SourceWindow>(std::move(*whole), begin, length);
  if (*kind == Kind::kMpeg) return OpenMpeg(std::move(window), *tag);
  return OpenSndfile(std::move(window), SF_INFO{}, {.truncated = *truncated});
}

}  // namespace euphone
