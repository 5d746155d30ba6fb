#include "passphrase.h"

#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "base/file.h"

namespace euphone::cli {
namespace {

/// Shows nothing that is typed while it lives.
class Unseen {
 public:
  Unseen() {
    known_ = ::tcgetattr(STDIN_FILENO, &before_) == 0;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    if (known_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
  }
  Unseen(const Unseen&) = delete;
  Unseen& operator=(const Unseen&) = delete;
  ~Unseen() {
    if (known_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    std::cerr << '\n';
  }

 private:
  termios before_{};
  bool known_ = false;
};

}  // namespace

Result<std::string> TypedPassphrase(const std::string& prompt, const std::string& whose) {
  if (::isatty(STDIN_FILENO) == 0) {
    return Error{Errc::kInvalidArgument, whose +
                                             " needs its passphrase, and there is no terminal to "
                                             "ask on; give --passphrase-file"};
  }
  std::cerr << prompt;
  const Unseen unseen;
  std::string line;
  if (!std::getline(std::cin, line) || line.empty())
    return Error{Errc::kInvalidArgument, "no passphrase was given"};
  return line;
}

Result<std::string> PassphraseIn(const std::filesystem::path& file) {
  auto content = ReadFile(file, 1 << 16);
  if (!content) return content.error();
  content->erase(std::min(content->find_first_of("\r\n"), content->size()));
  if (content->empty())
    return Error{Errc::kInvalidArgument, file.string() + ": its first line is empty"};
  return content;
}

}  // namespace euphone::cli
