#include "typed_lines.h"

#include <histedit.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <clocale>
#include <cstdio>
#include <cwchar>
#include <utility>

#include "terminal.h"

namespace euphone::cli {
namespace {

constexpr int kRemembered = 500;  // Lines that can be called back.

/// Waits for standard input; false: an interrupt came first.
bool WaitForInput() {
  std::array<pollfd, 2> waited{{{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0},
                                {.fd = InterruptDescriptor(), .events = POLLIN, .revents = 0}}};
  while (!Interrupted()) {
    const int ready = ::poll(waited.data(), waited.size(), -1);
    if (ready < 0 && errno != EINTR) return true;  // What reads next will tell.
    if (ready > 0 && waited[1].revents == 0) return true;
  }
  return false;
}

/// One character of the terminal, for libedit: 1, 0 at the end, -1 after an interrupt.
int ReadCharacter(EditLine*, wchar_t* character) {
  std::mbstate_t state{};
  for (;;) {
    char byte = 0;
    if (!WaitForInput()) return -1;
    const ssize_t read = ::read(STDIN_FILENO, &byte, 1);
    if (read < 0 && errno == EINTR) continue;
    if (read <= 0) return static_cast<int>(read);
    // What the terminal makes of a Ctrl-D that came before libedit had set it up.
    if (byte == '\0') byte = '\x04';
    const std::size_t made = std::mbrtowc(character, &byte, 1, &state);
    if (made == static_cast<std::size_t>(-2)) continue;  // It has more bytes.
    if (made != static_cast<std::size_t>(-1)) return 1;
    state = {};
  }
}

}  // namespace

struct TypedLines::Editor {
  Editor() {
    // What is typed is UTF-8, whatever the user's language.
    if (std::setlocale(LC_CTYPE, "") == nullptr || MB_CUR_MAX == 1)
      std::setlocale(LC_CTYPE, "C.UTF-8");
    ::history(lines, &event, H_SETSIZE, kRemembered);
    ::history(lines, &event, H_SETUNIQUE, 1);
    ::el_set(edit, EL_CLIENTDATA, this);
    ::el_set(
        edit, EL_PROMPT, +[](EditLine* of) {
          Editor* self = nullptr;
          ::el_get(of, EL_CLIENTDATA, &self);
          return self->prompt.data();
        });
    ::el_set(edit, EL_EDITOR, "emacs");
    ::el_set(edit, EL_HIST, ::history, lines);
    ::el_set(edit, EL_GETCFN, ReadCharacter);
  }
  ~Editor() {
    ::el_end(edit);
    ::history_end(lines);
  }
  Editor(const Editor&) = delete;
  Editor& operator=(const Editor&) = delete;

  std::string prompt;
  HistEvent event{};
  History* lines = ::history_init();
  EditLine* edit = ::el_init("euphone", stdin, stdout, stderr);
};

TypedLines::TypedLines(bool edited) : editor_(edited ? std::make_unique<Editor>() : nullptr) {}
TypedLines::~TypedLines() = default;

TypedLines::Got TypedLines::Read(const std::string& prompt, std::string& line) {
  if (!editor_) return ReadPlain(line);
  editor_->prompt = prompt;
  int count = 0;
  const char* const text = ::el_gets(editor_->edit, &count);
  if (Interrupted()) return Got::kInterrupted;
  if (text == nullptr || count <= 0) return Got::kEnd;
  line = text;
  while (line.ends_with('\n') || line.ends_with('\r')) line.pop_back();
  if (line.size() > kLongest) return Got::kTooLong;
  if (!line.empty()) ::history(editor_->lines, &editor_->event, H_ENTER, line.c_str());
  return Got::kLine;
}

TypedLines::Got TypedLines::ReadPlain(std::string& line) {
  for (;;) {
    if (const std::size_t end = waiting_.find('\n'); end != std::string::npos) {
      line = waiting_.substr(0, end);
      waiting_.erase(0, end + 1);
      break;
    }
    if (waiting_.size() > kLongest) return Got::kTooLong;
    if (ended_) {
      if (waiting_.empty()) return Got::kEnd;
      line = std::exchange(waiting_, {});
      break;
    }
    if (!WaitForInput()) return Got::kInterrupted;
    std::array<char, 4096> bytes{};
    const ssize_t read = ::read(STDIN_FILENO, bytes.data(), bytes.size());
    if (read > 0) waiting_.append(bytes.data(), static_cast<std::size_t>(read));
    ended_ = read == 0 || (read < 0 && errno != EINTR);
  }
  if (line.ends_with('\r')) line.pop_back();
  return line.size() > kLongest ? Got::kTooLong : Got::kLine;
}

}  // namespace euphone::cli
