#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

#include "server/connections.h"

namespace euphone::server {

/// Serves one connection until it ends; hands it over where it asks for a WebSocket. `tls` null:
/// without TLS. `connections` and `tls` must outlive the io_context.
void ServeConnection(Connections& connections, boost::asio::ip::tcp::socket socket,
                     boost::asio::ssl::context* tls);

}  // namespace euphone::server
