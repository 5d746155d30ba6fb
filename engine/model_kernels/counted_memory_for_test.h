#pragma once

#include <cstddef>

namespace euphone {

/// How often this program has taken memory by `new` so far. Its source replaces that for the whole
/// test.
std::size_t CountAllocations();

}  // namespace euphone
