#include "live_screen.h"

// Its macros have the names of what is everybody's: clear, move, timeout.
#define NCURSES_NOMACROS
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <langinfo.h>
#include <unistd.h>

#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

namespace euphone::cli {
namespace {

constexpr int kEscapeMs = 25;
constexpr int kCtrlL = 12, kEscape = 27;

enum Pair : short { kGreen = 1, kCyan, kYellow, kMagenta };

LiveKey KeyOf(int code) {
  switch (code) {
    case 'r':
    case 'R':
      return LiveKey::kRetry;
    case 'n':
    case 'N':
    case '\n':
    case '\r':
    case KEY_ENTER:
    case KEY_NPAGE:
      return LiveKey::kNext;
    case 'p':
    case 'P':
    case KEY_PPAGE:
      return LiveKey::kPrevious;
    case ' ':
      return LiveKey::kToggle;
    case 'o':
    case 'O':
      return LiveKey::kOwn;
    case 'm':
    case 'M':
      return LiveKey::kModel;
    case 's':
    case 'S':
      return LiveKey::kSlow;
    case KEY_LEFT:
      return LiveKey::kLeft;
    case KEY_RIGHT:
      return LiveKey::kRight;
    case KEY_UP:
      return LiveKey::kUp;
    case KEY_DOWN:
      return LiveKey::kDown;
    case kEscape:
    case KEY_BACKSPACE:
      return LiveKey::kBack;
    case 'v':
    case 'V':
      return LiveKey::kVerbose;
    case '?':
    case 'h':
    case 'H':
    case KEY_F(1):
      return LiveKey::kHelp;
    case 'q':
    case 'Q':
      return LiveKey::kQuit;
    default:
      return LiveKey::kOther;
  }
}

}  // namespace

struct LiveScreen::Terminal {
  std::FILE* keys = nullptr;  ///< Ours, where standard input is no terminal.
  SCREEN* screen = nullptr;
  bool colour = false;
  bool unicode = false;

  attr_t AttributesOf(Style style) const {
    const auto with = [&](Pair pair, attr_t otherwise) {
      return colour ? static_cast<attr_t>(COLOR_PAIR(pair)) : otherwise;
    };
    switch (style) {
      case Style::kPlain:
        return A_NORMAL;
      case Style::kBold:
        return A_BOLD;
      case Style::kDim:
        return A_DIM;
      case Style::kClear:
        return with(kGreen, A_NORMAL);
      case Style::kSlight:
        return with(kCyan, A_NORMAL);
      case Style::kHard:
        return with(kYellow, A_BOLD);
      case Style::kWrong:
        return with(kMagenta, A_BOLD);
      case Style::kUnsure:
        return A_DIM;
      case Style::kChosen:
        return A_REVERSE;
    }
    return A_NORMAL;
  }
};

LiveScreen::LiveScreen(std::unique_ptr<Terminal> terminal) : terminal_(std::move(terminal)) {}

Result<std::unique_ptr<LiveScreen>> LiveScreen::Open(bool colour) {
  auto terminal = std::make_unique<Terminal>();
  // Characters only: numbers keep their points.
  std::setlocale(LC_CTYPE, "");
  terminal->unicode = std::string_view(::nl_langinfo(CODESET)) == "UTF-8";
  std::FILE* keys = stdin;
  if (::isatty(STDIN_FILENO) != 1) {
    keys = terminal->keys = std::fopen("/dev/tty", "re");
    if (keys == nullptr)
      return Error{Errc::kIo, "there is no keyboard for the screen; use --plain"};
  }
  const char* name = std::getenv("TERM");
  terminal->screen = ::newterm(nullptr, stdout, keys);
  if (terminal->screen == nullptr) {
    if (terminal->keys != nullptr) std::fclose(terminal->keys);
    return Error{Errc::kUnsupported, "TERM=" + std::string(name == nullptr ? "" : name) +
                                         ": nobody knows such a terminal; use --plain"};
  }
  ::cbreak();
  ::noecho();
  ::nonl();
  ::keypad(::stdscr, true);
  ::set_escdelay(kEscapeMs);
  ::curs_set(0);
  terminal->colour = colour && ::has_colors() && ::start_color() == OK;
  if (terminal->colour) {
    const int background = ::use_default_colors() == OK ? -1 : COLOR_BLACK;
    const auto on = static_cast<short>(background);
    ::init_pair(kGreen, COLOR_GREEN, on);
    ::init_pair(kCyan, COLOR_CYAN, on);
    ::init_pair(kYellow, COLOR_YELLOW, on);
    ::init_pair(kMagenta, COLOR_MAGENTA, on);
  }
  return std::unique_ptr<LiveScreen>(new LiveScreen(std::move(terminal)));
}

LiveScreen::~LiveScreen() {
  ::endwin();
  ::delscreen(terminal_->screen);
  if (terminal_->keys != nullptr) std::fclose(terminal_->keys);
}

PageSize LiveScreen::size() const {
  return {
      .rows = ::getmaxy(::stdscr), .columns = ::getmaxx(::stdscr), .unicode = terminal_->unicode};
}

void LiveScreen::Draw(const std::vector<std::vector<Cell>>& rows) {
  ::erase();
  int y = 0;
  for (const std::vector<Cell>& row : rows) {
    ::move(y++, 0);
    for (const Cell& cell : row) {
      ::attrset(static_cast<int>(terminal_->AttributesOf(cell.style)));
      ::addstr(cell.text.c_str());
    }
  }
  ::attrset(A_NORMAL);
  ::refresh();
}

LiveScreen::Input LiveScreen::Read(int milliseconds) {
  ::timeout(milliseconds);
  const int code = ::getch();
  if (code == ERR) return {};
  if (code == kCtrlL) ::clearok(::curscr, true);
  if (code == kCtrlL || code == KEY_RESIZE) return {.key = std::nullopt, .redraw = true};
  return {.key = KeyOf(code), .redraw = false};
}

}  // namespace euphone::cli
