#include "audio/audio_writer.h"

#include <fcntl.h>
#include <sndfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cmath>
#include <cstdint>
#include <system_error>
#include <utility>

#include "audio/resampler.h"

namespace euphone {
namespace {

struct Format {
  std::string_view ending;
  int code;
};
constexpr std::array kFormats{Format{".wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16},
                              Format{".flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16},
                              Format{".ogg", SF_FORMAT_OGG | SF_FORMAT_VORBIS},
                              Format{".opus", SF_FORMAT_OGG | SF_FORMAT_OPUS}};
constexpr std::array kOpusRates{8000, 12000, 16000, 24000, 48000};

// libvorbis keeps what it is given at once on the stack.
constexpr std::size_t kMostAtOnce = 4096;

Result<Format> FormatOf(const std::filesystem::path& file) {
  std::string ending = file.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  for (const Format& format : kFormats) {
    if (format.ending == ending) return format;
  }
  return Error{Errc::kUnsupported,
               file.string() + ": the name must end in .wav, .flac, .ogg or .opus"};
}

bool IsOpus(const Format& format) { return format.ending == ".opus"; }

/// The rate of a file where nobody asks for one.
SampleRate NaturalRate(const Format& format, SampleRate in) {
  if (!IsOpus(format)) return in;
  for (const int hz : kOpusRates) {
    if (hz >= in.hz) return {hz};
  }
  return {kOpusRates.back()};
}

Error SystemError(const std::string& name, int code) {
  if (code == ENOSPC)
    return {Errc::kIo, name + ": the disk is full; make room or choose another folder"};
  return {code == ENOENT ? Errc::kNotFound : Errc::kIo,
          name + ": it cannot be written: " + std::generic_category().message(code)};
}

void Append(std::uint32_t value, int bytes, std::string& to) {
  for (int i = 0; i < bytes; ++i) to += static_cast<char>(value >> (8 * i) & 0xFF);
}

/// The header of a mono WAV file whose end nobody knows yet, as ffmpeg and sox write it.
std::string OpenEndedHeader(SampleRate rate) {
  constexpr std::uint32_t kOpen = 0xFFFFFFFF;
  const auto hz = static_cast<std::uint32_t>(rate.hz);
  std::string header = "RIFF";
  Append(kOpen, 4, header);
  header += "WAVEfmt ";
  Append(16, 4, header);
  Append(1, 2, header);  // PCM
  Append(1, 2, header);  // channels
  Append(hz, 4, header);
  Append(hz * 2, 4, header);
  Append(2, 2, header);   // bytes of a frame
  Append(16, 2, header);  // bits
  header += "data";
  Append(kOpen, 4, header);
  return header;
}

}  // namespace

class AudioWriter::Target {
 public:
  virtual ~Target() = default;
  virtual Status Write(PcmView samples) = 0;
  virtual Status Finish() = 0;
};

class AudioWriter::FileTarget : public AudioWriter::Target {
 public:
  static Result<std::unique_ptr<Target>> Open(const std::filesystem::path& file,
                                              const Format& format, SampleRate rate) {
    std::string temporary = file.string() + ".XXXXXX";
    const int descriptor = ::mkostemp(temporary.data(), O_CLOEXEC);
    if (descriptor < 0) return SystemError(file.string(), errno);
    const mode_t mask = ::umask(0);
    ::umask(mask);
    SF_INFO info{};
    info.samplerate = rate.hz;
    info.channels = 1;
    info.format = format.code;
    SNDFILE* sound = ::fchmod(descriptor, 0666 & ~mask) == 0
                         ? sf_open_fd(descriptor, SFM_WRITE, &info, SF_FALSE)
                         : nullptr;
    if (sound == nullptr) {
      ::close(descriptor);
      ::unlink(temporary.c_str());
      return Error{Errc::kUnsupported, file.string() + ": it cannot be written at " +
                                           std::to_string(rate.hz) +
                                           " Hz: " + sf_strerror(nullptr)};
    }
    sf_command(sound, SFC_SET_CLIPPING, nullptr, SF_TRUE);
    return std::unique_ptr<Target>(new FileTarget(file, std::move(temporary), descriptor, sound));
  }

  FileTarget(const FileTarget&) = delete;
  FileTarget& operator=(const FileTarget&) = delete;
  ~FileTarget() override {
    Close();
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
  }

  Status Write(PcmView samples) override {
    while (!samples.empty()) {
      const PcmView part = samples.first(std::min(samples.size(), kMostAtOnce));
      const auto count = static_cast<sf_count_t>(part.size());
      errno = 0;
      if (sf_writef_float(sound_, part.data(), count) != count || sf_error(sound_) != 0)
        return Failed(sf_strerror(sound_));
      samples = samples.subspan(part.size());
    }
    return {};
  }

  Status Finish() override {
    errno = 0;
    const Status ended = Close() ? Status() : Status(Failed("its end could not be written"));
    if (::rename(temporary_.c_str(), file_.c_str()) != 0) return SystemError(file_.string(), errno);
    temporary_.clear();
    return ended;
  }

 private:
  FileTarget(std::filesystem::path file, std::string temporary, int descriptor, SNDFILE* sound)
      : file_(std::move(file)),
        temporary_(std::move(temporary)),
        descriptor_(descriptor),
        sound_(sound) {}

  /// False where the system could not keep all.
  bool Close() {
    if (sound_ == nullptr) return true;
    const bool ended = sf_close(std::exchange(sound_, nullptr)) == 0;
    const bool kept = ::fsync(descriptor_) == 0;
    return ::close(descriptor_) == 0 && ended && kept;
  }

  Error Failed(const std::string& otherwise) const {
    if (errno != 0) return SystemError(file_.string(), errno);
    return {Errc::kIo, file_.string() + ": it cannot be written: " + otherwise};
  }

  std::filesystem::path file_;
  std::string temporary_;  ///< Empty once it has its name.
  int descriptor_;
  SNDFILE* sound_;  ///< Null once closed.
};

class AudioWriter::DescriptorTarget : public AudioWriter::Target {
 public:
  DescriptorTarget(int descriptor, std::string_view name, SampleRate rate, bool header)
      : descriptor_(descriptor), name_(name) {
    if (header) bytes_ = OpenEndedHeader(rate);
  }

  Status Write(PcmView samples) override {
    for (const float sample : samples) {
      const long value = std::lround(std::clamp(sample, -1.0f, 1.0f) * 32767.0f);
      Append(static_cast<std::uint32_t>(value), 2, bytes_);
    }
    return Flush();
  }

  Status Finish() override { return Flush(); }

 private:
  Status Flush() {
    std::string_view left = bytes_;
    while (!left.empty()) {
      const ssize_t put = ::write(descriptor_, left.data(), left.size());
      if (put < 0 && errno == EINTR) continue;
      if (put < 0) return SystemError(name_, errno);
      left.remove_prefix(static_cast<std::size_t>(put));
    }
    bytes_.clear();
    return {};
  }

  int descriptor_;
  std::string name_;
  std::string bytes_;  ///< Not written yet.
};

struct AudioWriter::State {
  std::unique_ptr<Target> target;
  Resampler resampler;
  SampleRate rate;
  std::vector<float> ready;
};

AudioWriter::AudioWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
AudioWriter::AudioWriter(AudioWriter&&) noexcept = default;
AudioWriter& AudioWriter::operator=(AudioWriter&&) noexcept = default;
AudioWriter::~AudioWriter() = default;

Status CheckWritable(const std::filesystem::path& file) {
  const auto format = FormatOf(file);
  return format ? Status() : Status(format.error());
}

Result<AudioWriter> AudioWriter::Wrap(std::unique_ptr<Target> target, SampleRate in,
                                      SampleRate out) {
  auto resampler = Resampler::Create(in, out);
  if (!resampler) return resampler.error();
  return AudioWriter(
      std::unique_ptr<State>(new State{std::move(target), *std::move(resampler), out, {}}));
}

Result<AudioWriter> AudioWriter::Create(const std::filesystem::path& file, SampleRate in,
                                        std::optional<SampleRate> out) {
  const auto format = FormatOf(file);
  if (!format) return format.error();
  const SampleRate rate = out.value_or(NaturalRate(*format, in));
  if (IsOpus(*format) && std::ranges::find(kOpusRates, rate.hz) == kOpusRates.end()) {
    return Error{Errc::kUnsupported,
                 file.string() + ": Opus has 8000, 12000, 16000, 24000 and 48000 Hz only"};
  }
  auto target = FileTarget::Open(file, *format, rate);
  if (!target) return target.error();
  return Wrap(*std::move(target), in, rate);
}

Result<AudioWriter> AudioWriter::ToDescriptor(int descriptor, std::string_view name, SampleRate in,
                                              std::optional<SampleRate> out, bool header) {
  const SampleRate rate = out.value_or(in);
  return Wrap(std::make_unique<DescriptorTarget>(descriptor, name, rate, header), in, rate);
}

Status AudioWriter::Write(PcmView samples) {
  state_->ready.clear();
  if (auto status = state_->resampler.Push(samples, state_->ready); !status) return status;
  return state_->target->Write(state_->ready);
}

Status AudioWriter::Finish() {
  state_->ready.clear();
  const Status rest = state_->resampler.Finish(state_->ready);
  const Status written = rest ? state_->target->Write(state_->ready) : rest;
  const Status finished = state_->target->Finish();
  return written ? finished : written;
}

SampleRate AudioWriter::rate() const { return state_->rate; }

Status WriteAudio(const std::filesystem::path& file, PcmView samples, SampleRate rate) {
  auto writer = AudioWriter::Create(file, rate);
  if (!writer) return writer.error();
  if (auto status = writer->Write(samples); !status) return status;
  return writer->Finish();
}

}  // namespace euphone
