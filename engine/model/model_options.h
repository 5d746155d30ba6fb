#pragma once

namespace euphone {

struct ModelOptions {
  int threads = 1;  ///< Threads of one Run(), 1 to 64; they sleep, not spin, when idle.
  /// Rewrites the graph for speed, which takes time when it is opened.
  bool optimise = true;
};

}  // namespace euphone
