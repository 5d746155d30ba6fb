#pragma once

#include <array>
#include <span>
#include <string_view>

namespace euphone {

/// What can be said in place of a key.
enum class Command { kNext, kAgain, kRepeatSlowly, kStop, kGoBack };

inline constexpr std::array kCommands{Command::kNext, Command::kAgain, Command::kRepeatSlowly,
                                      Command::kStop, Command::kGoBack};

/// As it is said: "repeat slowly".
std::string_view Words(Command command);

/// The same in every way to say it, in the notation of texts (docs/formats/text.md).
std::span<const std::string_view> Spellings(Command command);

/// As it is written in events: "repeat_slowly".
std::string_view Name(Command command);

}  // namespace euphone
