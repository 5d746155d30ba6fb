#include "stop_on_interrupt.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "terminal.h"

namespace euphone::cli {

StopOnInterrupt::StopOnInterrupt() {
  // Without a pipe nothing would end the watch; then Ctrl-C waits for what is going on.
  if (::pipe2(end_.data(), O_CLOEXEC) == 0) thread_ = std::thread([this] { Watch(); });
}

StopOnInterrupt::~StopOnInterrupt() {
  if (!thread_.joinable()) return;
  ::close(end_[1]);
  thread_.join();
  ::close(end_[0]);
}

void StopOnInterrupt::Watch() {
  std::array<pollfd, 2> watched{{{.fd = InterruptDescriptor(), .events = POLLIN, .revents = 0},
                                 {.fd = end_[0], .events = POLLIN, .revents = 0}}};
  while (::poll(watched.data(), watched.size(), -1) < 0) {
  }
  if (watched[0].revents != 0) stop_.request_stop();
}

}  // namespace euphone::cli
