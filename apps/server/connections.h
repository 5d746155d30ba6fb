#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>

#include "server/site.h"

namespace euphone::server {

/// What connections share with the one who accepts them. Thread: that of the connections.
struct Connections {
  Site& site;
  std::size_t open = 0;                        ///< All there are.
  std::map<std::string, std::size_t> clients;  ///< By address.
  std::size_t busy = 0;                        ///< Requests that are being answered.
  /// How each WebSocket ends at once, by who carries it.
  std::map<const void*, std::function<void()>> sockets = {};
};

}  // namespace euphone::server
