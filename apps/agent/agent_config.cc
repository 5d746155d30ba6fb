#include "agent/agent_config.h"

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/private_file.h"
#include "fleet/wire.h"
#include "rollout/strict_object.h"

namespace euphone::agent {
namespace {

constexpr std::size_t kMostText = 4096, kMostFile = 1 << 16;
constexpr double kMostKb = 1e9;
constexpr const char* kFile = "agent.json";

}  // namespace

std::string ToText(const AgentConfig& config) {
  return nlohmann::ordered_json({{"format", 1},
                                 {"url", config.url},
                                 {"device", config.device},
                                 {"credentials", config.credentials},
                                 {"ca", config.ca},
                                 {"certificate", config.certificate},
                                 {"key", config.key},
                                 {"hardware", config.hardware},
                                 {"site", config.site},
                                 {"locale", config.locale},
                                 {"metered", config.metered},
                                 {"most_kb_per_second", config.most_kb_per_second}})
             .dump(1) +
         "\n";
}

Result<AgentConfig> ParseAgentConfig(std::string_view text) {
  const auto document = ParseObject(text);
  if (!document) return document.error();
  AgentConfig config;
  Status status;
  StrictObject object(*document, "", status);
  std::int64_t format = 0;
  object.Require("format");
  object.Integer("format", format, 1, 1);
  object.Require("url");
  object.Text("url", config.url, kMostText);
  object.Require("device");
  object.Text("device", config.device, kMostText);
  if (!fleet::IsDeviceName(config.device)) object.Refuse("device", "is no name of a device");
  for (const auto& [key, value] :
       {std::pair("credentials", &config.credentials), std::pair("ca", &config.ca),
        std::pair("certificate", &config.certificate), std::pair("key", &config.key),
        std::pair("hardware", &config.hardware), std::pair("site", &config.site),
        std::pair("locale", &config.locale)})
    object.Text(key, *value, kMostText, true);
  object.Flag("metered", config.metered);
  object.Number("most_kb_per_second", config.most_kb_per_second, 0, kMostKb);
  object.RefuseOthers();
  if (!status) return status.error();
  return config;
}

Result<AgentConfig> ReadAgentConfig(const std::filesystem::path& folder) {
  const auto text = ReadFile(folder / kFile, kMostFile);
  if (!text && text.error().code == Errc::kNotFound) {
    return Error{Errc::kNotFound,
                 "this device belongs to no fleet; `euphone agent join URL` lets it join one"};
  }
  if (!text) return text.error();
  auto config = ParseAgentConfig(*text);
  if (!config) return Prefixed((folder / kFile).string(), config.error());
  return config;
}

Status WriteAgentConfig(const std::filesystem::path& folder, const AgentConfig& config) {
  return WritePrivateFile(folder / kFile, ToText(config));
}

std::string UserOf(std::string_view url) {
  url = url.substr(0, url.find(','));
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  const std::size_t at = url.rfind('@');
  if (at == std::string_view::npos) return {};
  const std::size_t colon = url.substr(0, at).find(':');
  // What stands there alone is a token.
  return colon == std::string_view::npos ? std::string() : std::string(url.substr(0, colon));
}

fleet::BrokerOptions BrokerOptionsOf(const AgentConfig& config) {
  return {.url = config.url,
          .name = "euphone agent " + config.device,
          .credentials = config.credentials,
          .ca = config.ca,
          .certificate = config.certificate,
          .key = config.key,
          .reconnect_wait = std::chrono::seconds(2),
          .send_buffer = 1 << 16};
}

}  // namespace euphone::agent
