#include "hub_page.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <utility>

#include "hub/hub_site.h"
#include "own_addresses.h"
#include "version.h"

namespace euphone::cli {
namespace {

constexpr int kHubPagePort = 8766;

}  // namespace

Result<std::unique_ptr<ServedHubPage>> ServedHubPage::Open(hub::Hub& hub,
                                                           const HubPageOptions& options,
                                                           const std::filesystem::path& folder) {
  std::unique_ptr<ServedHubPage> page(new ServedHubPage);
  if (::pipe2(page->stop_.data(), O_CLOEXEC) != 0)
    return Error{Errc::kIo, "the page cannot be served: no pipe can be made"};
  server::Listening listening;
  listening.host = options.lan ? "0.0.0.0" : "127.0.0.1";
  listening.port = options.port.value_or(kHubPagePort);
  listening.lan = options.lan;
  listening.hostname = OwnName();
  listening.keys = folder / "page";
  listening.stop = page->stop_[0];
  const std::string code = hub::RandomSecret();
  const auto ask = [&hub](const std::string& token, const std::string& verb,
                          const std::string& arguments) { return hub.Ask(token, verb, arguments); };
  const auto open = [&] {
    return server::Server::Open(std::make_unique<hub::HubSite>(
        hub::HubSiteParts{
            .ask = ask, .version = kVersion, .code = code, .token = hub.address().token},
        listening));
  };
  auto server = open();
  if (!server && server.error().code == Errc::kIo && !options.port) {
    listening.port = 0;
    server = open();
  }
  if (!server) return server.error();
  page->server_ = *std::move(server);
  const auto urls = AddressesOf(listening, page->server_->port());
  page->greeting_ = fmt::format(
      "Its page, by a link for one use within ten minutes:\n  {}/#/enter/{}\n", urls.front(), code);
  if (options.lan)
    page->greeting_ += "Its certificate is its own; a browser asks once. SHA-256: " +
                       page->server_->fingerprint() + "\n";
  page->thread_ = std::thread([&server = *page->server_] { server.Run(); });
  return page;
}

ServedHubPage::~ServedHubPage() {
  if (stop_[1] >= 0) ::close(stop_[1]);
  if (thread_.joinable()) thread_.join();
  server_.reset();
  if (stop_[0] >= 0) ::close(stop_[0]);
}

}  // namespace euphone::cli
