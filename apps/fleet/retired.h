#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <vector>

#include "fleet/nats_api.h"

namespace euphone::fleet {

/// What has been unsubscribed on a connection, until the library's reader surely has none of it in
/// its hands: up to version 3.5 libnats looks a subscription up, lets go of the table, and then
/// uses it, whether or not it was destroyed meanwhile (nats-io/nats.c, pull request 638).
/// Thread: any.
class Retired {
 public:
  explicit Retired(natsConnection* connection) : connection_(connection) {}
  Retired(const Retired&) = delete;
  Retired& operator=(const Retired&) = delete;

  /// Calls `destroy` behind the server's answer to a ping, which the reader reads after all that
  /// came before it; where there is none, with a later one or in Clear(). REQUIRES: unsubscribed.
  void Add(std::function<void()> destroy);
  /// REQUIRES: the connection is closed.
  void Clear();

 private:
  natsConnection* connection_;
  std::mutex mutex_;  ///< Guards the next.
  std::vector<std::function<void()>> waiting_;
};

}  // namespace euphone::fleet
