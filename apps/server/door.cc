#include "server/door.h"

#include <atomic>
#include <nlohmann/json.hpp>
#include <utility>

namespace euphone::server {

std::string_view CodeOf(const Error& error) {
  switch (error.code) {
    case Errc::kInvalidArgument:
      return "invalid_argument";
    case Errc::kNotFound:
      return "not_found";
    case Errc::kUnsupported:
      return "unsupported";
    case Errc::kTooLarge:
      return "too_large";
    case Errc::kCorrupt:
      return "corrupt";
    case Errc::kIo:
    case Errc::kInternal:
      break;
  }
  return "internal";
}

std::string Compact(const nlohmann::ordered_json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void PumpOnNews(RemoteSession& session, const void* listener,
                const std::shared_ptr<WebSocket>& socket, std::function<void()> pump) {
  auto woken = std::make_shared<std::atomic<bool>>(false);
  session.OnNews(listener,
                 [woken, weak = std::weak_ptr<WebSocket>(socket), pump = std::move(pump)] {
                   const auto open = weak.lock();
                   if (!open || woken->exchange(true)) return;
                   open->Post([woken, pump] {
                     *woken = false;
                     pump();
                   });
                 });
}

}  // namespace euphone::server
