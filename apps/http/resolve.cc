#include "http/resolve.h"

#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace euphone::http {
namespace {

using Addresses = Result<std::vector<std::string>>;

/// What a thread that cannot be stopped leaves for whoever still waits.
struct Answer {
  std::mutex mutex;
  std::condition_variable_any ready;
  std::optional<Addresses> addresses;
};

Addresses LookUp(const std::string& host, int flags) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = flags;
  addrinfo* list = nullptr;
  if (const int failed = ::getaddrinfo(host.c_str(), nullptr, &hints, &list); failed != 0)
    return Error{Errc::kNotFound, host + ": no such host (" + ::gai_strerror(failed) + ")"};
  std::vector<std::string> addresses;
  for (const addrinfo* at = list; at != nullptr; at = at->ai_next) {
    std::array<char, NI_MAXHOST> name{};
    if (::getnameinfo(at->ai_addr, at->ai_addrlen, name.data(), static_cast<socklen_t>(name.size()),
                      nullptr, 0, NI_NUMERICHOST) != 0)
      continue;
    if (std::find(addresses.begin(), addresses.end(), name.data()) == addresses.end())
      addresses.emplace_back(name.data());
  }
  ::freeaddrinfo(list);
  return addresses;
}

}  // namespace

Addresses Resolve(const std::string& host, const Wait& wait) {
  if (auto numbers = LookUp(host, AI_NUMERICHOST)) return numbers;
  const auto answer = std::make_shared<Answer>();
  std::thread([answer, host] {
    Addresses found = LookUp(host, 0);
    const std::lock_guard lock(answer->mutex);
    answer->addresses = std::move(found);
    answer->ready.notify_all();
  }).detach();
  std::unique_lock lock(answer->mutex);
  if (answer->ready.wait_until(lock, wait.stop, wait.until,
                               [&] { return answer->addresses.has_value(); }))
    return *answer->addresses;
  return Error{Errc::kIo, host + ": nobody says in time which address it has"};
}

}  // namespace euphone::http
