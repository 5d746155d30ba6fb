#include "agent_commands.h"

#include <fmt/format.h>

#include <cstdlib>
#include <memory>
#include <mutex>
#include <system_error>

#include "agent/agent.h"
#include "agent/agent_status.h"
#include "agent/machine.h"
#include "agent_sync.h"
#include "assembly/user_folder.h"
#include "base/file.h"
#include "fleet/wire.h"
#include "monitor/telemetry_log.h"
#include "standard_input.h"
#include "stop_on_interrupt.h"
#include "terminal.h"
#include "update/trust.h"
#include "version.h"

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;

/// A relative path means something else to a service.
std::string WholePath(const std::string& file) {
  std::error_code ignored;
  return file.empty() ? file : fs::absolute(file, ignored).string();
}

Result<std::string> UrlOf(const JoinOptions& options) {
  if (options.nats.url != "-") return options.nats.url;
  auto text = ReadStandardInput(4096);
  if (!text) return text.error();
  text->resize(std::min(text->size(), text->find_first_of("\r\n")));
  return *std::move(text);
}

ExitCode AgentUsage(const std::string& line) {
  ReportLine(line);
  return ExitCode::kUsage;
}

Status TrustRoot(const std::string& file) {
  const auto updates = RequireUpdates();
  if (!updates) return updates.error();
  const auto root = ReadFile(file, 4 << 20);
  if (!root) return root.error();
  if (auto status = TrustStore::Begin(*updates / "trust", *root); !status)
    return Prefixed(file, status.error());
  return {};
}

/// Nothing where the device counts nowhere: a heartbeat goes without.
std::string TelemetryForHub() {
  auto text = monitor::TelemetryText(TelemetryFolder(), kVersion);
  return text ? *std::move(text) : std::string();
}

}  // namespace

Result<fs::path> AgentFolder() {
  if (const char* named = std::getenv("EUPHONE_AGENT"); named != nullptr && *named != '\0')
    return fs::path(named);
  const auto folder = UserFolder();
  if (!folder) return folder.error();
  return *folder / "agent";
}

ExitCode JoinFleet(const JoinOptions& options) {
  const auto folder = AgentFolder();
  if (!folder) return Report(folder.error());
  const auto url = UrlOf(options);
  if (!url) return Report(url.error());
  if (url->find("://") == std::string::npos)
    return AgentUsage("the hub's URL must be like nats://DEVICE:SECRET@HOST:4222");
  const std::string name = options.name.empty() ? agent::UserOf(*url) : options.name;
  if (name.empty()) return AgentUsage("the URL names no device; say which this is: --name NAME");
  if (!fleet::IsDeviceName(name)) {
    return AgentUsage("'" + Shortened(name) +
                      "' is no name of a device: 1 to 64 letters, digits, - and _; see --name");
  }
  if (!options.root.empty()) {
    if (auto status = TrustRoot(options.root); !status) return Report(status.error());
  }
  const agent::AgentConfig config{
      .url = *url,
      .device = name,
      .credentials = WholePath(options.nats.credentials),
      .ca = WholePath(options.nats.ca),
      .certificate = WholePath(options.nats.certificate),
      .key = WholePath(options.nats.key),
      .hardware = options.hardware.empty() ? agent::HardwareName() : options.hardware,
      .site = options.site,
      .locale = options.locale.empty() ? agent::LocaleOfThisSystem() : options.locale,
      .metered = options.metered,
      .most_kb_per_second = options.most_kb_per_second};
  if (auto status = agent::WriteAgentConfig(*folder, config); !status)
    return Report(status.error());
  // Where it cannot be made, heartbeats go without telemetry.
  if (const fs::path counts = TelemetryFolder(); !counts.empty())
    static_cast<void>(monitor::BeginTelemetry(counts));
  return Show(fmt::format("{} belongs to the fleet at {}; `euphone agent run` talks to it\n", name,
                          fleet::WithoutSecrets(*url)));
}

ExitCode RunAgent(const AgentRunOptions& options, const InstallationOptions& installation) {
  const auto folder = AgentFolder();
  if (!folder) return Report(folder.error());
  auto config = agent::ReadAgentConfig(*folder);
  if (!config) return Report(config.error());
  auto updater = ThisUpdaterConfig(installation, options.tries);
  if (!updater) return Report(updater.error());
  std::mutex telling;
  const auto tell = [&telling](const std::string& line) {
    const std::lock_guard lock(telling);
    Print(line + "\n");
  };
  const auto attach = [&options, tell](fleet::Broker& broker, const std::string& device) {
    const auto sync = std::make_shared<AgentSync>(options.store, broker, device, tell);
    return [sync] { sync->Step(); };
  };
  auto opened = agent::Agent::Open({.folder = *folder,
                                    .config = *std::move(config),
                                    .updater = *std::move(updater),
                                    .heartbeat = std::chrono::milliseconds(
                                        static_cast<std::int64_t>(1000.0 * options.heartbeat_s)),
                                    .telemetry = TelemetryForHub,
                                    .attach = attach,
                                    .tell = tell});
  if (!opened) return Report(opened.error());
  const StopOnInterrupt stop;
  if (auto status = (*opened)->Run(stop.token()); !status) return Report(status.error());
  return ExitCode::kOk;
}

ExitCode LeaveFleet() {
  const auto folder = AgentFolder();
  if (!folder) return Report(folder.error());
  const auto config = agent::ReadAgentConfig(*folder);
  if (!config && config.error().code == Errc::kNotFound) return Report(config.error());
  if (agent::AgentRuns(*folder))
    return Report({Errc::kInvalidArgument, "an agent runs; end it first, then leave"});
  for (const char* file : {"agent.json", "memory.json", "status.json"}) {
    std::error_code error;
    fs::remove(*folder / file, error);
    if (error) return Report({Errc::kIo, (*folder / file).string() + ": " + error.message()});
  }
  return Show("this device belongs to no fleet any more; its models stay as they are\n");
}

}  // namespace euphone::cli
