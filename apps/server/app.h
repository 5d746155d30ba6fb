#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string_view>

#include "server/context.h"
#include "server/gate.h"
#include "server/live_hub.h"
#include "server/room.h"
#include "server/router.h"
#include "server/web_socket.h"
#include "server/work_pool.h"

namespace euphone::server {

/// The site of `euphone serve`: learners, lessons, takes, live sessions.
class App final : public Site {
 public:
  /// Fails: as Pairing::Open.
  static Result<std::unique_ptr<App>> Create(Parts parts, Config config);
  ~App() override;

  const Listening& listening() const override { return context_.config; }
  Admission Admit(Request& head) override;
  void Handle(const Route& route, Request request, Answer answer) override;
  void CountRefusal(const Response& refusal) override;
  std::shared_ptr<SocketListener> OpenSocket(const Request& head,
                                             std::shared_ptr<WebSocket> socket) override;
  /// Shows a code for pairing, where there is any.
  void Begin() override;
  void Tick() override;
  void BeginToEnd() override;
  bool ending() const override { return hub_.ending(); }
  bool quiet() const override { return hub_.quiet(); }
  void Close() override;

  Context& context() { return context_; }

 private:
  App(Parts parts, Config config);
  void Forget();
  std::optional<PairedDevice> DeviceOf(const Request& request) const;

  Context context_;
  Gate gate_;
  Router router_;
  LiveHub hub_;
  Room room_;
  std::chrono::steady_clock::time_point forget_next_{};
  WorkPool pool_;  ///< The last member: its threads use the others.
};

inline constexpr std::string_view kLivePath = "/api/v1/live", kRoomPath = "/api/v1/room";

}  // namespace euphone::server
