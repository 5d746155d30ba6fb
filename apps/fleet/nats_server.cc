#include "fleet/nats_server.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <random>
#include <thread>
#include <utility>

#include "base/file.h"

namespace euphone::fleet {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

constexpr milliseconds kLook{10};
constexpr milliseconds kToStop{10000};
constexpr std::size_t kLargestLog = 64 << 20;

std::string RandomToken() {
  std::random_device chance;
  return fmt::format("{:08x}{:08x}{:08x}{:08x}", chance(), chance(), chance(), chance());
}

/// A text as the configuration holds it.
std::string Quoted(const std::string& text) { return nlohmann::json(text).dump(); }

std::string PortOf(std::uint16_t port) { return port == 0 ? "-1" : std::to_string(port); }

/// The last line of a log that has something to say.
std::string LastLine(const fs::path& log) {
  const auto content = ReadFile(log, kLargestLog);
  std::string last = "see " + log.string();
  if (!content) return last;
  std::string_view rest = *content;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    if (line.find("[FTL]") != std::string_view::npos ||
        line.find("[ERR]") != std::string_view::npos || line.starts_with("nats-server: ")) {
      last = line;
    }
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return last;
}

Status MakeFolder(const fs::path& folder) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (!failed) fs::permissions(folder, fs::perms::owner_all, failed);
  if (failed) return Error{Errc::kIo, folder.string() + ": " + failed.message()};
  return {};
}

/// The port for clients that the server tells in its file of ports; 0: it has not told yet.
std::uint16_t ToldPort(const fs::path& file) {
  const auto content = ReadFile(file, 1 << 16);
  if (!content) return 0;
  const auto ports = nlohmann::json::parse(*content, nullptr, false);
  if (!ports.is_object() || !ports.contains("nats") || !ports["nats"].is_array()) return 0;
  for (const auto& url : ports["nats"]) {
    if (!url.is_string()) continue;
    const auto text = url.get<std::string>();
    const std::size_t colon = text.rfind(':');
    if (colon == std::string::npos) continue;
    return static_cast<std::uint16_t>(std::strtoul(text.c_str() + colon + 1, nullptr, 10));
  }
  return 0;
}

struct Running {
  ChildProcess child;
  std::uint16_t port;
};

Result<Running> Run(const NatsServerOptions& options) {
  if (auto made = MakeFolder(options.folder); !made) return made.error();
  const fs::path config = options.folder / "nats-server.conf";
  const fs::path log = options.folder / "nats-server.log";
  if (auto written = WriteFileAtomically(config, NatsConfig(options)); !written)
    return written.error();
  std::error_code ignored;
  fs::permissions(config, fs::perms::owner_read | fs::perms::owner_write, ignored);
  fs::remove(log, ignored);
  auto child = ChildProcess::Start({.program = options.program,
                                    .arguments = {"-c", config.string()},
                                    .environment = {},
                                    .output = log});
  if (!child) {
    return child.error().code == Errc::kNotFound
               ? Error{Errc::kNotFound, options.program +
                                            " is not installed; install it (Debian: nats-server), "
                                            "or name a server (--nats)"}
               : child.error();
  }
  const fs::path ports = options.folder / fmt::format("nats-server_{}.ports", child->id());
  const auto until = std::chrono::steady_clock::now() + options.patience;
  while (std::chrono::steady_clock::now() < until && !child->Ended()) {
    if (const std::uint16_t port = ToldPort(ports); port != 0) {
      return Running{.child = *std::move(child), .port = port};
    }
    std::this_thread::sleep_for(kLook);
  }
  return Error{Errc::kIo, options.program + " did not start: " + LastLine(log)};
}

}  // namespace

std::string NatsConfig(const NatsServerOptions& options) {
  std::string config = fmt::format(
      "# Written by euphone; written anew at each start.\n"
      "server_name: {}\n"
      "listen: {}\n"
      "ports_file_dir: {}\n"
      "max_payload: {}\n"
      "jetstream {{\n  store_dir: {}\n}}\n",
      Quoted(options.name), Quoted(options.address + ":" + PortOf(options.port)),
      Quoted(options.folder.string()), options.max_payload,
      Quoted((options.folder / "jetstream").string()));
  if (!options.token.empty())
    config += fmt::format("authorization {{\n  token: {}\n}}\n", Quoted(options.token));
  if (options.monitor_port)
    config += fmt::format("http: {}\n", Quoted("127.0.0.1:" + PortOf(*options.monitor_port)));
  if (options.leaf_port || !options.leaf_remote.empty()) {
    config += "leafnodes {\n";
    if (options.leaf_port) {
      config +=
          fmt::format("  listen: {}\n", Quoted(options.address + ":" + PortOf(*options.leaf_port)));
    }
    if (!options.leaf_remote.empty())
      config += fmt::format("  remotes: [{{ url: {} }}]\n", Quoted(options.leaf_remote));
    config += "}\n";
  }
  if (options.mqtt_port) {
    config += fmt::format("mqtt {{\n  listen: {}\n}}\n",
                          Quoted(options.address + ":" + std::to_string(*options.mqtt_port)));
  }
  return config + options.extra;
}

NatsServer::NatsServer(NatsServerOptions options, ChildProcess child, std::string url,
                       std::uint16_t port)
    : options_(std::move(options)), child_(std::move(child)), url_(std::move(url)), port_(port) {}

Result<NatsServer> NatsServer::Start(const NatsServerOptions& options) {
  NatsServerOptions wanted = options;
  std::error_code failed;
  wanted.folder = fs::absolute(options.folder, failed);
  if (wanted.token.empty() && !wanted.open) wanted.token = RandomToken();
  auto running = Run(wanted);
  if (!running) return running.error();
  wanted.port = running->port;
  std::string url = fmt::format("nats://{}{}{}:{}", wanted.token, wanted.token.empty() ? "" : "@",
                                wanted.address, running->port);
  return NatsServer(std::move(wanted), std::move(running->child), std::move(url), running->port);
}

void NatsServer::Stop() { child_.Stop(kToStop); }

void NatsServer::Kill() {
  child_.Kill();
  child_.Stop(kToStop);
}

Status NatsServer::Restart() {
  Stop();
  auto running = Run(options_);
  if (!running) return running.error();
  child_ = std::move(running->child);
  return {};
}

}  // namespace euphone::fleet
