#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "server/gate.h"

namespace euphone::hub {

/// What stands behind the page.
struct HubSiteParts {
  /// Hub::Ask: token, verb, arguments → {"reply"} or {"error"}. Thread: any.
  std::function<std::string(const std::string&, const std::string&, const std::string&)> ask = {};
  std::string version = {};  ///< Of the program.
  /// What the link that is printed carries, good once and for ten minutes; empty: none does.
  std::string code = {};
  std::string token = {};  ///< What is given for it; and in this name /metrics is asked for here.
};

/// The hub's page, and its door for programs: POST /api/v1/fleet/VERB with the verb's arguments is
/// answered as over NATS (docs/formats/hub.md). Who may do what the desk decides by the token.
class HubSite final : public server::Site {
 public:
  static constexpr std::chrono::minutes kCodeLife{10};

  HubSite(HubSiteParts parts, server::Listening listening);
  ~HubSite() override { Close(); }

  const server::Listening& listening() const override { return listening_; }
  Admission Admit(server::Request& head) override;
  void Handle(const server::Route& route, server::Request request, server::Answer answer) override;
  void CountRefusal(const server::Response&) override {}
  /// Nothing is told through WebSockets.
  std::shared_ptr<server::SocketListener> OpenSocket(const server::Request&,
                                                     std::shared_ptr<server::WebSocket>) override;
  void Begin() override { began_ = std::chrono::steady_clock::now(); }
  void Tick() override {}
  void BeginToEnd() override { ending_ = true; }
  bool ending() const override { return ending_; }
  bool quiet() const override { return pool_.queued() + pool_.running() == 0; }
  void Close() override { pool_.Close(); }

 private:
  void AddPage();
  void AddApi();
  server::Response Enter(const server::Request& request);
  server::Response Ask(const std::string& token, const std::string& verb,
                       const std::string& arguments) const;
  server::Response Metrics(const server::Request& request) const;

  HubSiteParts parts_;
  server::Listening listening_;
  server::Gate gate_;
  server::Router router_;
  std::chrono::steady_clock::time_point began_{};
  bool ending_ = false;
  server::WorkPool pool_;  ///< The last member: its threads use the others.
};

}  // namespace euphone::hub
