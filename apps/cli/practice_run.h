#pragma once

#include <cstddef>
#include <string>

#include "exit_code.h"
#include "installation.h"
#include "store_access.h"

namespace euphone::cli {

/// What the user asks of `euphone practice`.
struct PracticeOptions {
  std::string learner;         ///< Empty: nothing is known of who practises.
  std::string sound, against;  ///< ARPAbet; empty: what is due, and what it is mixed up with.
  std::size_t count = 10;
  std::string pack;  ///< File for a lesson of the drill; empty: none is written.
  bool json = false;
  StoreOptions store;
};

ExitCode Practice(const PracticeOptions& options, const InstallationOptions& installation);

}  // namespace euphone::cli
