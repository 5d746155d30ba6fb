#pragma once

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <memory>

#include "server/connections.h"
#include "server/flex_stream.h"

namespace euphone::server {

/// Goes on with a connection that asked for a WebSocket, `head` being what was admitted. `guard`
/// counts it until it ends.
void ServeSocket(Connections& connections, FlexStream stream, Request head,
                 beast::http::request<beast::http::string_body> request,
                 std::shared_ptr<void> guard);

}  // namespace euphone::server
