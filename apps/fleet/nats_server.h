#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"
#include "fleet/child_process.h"

namespace euphone::fleet {

/// How a server of our own listens.
struct NatsServerOptions {
  std::string program = "nats-server";
  std::filesystem::path folder =
      {};                        ///< Of its configuration, its log and what JetStream keeps; made.
  std::string name = "euphone";  ///< Different in each server of a fleet.
  std::string address = "127.0.0.1";  ///< Anything else opens it to others.
  std::uint16_t port = 0;             ///< 0: chosen by the system.
  /// Asked of every client; empty: one is made by chance, so that other users of this device stay
  /// out.
  std::string token = {};
  bool open = false;                               ///< No token at all, also where none is given.
  std::optional<std::uint16_t> monitor_port = {};  ///< HTTP, on loopback; absent: no monitoring.
  std::optional<std::uint16_t> leaf_port = {};     ///< Where leaf nodes connect; absent: nowhere.
  std::string leaf_remote = {};  ///< URL of a hub that this one is a leaf of; empty: none.
  std::optional<std::uint16_t> mqtt_port = {};  ///< A chosen one; absent: no MQTT.
  std::size_t max_payload = 8 << 20;            ///< Bytes of one message.
  std::string extra = {};                       ///< More lines of configuration, as they are.
  std::chrono::milliseconds patience{15000};    ///< Until it is ready.
};

/// A `nats-server` that runs as long as this object lives, and no longer than this program. What
/// JetStream keeps stays in the folder. Thread: one, that stays (ChildProcess).
class NatsServer {
 public:
  /// Returns when clients can connect. Fails: kNotFound (not installed), kIo (a port that is
  /// taken, a folder that cannot be made), with the last line of its log.
  static Result<NatsServer> Start(const NatsServerOptions& options);

  /// What a client connects to, with the token: not for messages.
  const std::string& url() const { return url_; }
  std::uint16_t port() const { return port_; }
  pid_t id() const { return child_.id(); }
  /// Whether it ended by itself.
  bool Ended() { return child_.Ended().has_value(); }

  /// Ends it cleanly.
  void Stop();
  /// Ends it at once, as a loss of power would.
  void Kill();
  /// Starts it anew on the same port, with what it kept.
  Status Restart();

 private:
  NatsServer(NatsServerOptions options, ChildProcess child, std::string url, std::uint16_t port);

  NatsServerOptions options_;
  ChildProcess child_;
  std::string url_;
  std::uint16_t port_;
};

/// The configuration file for these options.
std::string NatsConfig(const NatsServerOptions& options);

}  // namespace euphone::fleet
