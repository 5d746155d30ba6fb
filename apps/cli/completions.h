#pragma once

#include <string>

#include "option_shape.h"

namespace euphone::cli {

/// Scripts that complete commands, options and their values; files only where files belong. Choices
/// must be plain words: letters, digits and ._- only.
std::string BashCompletion(const ProgramShape& program);
std::string ZshCompletion(const ProgramShape& program);
std::string FishCompletion(const ProgramShape& program);

}  // namespace euphone::cli
