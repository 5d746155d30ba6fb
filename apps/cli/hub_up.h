#pragma once

#include <cstdint>
#include <string>

#include "exit_code.h"
#include "hub_page.h"
#include "score_archive.h"

namespace euphone::cli {

struct HubUpOptions {
  std::string folder;            ///< Empty: the user's.
  bool dev = false;              ///< A NATS server and a database of its own.
  NatsOptions nats = {};         ///< No URL: a server of its own.
  std::string database;          ///< Empty: SQLite in the folder.
  std::int64_t keep_days = 400;  ///< Records of devices; 0: for ever.
  std::string listen;            ///< "HOST" or "HOST:PORT"; empty: this machine alone.
  std::string known_as;          ///< Host that devices are told.
  std::string certificate, key;
  HubPageOptions page = {};
};

/// `fleet up`: runs the hub until Ctrl-C.
ExitCode RunHub(const HubUpOptions& options);

}  // namespace euphone::cli
