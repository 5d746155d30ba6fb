#include "terminal.h"

#include <fcntl.h>
#include <langinfo.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace euphone::cli {
namespace {

volatile std::sig_atomic_t interrupted = 0;
std::array<int, 2> interrupt_pipe{-1, -1};

void OnInterrupt(int signal) {
  if (interrupted != 0) ::_exit(128 + signal);
  interrupted = signal;
  const int before = errno;
  // Nothing can be done where it fails, and nothing is lost: the flag is set.
  [[maybe_unused]] const ssize_t written = ::write(interrupt_pipe[1], "", 1);
  errno = before;
}

}  // namespace

bool UseColour(ColourMode mode) {
  if (mode != ColourMode::kAuto) return mode == ColourMode::kAlways;
  const char* term = std::getenv("TERM");
  const char* no_colour = std::getenv("NO_COLOR");
  const bool dumb = term == nullptr || std::string_view(term) == "dumb";
  return ::isatty(STDOUT_FILENO) == 1 && !dumb && (no_colour == nullptr || *no_colour == '\0');
}

bool CanShowScreen() {
  const char* term = std::getenv("TERM");
  const bool dumb = term == nullptr || *term == '\0' || std::string_view(term) == "dumb";
  return ::isatty(STDOUT_FILENO) == 1 && !dumb;
}

bool UsesUnicode() {
  std::setlocale(LC_CTYPE, "");  // Characters only: numbers keep their points.
  return std::string_view(::nl_langinfo(CODESET)) == "UTF-8";
}

int TerminalWidth() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return std::clamp(static_cast<int>(size.ws_col), 40, 120);
}

void CatchInterrupts() {
  if (::pipe2(interrupt_pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0) interrupt_pipe = {-1, -1};
  struct sigaction action {};
  action.sa_handler = OnInterrupt;
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);  // A closed pipe is a failed write, seen by Print().
}

bool Interrupted() { return interrupted != 0; }

void ForgetInterrupt() {
  if (interrupted != SIGINT) return;
  std::array<char, 16> ignored{};
  while (::read(interrupt_pipe[0], ignored.data(), ignored.size()) > 0) {
  }
  interrupted = 0;
}

int InterruptDescriptor() { return interrupt_pipe[0]; }

bool Print(std::string_view text) {
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() &&
         std::fflush(stdout) == 0;
}

}  // namespace euphone::cli
