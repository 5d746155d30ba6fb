#pragma once

#include <string>
#include <vector>

#include "server/site.h"

namespace euphone::cli {

/// This device's own name; empty where it has none.
std::string OwnName();

/// URLs under which what is listened for can be reached, the best first: at least one.
std::vector<std::string> AddressesOf(const server::Listening& listening, int port);

}  // namespace euphone::cli
