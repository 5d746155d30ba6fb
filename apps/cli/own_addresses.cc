#include "own_addresses.h"

#include <fmt/format.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <unistd.h>

#include <array>

namespace euphone::cli {
namespace {

/// IPv4 addresses under which others reach this device.
std::vector<std::string> OwnAddresses() {
  std::vector<std::string> found;
  ifaddrs* all = nullptr;
  if (::getifaddrs(&all) != 0) return found;
  for (const ifaddrs* one = all; one != nullptr; one = one->ifa_next) {
    const bool usable = (one->ifa_flags & (IFF_UP | IFF_LOOPBACK)) == IFF_UP;
    if (!usable || one->ifa_addr == nullptr || one->ifa_addr->sa_family != AF_INET) continue;
    std::array<char, NI_MAXHOST> text{};
    if (::getnameinfo(one->ifa_addr, sizeof(sockaddr_in), text.data(), text.size(), nullptr, 0,
                      NI_NUMERICHOST) == 0) {
      found.emplace_back(text.data());
    }
  }
  ::freeifaddrs(all);
  return found;
}

}  // namespace

std::string OwnName() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

std::vector<std::string> AddressesOf(const server::Listening& listening, int port) {
  const char* const scheme = listening.lan ? "https" : "http";
  const bool every = listening.host == "0.0.0.0" || listening.host == "::";
  std::vector<std::string> hosts = every ? OwnAddresses() : std::vector{listening.host};
  if (hosts.empty()) hosts.emplace_back("127.0.0.1");
  std::vector<std::string> urls;
  for (const std::string& host : hosts) {
    const bool six = host.find(':') != std::string::npos;
    urls.push_back(six ? fmt::format("{}://[{}]:{}", scheme, host, port)
                       : fmt::format("{}://{}:{}", scheme, host, port));
  }
  return urls;
}

}  // namespace euphone::cli
