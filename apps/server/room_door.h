#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "server/room.h"
#include "server/room_message.h"
#include "server/web_socket.h"

namespace euphone::server {

/// One connection to the room: of a learner's page or of somebody who watches. Thread: that of the
/// connections.
class RoomDoor final : public SocketListener,
                       public RoomGuest,
                       public std::enable_shared_from_this<RoomDoor> {
 public:
  /// `room` must outlive it. `only`: as Request::only; such a device does not watch.
  RoomDoor(Room& room, std::string only, std::shared_ptr<WebSocket> socket)
      : room_(room), only_(std::move(only)), socket_(std::move(socket)) {}

  void OnOpen() override;
  void OnMessage(std::string_view message, bool text) override;
  void OnSent() override { Pump(); }
  void OnClosed() override;

  void Tell(std::string message) override;
  void Follow(std::shared_ptr<RemoteSession> reading) override;
  void End() override;

 private:
  Status Do(const JoinMessage& message);
  Status Do(const LookMessage& message);
  Status Do(const WatchMessage& message) { return room_.Watch(*this, message.desk); }
  Status Do(const Advice& advice);
  void Refuse(CloseCode code, std::string_view name, const std::string& message);
  void Pump();

  Room& room_;
  const std::string only_;
  std::shared_ptr<WebSocket> socket_;       ///< Null once it is closed.
  std::shared_ptr<RemoteSession> reading_;  ///< Whose events are passed on.
  std::uint64_t next_ = 1;                  ///< Number of the event to pass on next.
  bool in_ = false, closing_ = false;
};

}  // namespace euphone::server
