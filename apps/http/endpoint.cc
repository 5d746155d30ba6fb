#include "http/endpoint.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace euphone::http {
namespace {

constexpr std::size_t kLongestUrl = 2000;

Error BadUrl(const char* why) { return {Errc::kInvalidArgument, why}; }

bool IsPlain(char c) {
  return c > ' ' && c < 0x7F && c != '"' && c != '<' && c != '>' && c != '\\';
}

}  // namespace

std::string Endpoint::Authority() const {
  const std::string name = host.find(':') == std::string::npos ? host : "[" + host + "]";
  return port == (tls ? 443 : 80) ? name : name + ":" + std::to_string(port);
}

std::string Endpoint::Origin() const { return (tls ? "https://" : "http://") + Authority(); }

Result<Endpoint> ParseUrl(std::string_view url, Query query) {
  Endpoint endpoint;
  std::string_view rest = url;
  if (rest.starts_with("https://")) {
    endpoint.tls = true;
    rest.remove_prefix(8);
  } else if (rest.starts_with("http://")) {
    rest.remove_prefix(7);
  } else {
    return BadUrl("it does not begin with http:// or https://");
  }
  if (url.size() > kLongestUrl || !std::all_of(rest.begin(), rest.end(), IsPlain))
    return BadUrl("it has characters that must be escaped, or is too long");
  if (rest.find_first_of(query == Query::kAllowed ? "#" : "?#") != std::string_view::npos)
    return BadUrl("it has a query or a fragment");
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  std::string_view authority = rest.substr(0, slash), path = rest.substr(slash);
  if (authority.find('@') != std::string_view::npos)
    return BadUrl("it has a user; a key goes into a file");
  std::string_view port;
  if (authority.starts_with('[')) {
    const std::size_t end = authority.find(']');
    if (end == std::string_view::npos) return BadUrl("']' is missing");
    endpoint.host = authority.substr(1, end - 1);
    port = authority.substr(end + 1);
  } else {
    const std::size_t colon = std::min(authority.find(':'), authority.size());
    endpoint.host = authority.substr(0, colon);
    port = authority.substr(colon);
  }
  if (endpoint.host.empty()) return BadUrl("it names no host");
  endpoint.port = endpoint.tls ? 443 : 80;
  if (!port.empty()) {
    const char* const end = port.data() + port.size();
    const auto [stop, failed] = std::from_chars(port.data() + 1, end, endpoint.port);
    if (port.front() != ':' || failed != std::errc() || stop != end || endpoint.port == 0)
      return BadUrl("its port is no number from 1 to 65535");
  }
  while (path.ends_with('/')) path.remove_suffix(1);
  endpoint.path = path;
  return endpoint;
}

bool IsPrivateAddress(const std::string& address) {
  std::array<unsigned char, 16> bytes{};
  const std::string plain = address.substr(0, address.find('%'));
  if (::inet_pton(AF_INET6, plain.c_str(), bytes.data()) == 1) {
    std::array<unsigned char, 16> loopback{}, mapped{};
    loopback[15] = 1;
    mapped[10] = mapped[11] = 0xFF;
    if (std::equal(mapped.begin(), mapped.begin() + 12, bytes.begin())) {
      std::copy(bytes.begin() + 12, bytes.end(), bytes.begin());
    } else {
      return bytes == loopback || (bytes[0] & 0xFE) == 0xFC ||
             (bytes[0] == 0xFE && (bytes[1] & 0xC0) == 0x80);
    }
  } else if (::inet_pton(AF_INET, plain.c_str(), bytes.data()) != 1) {
    return false;
  }
  return bytes[0] == 127 || bytes[0] == 10 || (bytes[0] == 172 && (bytes[1] & 0xF0) == 16) ||
         (bytes[0] == 192 && bytes[1] == 168) || (bytes[0] == 169 && bytes[1] == 254);
}

}  // namespace euphone::http
