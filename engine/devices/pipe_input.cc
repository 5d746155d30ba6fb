#include "devices/pipe_input.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <system_error>
#include <utility>

#include "audio/raw_format.h"

namespace euphone {
namespace {

/// How long to wait for a sink that has no room.
constexpr int kNoRoomMs = 2;
/// Given on at a time, at most: 10 ms.
constexpr Millis kPiece{10.0};
/// A header with more before its samples is none.
constexpr std::size_t kMostHeader = 1 << 20;

std::uint32_t Number(const std::byte* at, std::size_t bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = bytes; i > 0; --i)
    value = value << 8 | std::to_integer<std::uint32_t>(at[i - 1]);
  return value;
}

bool Says(const std::byte* at, std::string_view four) {
  return std::memcmp(at, four.data(), four.size()) == 0;
}

enum class Came { kSomething, kStop };

/// Until there is something to read, or `stop` has.
Came WaitFor(int descriptor, int stop) {
  std::array<pollfd, 2> both{{{descriptor, POLLIN, 0}, {stop, POLLIN, 0}}};
  while (::poll(both.data(), both.size(), -1) < 0) {
    if (errno != EINTR) return Came::kSomething;  // read() will say what is wrong
  }
  return both[1].revents != 0 ? Came::kStop : Came::kSomething;
}

}  // namespace

Result<std::unique_ptr<PipeInput>> PipeInput::Open(int descriptor, std::string name,
                                                   const Options& options) {
  std::unique_ptr<PipeInput> input(new PipeInput(descriptor, std::move(name)));
  if (auto status = input->ReadHeader(options); !status)
    return Prefixed(input->name_, status.error());
  if (auto status = CheckLimits(input->rate_, static_cast<int>(input->channels_)); !status)
    return Prefixed(input->name_, status.error());
  if (::pipe2(input->wake_, O_CLOEXEC | O_NONBLOCK) != 0)
    return Error{Errc::kIo, input->name_ + ": " + std::generic_category().message(errno)};
  return input;
}

PipeInput::~PipeInput() {
  Stop();
  for (const int end : wake_) {
    if (end >= 0) ::close(end);
  }
}

/// Until so many bytes are there; false where the pipe ends before.
Result<bool> PipeInput::Fill(std::size_t bytes, int stop) {
  while (bytes_.size() < bytes) {
    if (WaitFor(descriptor_, stop) == Came::kStop)
      return Error{Errc::kIo, "stopped before any audio had come"};
    const std::size_t had = bytes_.size();
    bytes_.resize(bytes);
    const ssize_t got = ::read(descriptor_, bytes_.data() + had, bytes - had);
    const int why = errno;
    bytes_.resize(had + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got == 0) return false;
    if (got < 0 && why != EINTR) return Error{Errc::kIo, std::generic_category().message(why)};
  }
  return true;
}

Status PipeInput::ReadHeader(const Options& options) {
  rate_ = options.raw_rate;
  const auto begin = Fill(4, options.stop);
  if (!begin) return begin.error();
  if (!*begin || !Says(bytes_.data(), "RIFF")) return {};
  return ReadChunks(options.stop);
}

Status PipeInput::ReadChunks(int stop) {
  const Error broken{Errc::kCorrupt, "the WAV header breaks off; give the recording again"};
  std::size_t at = 12;
  for (bool format = false;;) {
    auto head = Fill(at + 8, stop);
    if (!head) return head.error();
    if (!*head || !Says(bytes_.data() + 8, "WAVE") || at > kMostHeader) return broken;
    const std::size_t size = Number(bytes_.data() + at + 4, 4);
    if (Says(bytes_.data() + at, "data")) {
      if (!format) return broken;
      bytes_.clear();
      return {};
    }
    if (size > kMostHeader) return broken;
    auto body = Fill(at + 8 + size + size % 2, stop);
    if (!body) return body.error();
    if (!*body) return broken;
    if (Says(bytes_.data() + at, "fmt ")) {
      if (size < 16) return broken;
      const std::byte* fmt = bytes_.data() + at + 8;
      const std::uint32_t kind = Number(fmt, 2);
      if ((kind != 1 && kind != 0xFFFE) || Number(fmt + 14, 2) != 16) {
        return Error{Errc::kUnsupported,
                     "a WAV file in a pipe must hold 16-bit samples; a file of any kind can be "
                     "given by its name"};
      }
      channels_ = Number(fmt + 2, 2);
      rate_ = SampleRate{static_cast<int>(Number(fmt + 4, 4) & 0x7FFFFFFF)};
      format = true;
    }
    at += 8 + size + size % 2;
  }
}

Status PipeInput::Start(AudioSink& sink) {
  if (thread_.joinable())
    return Error{Errc::kInvalidArgument, name_ + ": it is listened to already"};
  state_ = InputState::kRunning;
  thread_ = std::thread([this, &sink] { Carry(sink); });
  return {};
}

void PipeInput::Stop() {
  if (!thread_.joinable()) return;
  // Nothing is lost where it fails: the pipe is full of such bytes then.
  [[maybe_unused]] const ssize_t written = ::write(wake_[1], "", 1);
  thread_.join();
  std::array<char, 16> unread{};
  while (::read(wake_[0], unread.data(), unread.size()) > 0) {
  }
  state_ = InputState::kIdle;
}

/// How many samples the sink can take; 0: it is to stop.
std::size_t PipeInput::WaitForRoom(const AudioSink& sink) const {
  pollfd wake{wake_[0], POLLIN, 0};
  while (sink.Room() == 0) {
    if (::poll(&wake, 1, kNoRoomMs) > 0) return 0;
  }
  return ::poll(&wake, 1, 0) > 0 ? 0 : sink.Room();
}

/// Whole frames of bytes_ as samples; what is left of a frame waits.
std::size_t PipeInput::Decode(std::vector<float>& samples) {
  const std::size_t frame = 2 * channels_;
  const std::size_t frames = bytes_.size() / frame;
  samples.clear();
  for (std::size_t f = 0; f < frames; ++f) {
    float sum = 0.0F;
    for (std::size_t c = 0; c < channels_; ++c) {
      const auto value = static_cast<std::uint16_t>(Number(&bytes_[f * frame + 2 * c], 2));
      sum += static_cast<float>(static_cast<std::int16_t>(value)) / 32768.0F;
    }
    samples.push_back(sum / static_cast<float>(channels_));
  }
  bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(frames * frame));
  return frames;
}

void PipeInput::Carry(AudioSink& sink) {
  const auto piece = static_cast<std::size_t>(std::max<std::int64_t>(1, SamplesIn(kPiece, rate_)));
  const std::size_t block = piece * 2 * channels_;
  for (;;) {
    if (samples_.empty()) Decode(samples_);
    if (!samples_.empty()) {
      const std::size_t count = std::min({samples_.size(), piece, WaitForRoom(sink)});
      if (count == 0) return;
      sink.OnAudio(PcmView(samples_).first(count));
      samples_.erase(samples_.begin(), samples_.begin() + static_cast<std::ptrdiff_t>(count));
      continue;
    }
    if (WaitFor(descriptor_, wake_[0]) == Came::kStop) return;
    const std::size_t had = bytes_.size();
    bytes_.resize(had + block);
    const ssize_t got = ::read(descriptor_, bytes_.data() + had, block);
    const bool interrupted = got < 0 && errno == EINTR;
    bytes_.resize(had + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got > 0 || interrupted) continue;
    state_ = got == 0 ? InputState::kEnded : InputState::kLost;
    return;
  }
}

}  // namespace euphone
