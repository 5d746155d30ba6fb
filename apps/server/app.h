#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "server/context.h"
#include "server/live_hub.h"
#include "server/origin.h"
#include "server/rate_limit.h"
#include "server/room.h"
#include "server/router.h"
#include "server/web_socket.h"
#include "server/work_pool.h"

namespace euphone::server {

/// What this server does with requests, whatever carries them. Thread: that of the connections, but
/// for answers, which come in any.
class App {
 public:
  /// Fails: as Pairing::Open.
  static Result<std::unique_ptr<App>> Create(Parts parts, Config config);
  ~App();

  /// What becomes of a request whose head is there.
  struct Admission {
    std::optional<Response> refusal =
        std::nullopt;              ///< Set: this is the answer, whatever the body holds.
    const Route* route = nullptr;  ///< Null without a refusal: it wants a WebSocket.
  };
  Admission Admit(Request& head);

  /// Answers what was admitted. Each request that came is counted, refused ones too.
  void Handle(const Route& route, Request request, Answer answer);
  void CountRefusal(const Response& refusal);

  /// Who is at this end of a WebSocket that `head` was admitted for.
  std::shared_ptr<SocketListener> OpenSocket(const Request& head,
                                             std::shared_ptr<WebSocket> socket);

  /// Once a second or so.
  void Tick();

  /// Takes nothing new; what has begun is finished.
  void BeginToEnd();
  bool ending() const { return hub_.ending(); }
  bool quiet() const { return hub_.quiet(); }
  /// Waits for what is being computed. Nothing is answered after that.
  void Close();

  Context& context() { return context_; }

 private:
  App(Parts parts, Config config);
  void Forget();
  std::optional<PairedDevice> DeviceOf(const Request& request) const;
  std::optional<Response> Unwelcome(const Request& head);

  Context context_;
  HostRule hosts_;
  Router router_;
  RateLimit rate_;
  LiveHub hub_;
  Room room_;
  std::chrono::steady_clock::time_point forget_next_{};
  WorkPool pool_;  ///< The last member: its threads use the others.
};

/// What every answer has: what a browser may do with it.
void AddSecurityHeaders(Response& response);

inline constexpr std::string_view kLivePath = "/api/v1/live", kRoomPath = "/api/v1/room";

}  // namespace euphone::server
