#include "standard_input.h"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "exit_code.h"
#include "terminal.h"

namespace euphone::cli {
namespace {

Error Failed(const std::string& why) { return {Errc::kIo, "standard input: " + why}; }

}  // namespace

bool WaitForStandardInput() {
  std::array<pollfd, 2> both{{{STDIN_FILENO, POLLIN, 0}, {InterruptDescriptor(), POLLIN, 0}}};
  while (!Interrupted()) {
    if (::poll(both.data(), both.size(), -1) > 0) return both[1].revents == 0;
    if (errno != EINTR) return true;  // read() will say what is wrong
  }
  return false;
}

Result<std::string> ReadStandardInput(std::size_t max_bytes) {
  std::string content;
  std::array<char, 1 << 16> block{};
  while (WaitForStandardInput()) {
    const ssize_t got = ::read(STDIN_FILENO, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Failed(std::generic_category().message(errno));
    if (got == 0) return content;
    content.append(block.data(), static_cast<std::size_t>(got));
    if (content.size() > max_bytes) {
      return Error{Errc::kTooLarge, "standard input: over the limit of " +
                                        std::to_string(max_bytes >> 20) + " MiB; give it in parts"};
    }
  }
  return Failed("stopped before all of it had come");
}

void AnnounceStandardInput(const std::string& what) {
  if (::isatty(STDIN_FILENO) == 1)
    ReportLine("waiting for " + what + " on standard input; Ctrl-C stops");
}

}  // namespace euphone::cli
