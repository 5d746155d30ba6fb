#include "devices/quiet_errors.h"

#include <fcntl.h>
#include <unistd.h>

#include <mutex>

namespace euphone {
namespace {

/// Shared by all that live.
struct Shared {
  std::mutex mutex;
  int living = 0;
  int saved = -1;
};

Shared& State() {
  static Shared state;
  return state;
}

}  // namespace

QuietErrors::QuietErrors() {
  Shared& state = State();
  const std::scoped_lock lock(state.mutex);
  if (state.living++ > 0) return;
  state.saved = ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (state.saved >= 0 && nowhere >= 0) ::dup2(nowhere, STDERR_FILENO);
  if (nowhere >= 0) ::close(nowhere);
}

QuietErrors::~QuietErrors() {
  Shared& state = State();
  const std::scoped_lock lock(state.mutex);
  if (--state.living > 0 || state.saved < 0) return;
  ::dup2(state.saved, STDERR_FILENO);
  ::close(state.saved);
  state.saved = -1;
}

int QuietErrors::descriptor() const {
  Shared& state = State();
  const std::scoped_lock lock(state.mutex);
  return state.saved;
}

}  // namespace euphone
