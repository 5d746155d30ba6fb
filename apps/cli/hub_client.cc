#include "hub_client.h"

#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <thread>

#include "assembly/user_folder.h"
#include "hub/admissions.h"
#include "hub/hub.h"

namespace euphone::cli {
namespace {

constexpr std::chrono::seconds kHubAnswersWithin{30};
constexpr int kTriesToReachHub = 4;
constexpr std::chrono::milliseconds kBetweenTriesToReachHub{150};

Errc CodeOfHub(const std::string& name) {
  if (name == "invalid" || name == "not_admitted" || name == "not_allowed")
    return Errc::kInvalidArgument;
  if (name == "not_found") return Errc::kNotFound;
  if (name == "unsupported" || name == "unknown_verb") return Errc::kUnsupported;
  if (name == "too_large") return Errc::kTooLarge;
  return Errc::kIo;
}

/// Where no user stands in the URL, it is the token's.
std::string UrlWithUser(const std::string& url, const std::string& token) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string::npos || url.find('@') != std::string::npos) return url;
  const std::string user = token.substr(0, token.find('.'));
  return url.substr(0, scheme + 3) + hub::NatsUser(user) + ":" + hub::NatsPassword(token) + "@" +
         url.substr(scheme + 3);
}

Result<hub::HubAddress> AddressOf(const HubClientOptions& options) {
  const char* token = std::getenv("EUPHONE_HUB_TOKEN");
  if (options.hub.find("://") != std::string::npos) {
    if (token == nullptr)
      return Error{Errc::kInvalidArgument,
                   "say who you are to the hub: EUPHONE_HUB_TOKEN=… in the environment"};
    return hub::HubAddress{.url = options.hub, .token = token};
  }
  std::filesystem::path file = options.hub;
  if (options.hub.empty()) {
    const auto folder = HubFolder();
    if (!folder) return folder.error();
    file = *folder;
  }
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored)) file /= "hub.json";
  auto address = hub::ReadHubAddress(file);
  if (!address && address.error().code == Errc::kNotFound)
    return Error{Errc::kNotFound, file.string() +
                                      ": no hub was started here (euphone fleet up); one elsewhere "
                                      "is named by --hub URL"};
  if (address && token != nullptr) address->token = token;
  return address;
}

}  // namespace

void AddHubOptions(CLI::App& command, HubClientOptions& options) {
  command
      .add_option("--hub", options.hub,
                  "The hub's folder or hub.json, or its URL (then with EUPHONE_HUB_TOKEN) "
                  "[the one that runs here]")
      ->envname("EUPHONE_HUB")
      ->type_name("FILE|URL");
  command.add_option("--hub-ca", options.ca, "Authorities that its certificate may come from")
      ->envname("EUPHONE_HUB_CA")
      ->type_name("FILE");
  command.add_flag("--json", options.json, "The reply as it came (docs/formats/hub.md)");
}

Result<std::filesystem::path> HubFolder() {
  const auto folder = UserFolder();
  if (!folder) return folder.error();
  return *folder / "hub";
}

Result<HubClient> HubClient::Connect(const HubClientOptions& options) {
  const auto address = AddressOf(options);
  if (!address) return address.error();
  const fleet::BrokerOptions where{.url = UrlWithUser(address->url, address->token),
                                   .name = "euphone fleet",
                                   .ca = options.ca.empty() ? address->ca : options.ca};
  auto broker = fleet::Broker::Connect(where);
  // A server that reads its users anew knows nobody for an instant.
  for (int tries = 1; !broker && broker.error().code == Errc::kIo && tries < kTriesToReachHub;
       ++tries) {
    std::this_thread::sleep_for(kBetweenTriesToReachHub);
    broker = fleet::Broker::Connect(where);
  }
  if (!broker) return broker.error();
  return HubClient(*std::move(broker), address->token);
}

Result<nlohmann::json> HubClient::Ask(const std::string& verb, const nlohmann::json& arguments) {
  const std::string asked =
      nlohmann::json{{"token", token_}, {"verb", verb}, {"arguments", arguments}}.dump(
          -1, ' ', false, nlohmann::json::error_handler_t::replace);
  const auto answer = broker_.Request(hub::kAdminSubject, asked, kHubAnswersWithin);
  if (!answer) {
    if (answer.error().code == Errc::kNotFound)
      return Error{Errc::kIo, "no hub answers at " + broker_.where() + "; is it running?"};
    return answer.error();
  }
  const auto document = nlohmann::json::parse(answer->data, nullptr, false);
  if (document.is_object() && document.contains("reply")) return document["reply"];
  if (!document.is_object() || !document.contains("error"))
    return Error{Errc::kCorrupt, "the hub's answer cannot be read"};
  const auto& error = document["error"];
  return Error{CodeOfHub(error.value("code", "")), error.value("message", "")};
}

}  // namespace euphone::cli
