#include "command/command.h"

#include <array>
#include <span>
#include <string_view>

namespace euphone {

std::string_view Words(Command command) {
  switch (command) {
    case Command::kNext:
      return "next";
    case Command::kAgain:
      return "again";
    case Command::kRepeatSlowly:
      return "repeat slowly";
    case Command::kStop:
      return "stop";
    case Command::kGoBack:
      break;
  }
  return "go back";
}

std::span<const std::string_view> Spellings(Command command) {
  // Also as in Britain, and as learners say them whose language has fewer vowels.
  static constexpr std::array<std::string_view, 1> kNext{"next"};
  static constexpr std::array<std::string_view, 1> kAgain{"again"};
  static constexpr std::array<std::string_view, 1> kSlowly{"repeat slowly"};
  static constexpr std::array<std::string_view, 2> kStop{"stop", "{stop|S T AO P}"};
  static constexpr std::array<std::string_view, 3> kBack{"go back", "{go|G AH} back",
                                                         "go {back|B EH K}"};
  switch (command) {
    case Command::kNext:
      return kNext;
    case Command::kAgain:
      return kAgain;
    case Command::kRepeatSlowly:
      return kSlowly;
    case Command::kStop:
      return kStop;
    case Command::kGoBack:
      break;
  }
  return kBack;
}

std::string_view Name(Command command) {
  switch (command) {
    case Command::kNext:
      return "next";
    case Command::kAgain:
      return "again";
    case Command::kRepeatSlowly:
      return "repeat_slowly";
    case Command::kStop:
      return "stop";
    case Command::kGoBack:
      break;
  }
  return "go_back";
}

}  // namespace euphone
