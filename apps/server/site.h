#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "server/http.h"
#include "server/router.h"
#include "server/web_socket.h"

namespace euphone::server {

/// Where and how a site is served.
struct Listening {
  std::string host = "127.0.0.1";  ///< Address to listen on, as a number.
  int port = 8765;                 ///< 0: any that is free.
  bool lan = false;                ///< With TLS, for others too; else only this device is served.
  std::string hostname;            ///< The device's own name.
  std::filesystem::path keys;      ///< Folder for the certificate, and what else is secret.
  int stop = -1;  ///< A descriptor: once it has something to read, the server ends.
};

/// What a Server serves: what becomes of requests, whatever carries them. Thread: that of the
/// connections, but for answers, which come in any.
class Site {
 public:
  virtual ~Site() = default;
  virtual const Listening& listening() const = 0;

  /// What becomes of a request whose head is there.
  struct Admission {
    std::optional<Response> refusal =
        std::nullopt;              ///< Set: this is the answer, whatever the body holds.
    const Route* route = nullptr;  ///< Null without a refusal: it wants a WebSocket.
  };
  virtual Admission Admit(Request& head) = 0;

  /// Answers what was admitted. Each request that came is counted, refused ones too.
  virtual void Handle(const Route& route, Request request, Answer answer) = 0;
  virtual void CountRefusal(const Response& refusal) = 0;

  /// Who is at this end of a WebSocket that `head` was admitted for.
  virtual std::shared_ptr<SocketListener> OpenSocket(const Request& head,
                                                     std::shared_ptr<WebSocket> socket) = 0;

  /// Once, when the first request may come.
  virtual void Begin() = 0;
  /// Once a second or so.
  virtual void Tick() = 0;
  /// Takes nothing new; what has begun is finished.
  virtual void BeginToEnd() = 0;
  virtual bool ending() const = 0;
  virtual bool quiet() const = 0;
  /// Waits for what is being computed. Nothing is answered after that.
  virtual void Close() = 0;
};

}  // namespace euphone::server
