#include "command/command.h"

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
