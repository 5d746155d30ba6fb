#include "fleet/child_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <utility>

namespace euphone::fleet {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLook{10};
constexpr milliseconds kOnDestruction{5000};

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// What this process has, and those given, which win.
std::vector<std::string> Environment(const std::vector<std::string>& own) {
  std::vector<std::string> all = own;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string name = std::string(*entry).substr(0, std::strcspn(*entry, "=") + 1);
    bool given = false;
    for (const std::string& ours : own) given = given || ours.starts_with(name);
    if (!given) all.emplace_back(*entry);
  }
  return all;
}

/// Between fork and exec, where only plain system calls are allowed: other threads of the parent
/// may have held any lock.
[[noreturn]] void Become(const char* program, char** arguments, char** environment, int output,
                         bool inherit_errors, pid_t parent, int report) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  if (::getppid() == parent) {  // Else it is gone already.
    ::dup2(output, STDOUT_FILENO);
    if (!inherit_errors) ::dup2(output, STDERR_FILENO);
    ::execvpe(program, arguments, environment);
    const int why = errno;
    [[maybe_unused]] const ssize_t told = ::write(report, &why, sizeof why);
  }
  ::_exit(127);
}

}  // namespace

Result<ChildProcess> ChildProcess::Start(const ChildCommand& command) {
  std::vector<std::string> arguments = command.arguments;
  arguments.insert(arguments.begin(), command.program);
  std::vector<std::string> variables = Environment(command.environment);
  const std::vector<char*> argv = Pointers(arguments);
  const std::vector<char*> envp = Pointers(variables);
  const std::string file = command.output.empty() ? "/dev/null" : command.output.string();
  const int output = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (output < 0) return Error{Errc::kIo, file + ": " + std::strerror(errno)};
  std::array<int, 2> report{-1, -1};
  if (::pipe2(report.data(), O_CLOEXEC) != 0) {
    ::close(output);
    return Error{Errc::kIo, command.program + ": " + std::strerror(errno)};
  }
  const pid_t parent = ::getpid();
  const pid_t id = ::fork();
  if (id == 0) {
    Become(command.program.c_str(), const_cast<char**>(argv.data()),
           const_cast<char**>(envp.data()), output, command.inherit_errors, parent, report[1]);
  }
  const int why_no_fork = errno;
  ::close(output);
  ::close(report[1]);
  int why = 0;
  const bool failed = id > 0 && ::read(report[0], &why, sizeof why) == sizeof why;
  ::close(report[0]);
  if (id < 0) return Error{Errc::kIo, command.program + ": " + std::strerror(why_no_fork)};
  if (!failed) return ChildProcess(id);
  ::waitpid(id, nullptr, 0);
  return Error{why == ENOENT ? Errc::kNotFound : Errc::kIo,
               command.program + " cannot be started: " + std::strerror(why)};
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : id_(std::exchange(other.id_, -1)), end_(other.end_) {}

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept {
  std::swap(id_, other.id_);
  std::swap(end_, other.end_);
  return *this;
}

ChildProcess::~ChildProcess() {
  if (id_ > 0 && !end_) Stop(kOnDestruction);
}

std::optional<ChildEnd> ChildProcess::Ended() {
  int status = 0;
  if (!end_ && ::waitpid(id_, &status, WNOHANG) == id_) {
    end_ = WIFSIGNALED(status) ? ChildEnd{.code = -1, .signal = WTERMSIG(status)}
                               : ChildEnd{.code = WEXITSTATUS(status), .signal = 0};
  }
  return end_;
}

void ChildProcess::Ask() {
  if (!Ended()) ::kill(id_, SIGTERM);
}

void ChildProcess::Kill() {
  if (!Ended()) ::kill(id_, SIGKILL);
}

ChildEnd ChildProcess::Stop(milliseconds patience) {
  Ask();
  const auto until = std::chrono::steady_clock::now() + patience;
  for (;;) {
    if (const auto end = Ended()) return *end;
    if (std::chrono::steady_clock::now() > until) Kill();
    std::this_thread::sleep_for(kLook);
  }
}

}  // namespace euphone::fleet
