#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace euphone::cli {

/// The one of `known` that somebody who typed `word` most likely meant: at most two letters away
/// (added, left out, changed or swapped), or begun and not finished. Empty where none is near.
std::string Nearest(std::string_view word, const std::vector<std::string>& known);

/// What to say about a first word that is no command: names it, and what was perhaps meant.
std::string UnknownCommand(std::string_view word, const std::vector<std::string>& commands);

}  // namespace euphone::cli
