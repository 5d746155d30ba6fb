#include "server/origin.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <optional>

namespace euphone::server {
namespace {

std::string LowerCase(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return lower;
}

/// "example:80" → "example", "[::1]:80" → "::1". Nothing where it is neither.
std::optional<std::string> NameOf(std::string_view host) {
  std::string_view name = host, port;
  if (host.starts_with('[')) {
    const std::size_t end = host.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    name = host.substr(1, end - 1);
    port = host.substr(end + 1);
    if (!port.empty() && !port.starts_with(':')) return std::nullopt;
    port.remove_prefix(port.empty() ? 0 : 1);
  } else if (const std::size_t colon = host.find(':'); colon != std::string_view::npos) {
    name = host.substr(0, colon);
    port = host.substr(colon + 1);
  }
  const bool digits =
      std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (name.empty() || !digits || port.size() > 5) return std::nullopt;
  return LowerCase(name);
}

bool IsAddress(const std::string& name) {
  std::array<unsigned char, 16> parsed{};
  return ::inet_pton(AF_INET, name.c_str(), parsed.data()) == 1 ||
         ::inet_pton(AF_INET6, name.c_str(), parsed.data()) == 1;
}

}  // namespace

bool IsLoopback(std::string_view address) {
  const std::string name(address);
  std::array<unsigned char, 16> parsed{};
  if (::inet_pton(AF_INET, name.c_str(), parsed.data()) == 1) return parsed[0] == 127;
  if (::inet_pton(AF_INET6, name.c_str(), parsed.data()) != 1) return false;
  return parsed.back() == 1 &&
         std::all_of(parsed.begin(), parsed.end() - 1, [](unsigned char b) { return b == 0; });
}

bool HostAllowed(std::string_view host, const HostRule& rule) {
  const auto name = NameOf(host);
  if (!name) return false;
  if (*name == "localhost" || IsLoopback(*name)) return true;
  if (!rule.lan) return false;
  const std::string own = LowerCase(rule.hostname);
  return IsAddress(*name) || (!own.empty() && (*name == own || *name == own + ".local"));
}

bool OriginAllowed(const Request& request) {
  const std::string_view origin = request.header("origin");
  if (request.has_header("origin")) {
    const std::string own =
        (request.secure ? "https://" : "http://") + std::string(request.header("host"));
    if (LowerCase(origin) != LowerCase(own)) return false;
  }
  const std::string_view site = request.header("sec-fetch-site");
  if (site != "cross-site" && site != "same-site") return true;
  return request.method == Method::kGet && request.header("sec-fetch-mode") == "navigate" &&
         request.header("sec-fetch-dest") == "document";
}

}  // namespace euphone::server
