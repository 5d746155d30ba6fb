#include "audio/mpeg_decoder.h"

#include <mpg123.h>
#include <sys/types.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "audio/raw_format.h"

namespace euphone {
namespace {

struct Delete {
  void operator()(mpg123_handle* handle) const { mpg123_delete(handle); }
};
using Handle = std::unique_ptr<mpg123_handle, Delete>;

ssize_t ReadBytes(void* window, void* out, std::size_t count) {
  return static_cast<ssize_t>(
      static_cast<SourceWindow*>(window)->Read({static_cast<std::byte*>(out), count}));
}

off_t SeekBytes(void* window, off_t offset, int whence) {
  return static_cast<SourceWindow*>(window)->Seek(offset, whence);
}

class MpegDecoder : public Decoder {
 public:
  MpegDecoder(std::unique_ptr<SourceWindow> window, Handle handle, SourceFormat format,
              std::optional<std::int64_t> promised)
      : window_(std::move(window)),
        handle_(std::move(handle)),
        format_(std::move(format)),
        promised_(promised) {}

  const SourceFormat& format() const override { return format_; }

  std::optional<std::int64_t> claimed_frames() const override {
    // From the tag of the encoder or by the bit rate of the first frame.
    const off_t frames = mpg123_length(handle_.get());
    if (frames <= 0) return std::nullopt;
    return frames;
  }

  std::optional<std::int64_t> promised_frames() const override { return promised_; }

  Result<std::size_t> Read(std::span<float> interleaved) override {
    std::size_t bytes = 0;
    // Anything but MPG123_OK ends the recording; a change of rate or channels does so, too.
    const int state =
        ended_ ? MPG123_DONE
               : mpg123_read(handle_.get(), interleaved.data(), interleaved.size_bytes(), &bytes);
    if (window_->error()) return *window_->error();
    ended_ = state != MPG123_OK;
    return bytes / sizeof(float) / static_cast<std::size_t>(format_.channels);
  }

 private:
  std::unique_ptr<SourceWindow> window_;  // Outlives the handle, which reads from it.
  Handle handle_;
  SourceFormat format_;
  std::optional<std::int64_t> promised_;
  bool ended_ = false;
};

std::string CodingOf(mpg123_handle* handle) {
  mpg123_frameinfo info{};
  if (mpg123_info(handle, &info) != MPG123_OK) return "mp3";
  return "mp" + std::to_string(std::clamp(info.layer, 1, 3));
}

}  // namespace

Result<std::unique_ptr<Decoder>> OpenMpeg(std::unique_ptr<SourceWindow> window,
                                          std::optional<std::int64_t> promised) {
  mpg123_init();  // Needed before 1.27; does nothing since.
  int error = MPG123_OK;
  Handle handle(mpg123_new(nullptr, &error));
  if (handle == nullptr)
    return Error{Errc::kInternal, std::string("libmpg123: ") + mpg123_plain_strerror(error)};
  constexpr long kFlags = MPG123_QUIET | MPG123_FORCE_FLOAT | MPG123_GAPLESS;
  mpg123_param(handle.get(), MPG123_ADD_FLAGS, kFlags, 0.0);
  mpg123_replace_reader_handle(handle.get(), ReadBytes, SeekBytes, nullptr);
  long rate = 0;
  int channels = 0;
  int encoding = 0;
  const bool opened = mpg123_open_handle(handle.get(), window.get()) == MPG123_OK &&
                      mpg123_getformat(handle.get(), &rate, &channels, &encoding) == MPG123_OK;
  if (window->error()) return *window->error();
  if (!opened || encoding != MPG123_ENC_FLOAT_32)
    return Error{Errc::kCorrupt, "a damaged MP3 recording; save or record it again"};
  // Later frames of another shape end the recording instead of changing the meaning of samples.
  mpg123_format_none(handle.get());
  mpg123_format(handle.get(), rate, channels, encoding);
  const SampleRate sample_rate{static_cast<int>(rate)};
  if (auto status = CheckLimits(sample_rate, channels); !status) return status.error();
  SourceFormat format{"mp3", CodingOf(handle.get()), sample_rate, channels, 0.0};
  return std::unique_ptr<Decoder>(std::make_unique<MpegDecoder>(
      std::move(window), std::move(handle), std::move(format), promised));
}

}  // namespace euphone
