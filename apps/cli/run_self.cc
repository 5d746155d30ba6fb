#include "run_self.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <optional>
#include <utility>

#include "assembly/elapsed.h"

extern char** environ;

namespace euphone::cli {
namespace {

constexpr std::size_t kMostOutput = 16 << 20;

class Pipe {
 public:
  Pipe() { good_ = ::pipe2(ends_, O_CLOEXEC) == 0; }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    Close(0);
    Close(1);
  }
  bool good() const { return good_; }
  int end(int which) const { return ends_[which]; }
  void Close(int which) {
    if (good_ && ends_[which] >= 0) ::close(std::exchange(ends_[which], -1));
  }

 private:
  int ends_[2] = {-1, -1};
  bool good_ = false;
};

/// What a process has resident, in MB; 0 where it is gone.
std::int64_t ResidentMb(pid_t process) {
  std::ifstream statm("/proc/" + std::to_string(process) + "/statm");
  std::int64_t all = 0, resident = 0;
  statm >> all >> resident;
  return resident * ::sysconf(_SC_PAGESIZE) >> 20;
}

/// The most that it ever had resident, in MB; nothing where it is gone.
std::optional<double> PeakMb(pid_t process) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::strtod(line.c_str() + 6, nullptr) / 1024.0;
  return std::nullopt;
}

double Millis(const timeval& time) {
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
}

std::string LastLine(const std::string& text) {
  std::string last;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (end > begin) last = text.substr(begin, end - begin);
    begin = end + 1;
  }
  constexpr std::string_view kName = "euphone: ";
  if (last.starts_with(kName)) last.erase(0, kName.size());
  return last.substr(0, 400);
}

std::string FailureOf(int state, const std::string& said) {
  if (WIFSIGNALED(state)) return fmt::format("crashed (signal {})", WTERMSIG(state));
  if (WEXITSTATUS(state) == 0) return {};
  const std::string last = LastLine(said);
  return last.empty() ? fmt::format("ended with status {}", WEXITSTATUS(state)) : last;
}

std::vector<std::string> Environment() {
  std::vector<std::string> variables = {"EUPHONE_UPDATES="};
  for (char** variable = environ; *variable != nullptr; ++variable)
    if (std::strncmp(*variable, "EUPHONE_UPDATES=", 16) != 0) variables.emplace_back(*variable);
  return variables;
}

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// Starts the program; its two outputs go into the pipes.
Result<pid_t> Start(const std::string& program, const std::vector<std::string>& arguments,
                    const Pipe& output, const Pipe& said) {
  std::vector<std::string> words = {"euphone"}, variables = Environment();
  words.insert(words.end(), arguments.begin(), arguments.end());
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, output.end(1), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, said.end(1), STDERR_FILENO);
  pid_t process = 0;
  const int failed = ::posix_spawn(&process, program.c_str(), &actions, nullptr,
                                   Pointers(words).data(), Pointers(variables).data());
  posix_spawn_file_actions_destroy(&actions);
  if (failed == 0) return process;
  return Error{Errc::kInternal, std::string("no process can be started: ") + std::strerror(failed)};
}

/// Reads what there is; false at the end.
bool ReadSome(int descriptor, std::string& text) {
  char chunk[65536];
  const ssize_t got = ::read(descriptor, chunk, sizeof chunk);
  if (got > 0 && text.size() < kMostOutput) text.append(chunk, static_cast<std::size_t>(got));
  return got > 0 || (got < 0 && errno == EINTR);
}

}  // namespace

Result<UnseenFile> UnseenFile::Holding(const std::string& content) {
  UnseenFile file(::memfd_create("euphone", 0));  // Children are to have it.
  if (file.descriptor_ < 0)
    return Error{Errc::kInternal, std::string("no memory for a file: ") + std::strerror(errno)};
  std::size_t put = 0;
  while (put < content.size()) {
    const ssize_t more = ::write(file.descriptor_, content.data() + put, content.size() - put);
    if (more < 0) return Error{Errc::kInternal, "no memory for a file"};
    put += static_cast<std::size_t>(more);
  }
  return file;
}

UnseenFile::UnseenFile(UnseenFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

UnseenFile::~UnseenFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::string UnseenFile::path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

Result<ChildEnd> RunSelf(const std::vector<std::string>& arguments, const ChildLimits& limits) {
  return RunProgram("/proc/self/exe", arguments, limits);
}

Result<ChildEnd> RunProgram(const std::string& program, const std::vector<std::string>& arguments,
                            const ChildLimits& limits) {
  Pipe output, said;
  if (!output.good() || !said.good())
    return Error{Errc::kInternal, "no process can be started: too many open files"};
  const auto started = std::chrono::steady_clock::now();
  const auto process = Start(program, arguments, output, said);
  if (!process) return process.error();
  if (limits.polite) ::setpriority(PRIO_PROCESS, static_cast<id_t>(*process), 19);
  output.Close(1);
  said.Close(1);
  ChildEnd end;
  std::string lines, killed;
  std::optional<double> peak_mb;
  bool output_open = true, said_open = true;
  while (output_open || said_open) {
    pollfd ends[2] = {{output_open ? output.end(0) : -1, POLLIN, 0},
                      {said_open ? said.end(0) : -1, POLLIN, 0}};
    ::poll(ends, 2, 20);
    if (ends[0].revents != 0) output_open = ReadSome(output.end(0), end.output);
    if (ends[1].revents != 0) said_open = ReadSome(said.end(0), lines);
    if (!killed.empty()) continue;
    const std::int64_t resident = limits.memory_mb > 0 ? ResidentMb(*process) : 0;
    if (const auto peak = PeakMb(*process)) peak_mb = peak;
    if (limits.memory_mb > 0 && resident > limits.memory_mb)
      killed = fmt::format("took more than {} MB of memory", limits.memory_mb);
    if (MillisSince(started) > limits.seconds * 1000)
      killed = fmt::format("did not end in {:g} s", limits.seconds);
    if (limits.watch && !limits.watch(*process, MillisSince(started))) killed = "was stopped";
    if (!killed.empty()) ::kill(*process, SIGKILL);
  }
  int state = 0;
  rusage usage{};
  while (::wait4(*process, &state, 0, &usage) < 0 && errno == EINTR) {
  }
  end.wall_ms = MillisSince(started);
  end.cpu_ms = Millis(usage.ru_utime) + Millis(usage.ru_stime);
  // The kernel's own record holds what the parent had when it made the process.
  end.peak_mb = peak_mb.value_or(static_cast<double>(usage.ru_maxrss) / 1024.0);
  end.failure = killed.empty() ? FailureOf(state, lines) : killed;
  return end;
}

}  // namespace euphone::cli
