#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "base/result.h"
#include "live_page.h"
#include "live_view.h"

namespace euphone::cli {

/// The terminal as a screen, through ncurses: the only place that knows it. Gives the terminal back
/// as it was when it goes; suspended by Ctrl-Z and resumed it draws itself again. One
/// at a time; nobody else may write to the terminal meanwhile.
/// Thread: one, the one that gets the signals.
class LiveScreen {
 public:
  /// Keys come from standard input or, where that is no terminal, from /dev/tty. `colour` off:
  /// bold, dim and reverse only. Fails: kUnsupported (a TERM that nobody knows), kIo (no keyboard).
  static Result<std::unique_ptr<LiveScreen>> Open(bool colour);
  LiveScreen(const LiveScreen&) = delete;
  LiveScreen& operator=(const LiveScreen&) = delete;
  ~LiveScreen();

  PageSize size() const;
  /// Sends only what has changed.
  void Draw(const std::vector<std::vector<Cell>>& rows);

  struct Input {
    std::optional<LiveKey> key;
    bool redraw = false;  ///< The size has changed, or the terminal was used by somebody else.
  };
  /// Waits so long for a key, at most.
  Input Read(int milliseconds);

 private:
  struct Terminal;
  explicit LiveScreen(std::unique_ptr<Terminal> terminal);
  std::unique_ptr<Terminal> terminal_;
};

}  // namespace euphone::cli
