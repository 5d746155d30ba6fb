#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace euphone::server {

/// Why a WebSocket is closed (RFC 6455, 7.4).
enum class CloseCode {
  kDone = 1000,
  kGoingAway = 1001,
  kNotAllowed = 1008,
  kTryLater = 1013,
  kTakenOver = 4001,
};

/// A connection that carries messages both ways. Messages come one at a time, and only when they
/// are asked for: what nobody asks for stays with the client (back-pressure).
/// Thread: that of the connections, but for Post().
class WebSocket {
 public:
  virtual ~WebSocket() = default;

  /// Sends a text message after those before it.
  virtual void Send(std::string text) = 0;
  /// Bytes that wait to be sent.
  virtual std::size_t unsent() const = 0;
  /// Asks for the next message.
  virtual void ReadOn() = 0;
  /// Ends it after what is to be sent.
  virtual void Close(CloseCode code, std::string reason) = 0;
  /// Calls `later` in the thread of the connections, after at least `delay`.
  virtual void After(std::chrono::milliseconds delay, std::function<void()> later) = 0;
  /// The same at once. Thread: any.
  virtual void Post(std::function<void()> soon) = 0;
};

/// Who is at this end of a WebSocket. Thread: that of the connections.
class SocketListener {
 public:
  virtual ~SocketListener() = default;
  virtual void OnOpen() = 0;
  virtual void OnMessage(std::string_view message, bool text) = 0;
  /// Less is to be sent than before.
  virtual void OnSent() = 0;
  /// Nothing follows.
  virtual void OnClosed() = 0;
};

}  // namespace euphone::server
