#include "sensor_lines.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include "terminal.h"

namespace euphone::cli {
namespace {

constexpr std::size_t kBlock = 1 << 16;
constexpr int kPause = 200;  ///< Milliseconds between looks at a file that may grow.

std::string LastError() { return std::generic_category().message(errno); }

}  // namespace

LineSource::LineSource(int descriptor, bool own, bool follow)
    : descriptor_(descriptor), own_(own), follow_(follow) {}

LineSource::LineSource(LineSource&& other) noexcept
    : descriptor_(other.descriptor_),
      own_(std::exchange(other.own_, false)),
      follow_(other.follow_),
      held_(std::move(other.held_)),
      place_(other.place_) {}

LineSource::~LineSource() {
  if (own_) ::close(descriptor_);
}

Result<LineSource> LineSource::Open(const std::string& name, bool follow) {
  if (name == "-") return LineSource(STDIN_FILENO, false, false);
  const int descriptor = ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return Error{errno == ENOENT ? Errc::kNotFound : Errc::kIo, LastError()};
  return LineSource(descriptor, true, follow);
}

Result<bool> LineSource::Fill() {
  held_.erase(0, std::exchange(place_, 0));
  std::array<char, kBlock> block;
  while (!Interrupted()) {
    std::array<pollfd, 2> both{{{descriptor_, POLLIN, 0}, {InterruptDescriptor(), POLLIN, 0}}};
    if (::poll(both.data(), both.size(), -1) > 0 && both[1].revents != 0) return false;
    const ssize_t got = ::read(descriptor_, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Error{Errc::kIo, LastError()};
    held_.append(block.data(), static_cast<std::size_t>(got));
    if (got > 0) return true;
    if (!follow_) return false;
    ::poll(&both[1], 1, kPause);
  }
  return false;
}

Result<std::optional<std::string>> LineSource::Next() {
  std::size_t searched = place_;
  for (;;) {
    const std::size_t end = held_.find('\n', searched);
    if (end != std::string::npos) {
      std::string line = held_.substr(place_, end - place_);
      place_ = end + 1;
      return std::optional(std::move(line));
    }
    if (held_.size() - place_ > kBlock)
      return Error{Errc::kTooLarge, "a line over 64 KiB; this is no table of numbers"};
    const std::size_t begun = held_.size() - place_;
    auto more = Fill();
    if (!more) return more.error();
    searched = begun;
    if (*more) continue;
    if (held_.empty() || Interrupted()) return std::optional<std::string>();
    place_ = 0;
    return std::optional(std::exchange(held_, std::string()));
  }
}

}  // namespace euphone::cli
