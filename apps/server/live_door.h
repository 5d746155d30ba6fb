#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "server/live_hub.h"
#include "server/live_message.h"
#include "server/room.h"
#include "server/web_socket.h"

namespace euphone::server {

/// One connection to a live session: docs/formats/live-socket.md. Thread: that of the connections.
class LiveDoor final : public SocketListener, public std::enable_shared_from_this<LiveDoor> {
 public:
  /// `context`, `hub` and `room` must outlive it.
  /// `only`: as Request::only.
  LiveDoor(Context& context, LiveHub& hub, Room& room, std::string only,
           std::shared_ptr<WebSocket> socket)
      : context_(context),
        hub_(hub),
        room_(room),
        only_(std::move(only)),
        socket_(std::move(socket)) {}

  void OnOpen() override;
  void OnMessage(std::string_view message, bool text) override;
  void OnSent() override { Pump(); }
  void OnClosed() override;

 private:
  void Do(const LiveOrder& order);
  void Do(const ResumeMessage& message);
  void Do(const StopMessage&);
  void Do(const LeaveMessage&);
  void Hear(std::string_view bytes);
  void Hold(std::shared_ptr<RemoteSession> session);
  void LetGo();
  void Pump();
  void ReadOn();
  void Acknowledge(std::int64_t at_least);
  void Refuse(CloseCode code, std::string_view type, std::string_view name,
              const std::string& message);

  Context& context_;
  LiveHub& hub_;
  Room& room_;  ///< Hears of each session that begins.
  const std::string only_;
  std::shared_ptr<WebSocket> socket_;  ///< Null once it is closed.
  std::shared_ptr<RemoteSession> session_;
  std::uint64_t ticket_ = 0;
  std::uint64_t next_ = 1;         ///< Number of the event to send next.
  std::int64_t acknowledged_ = 0;  ///< Samples.
  bool closing_ = false;
};

}  // namespace euphone::server
