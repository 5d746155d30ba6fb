#pragma once

#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "base/result.h"
#include "server/remote_session.h"
#include "server/web_socket.h"

/// What those who are at this end of a WebSocket have in common.
namespace euphone::server {

/// The `code` of an `error` message.
std::string_view CodeOf(const Error& error);

/// A message, whatever bytes its texts have.
std::string Compact(const nlohmann::ordered_json& json);

/// Calls `pump` in the thread of the connections when `session` has something new to tell, once for
/// all that came until then. Until session.OnNews(listener, nullptr).
void PumpOnNews(RemoteSession& session, const void* listener,
                const std::shared_ptr<WebSocket>& socket, std::function<void()> pump);

}  // namespace euphone::server
