#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "base/result.h"
#include "server/room.h"

namespace euphone::server {

/// What a client says in the room; docs/formats/room-socket.md specifies it.
struct JoinMessage {
  std::string learner = {}, name = {};
};
struct LookMessage {
  std::string name = {};
};
struct WatchMessage {
  std::string desk = {};
};
using RoomMessageIn = std::variant<JoinMessage, LookMessage, WatchMessage, Advice>;

/// Fails: kInvalidArgument.
Result<RoomMessageIn> ParseRoomMessage(std::string_view text);

}  // namespace euphone::server
