#include "store/keyring.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <initializer_list>
#include <optional>
#include <vector>

extern char** environ;  // NOLINT: POSIX has no header for it.

namespace euphone {
namespace {

constexpr const char* kNoKeyring =
    "no keyring answers (the program secret-tool with a desktop's keyring); unlock it, or use a "
    "key file or a passphrase";

struct Pipe {
  int read = -1, write = -1;
  Pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) == 0) {
      read = ends[0];
      write = ends[1];
    }
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    Close(read);
    Close(write);
  }
  static void Close(int& end) {
    if (end >= 0) ::close(end);
    end = -1;
  }
};

/// What secret-tool prints when it is given `input`; absent where it cannot be run or fails.
std::optional<std::string> SecretTool(std::initializer_list<std::string> arguments,
                                      const std::string& input = "") {
  Pipe in, out;
  if (in.read < 0 || out.read < 0) return std::nullopt;
  std::vector<std::string> words{"secret-tool"};
  words.insert(words.end(), arguments);
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in.read, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out.write, STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int failed = ::posix_spawnp(&child, "secret-tool", &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return std::nullopt;
  Pipe::Close(in.read);
  Pipe::Close(out.write);
  // A secret is shorter than any pipe's buffer; a tool that has ended already takes none.
  struct sigaction ignore {
  }, before{};
  ignore.sa_handler = SIG_IGN;
  ::sigaction(SIGPIPE, &ignore, &before);
  const bool given =
      input.empty() || ::write(in.write, input.data(), input.size()) == std::ssize(input);
  ::sigaction(SIGPIPE, &before, nullptr);
  Pipe::Close(in.write);
  std::string printed;
  std::array<char, 256> chunk{};
  for (;;) {
    const ssize_t got = ::read(out.read, chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    printed.append(chunk.data(), static_cast<std::size_t>(got));
  }
  int state = 0;
  while (::waitpid(child, &state, 0) < 0 && errno == EINTR) {
  }
  if (!given || !WIFEXITED(state) || WEXITSTATUS(state) != 0) return std::nullopt;
  return printed;
}

}  // namespace

bool KeyringAnswers() {
  // A look-up of what is not there fails as a missing keyring does; only an entry tells them apart.
  const std::string probe = "probe-" + std::to_string(::getpid());
  if (!KeepInKeyring(probe, "probe")) return false;
  ForgetInKeyring(probe);
  return true;
}

Result<std::string> KeyringSecret(const std::string& store) {
  auto secret = SecretTool({"lookup", "application", "euphone", "store", store});
  if (!secret || secret->empty()) {
    return Error{Errc::kNotFound,
                 "the keyring gives no key for this store: it is locked, or the key is gone"};
  }
  return *std::move(secret);
}

Status KeepInKeyring(const std::string& store, const std::string& secret) {
  if (!SecretTool({"store", "--label", "Euphone", "application", "euphone", "store", store},
                  secret)) {
    return Error{Errc::kNotFound, kNoKeyring};
  }
  return {};
}

void ForgetInKeyring(const std::string& store) {
  SecretTool({"clear", "application", "euphone", "store", store});
}

}  // namespace euphone
