#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "hub/hub.h"
#include "server/server.h"

namespace euphone::cli {

struct HubPageOptions {
  bool none = false;                       ///< No page.
  std::optional<int> port = std::nullopt;  ///< Absent: 8766, or where that is taken any other.
  bool lan = false;                        ///< For others too, with TLS.
};

/// The hub's page, served in a thread of its own while this lives.
class ServedHubPage {
 public:
  /// `hub` must outlive it. Fails: as server::Server::Open().
  static Result<std::unique_ptr<ServedHubPage>> Open(hub::Hub& hub, const HubPageOptions& options,
                                                     const std::filesystem::path& folder);
  ~ServedHubPage();
  ServedHubPage(const ServedHubPage&) = delete;
  ServedHubPage& operator=(const ServedHubPage&) = delete;

  /// Where it is, in lines to print; the first link lets in who opens it first.
  const std::string& greeting() const { return greeting_; }

 private:
  ServedHubPage() = default;

  std::array<int, 2> stop_{-1, -1};  ///< Closed at one end, it ends the server at the other.
  std::unique_ptr<server::Server> server_;
  std::thread thread_;
  std::string greeting_;
};

}  // namespace euphone::cli
