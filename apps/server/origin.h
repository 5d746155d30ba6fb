#pragma once

#include <string>
#include <string_view>

#include "server/http.h"

namespace euphone::server {

/// By which names this server may be called. A page of another site can make a browser send
/// requests here, even under a name of its own that leads here (DNS rebinding): the Host header
/// gives that away.
struct HostRule {
  bool lan = false;      ///< Else loopback names only.
  std::string hostname;  ///< With `lan`: the device's own name, which may end in ".local", too.
};

/// Whether the Host header "localhost:8765" is one of ours. Addresses written as numbers are, for
/// no name was resolved; of names only our own. The port is of no matter: it may be forwarded.
bool HostAllowed(std::string_view host, const HostRule& rule);

/// Whether a request comes from a page of this very server, or from no page at all: its Origin, if
/// there is one, must name what its Host does, and a browser must not call it cross-site, but for
/// links that a user followed to a page.
bool OriginAllowed(const Request& request);

/// Whether an address, written as a number, is of this device alone: 127.0.0.0/8 or ::1.
bool IsLoopback(std::string_view address);

}  // namespace euphone::server
