#pragma once

namespace euphone {

struct ModelOptions {
  int threads = 1;  ///< Threads of one Run(), 1 to 64; they sleep, not spin, when idle.
};

}  // namespace euphone
