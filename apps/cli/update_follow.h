#pragma once

#include "commands.h"

namespace euphone::cli {

/// Adds `follow` to `euphone update`.
void AddUpdateFollow(CLI::App& update, Global& global);

}  // namespace euphone::cli
