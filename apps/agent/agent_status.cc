#include "agent/agent_status.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>

#include "base/file.h"
#include "base/file_lock.h"
#include "rollout/strict_object.h"

namespace euphone::agent {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostStatusBytes = 1 << 20, kMostStatusText = 4096;
constexpr const char* kStatusFile = "status.json";

void ReadStatusOffer(StrictObject& object, KnownOffer& known) {
  object.Text("rollout", known.offer.rollout, kMostStatusText);
  std::int64_t attempt = 1;
  object.Integer("attempt", attempt, 1, 1'000'000);
  known.offer.attempt = static_cast<int>(attempt);
  object.Text("bundle", known.offer.bundle, kMostStatusText);
  object.Require("version");
  object.Version("version", known.offer.version);
  std::string stage;
  object.Text("stage", stage, kMostStatusText);
  const auto found = std::ranges::find(kStageNames, stage);
  if (found != kStageNames.end())
    known.standing.stage = static_cast<DeviceStage>(found - kStageNames.begin());
  object.Text("reason", known.standing.reason, kMostStatusText, true);
  object.Text("waits", known.waits, kMostStatusText, true);
  object.Integer("done_bytes", known.done_bytes, 0, std::int64_t{1} << 50);
  object.Integer("all_bytes", known.all_bytes, 0, std::int64_t{1} << 50);
}

}  // namespace

std::string ToText(const AgentStatus& status) {
  nlohmann::ordered_json document = {{"device", status.device},
                                     {"hub", status.hub},
                                     {"connected", status.connected},
                                     {"last_heartbeat", status.last_heartbeat},
                                     {"offers", nlohmann::ordered_json::array()}};
  for (const KnownOffer& known : status.offers) {
    document["offers"].push_back(
        {{"rollout", known.offer.rollout},
         {"attempt", known.offer.attempt},
         {"bundle", known.offer.bundle},
         {"version", known.offer.version.Text()},
         {"stage", kStageNames[static_cast<std::size_t>(known.standing.stage)]},
         {"reason", known.standing.reason},
         {"waits", known.waits},
         {"done_bytes", known.done_bytes},
         {"all_bytes", known.all_bytes}});
  }
  return document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

Result<AgentStatus> ParseAgentStatus(std::string_view text) {
  const auto document = ParseObject(text);
  if (!document) return document.error();
  AgentStatus agent;
  Status status;
  StrictObject object(*document, "", status);
  object.Text("device", agent.device, kMostStatusText);
  object.Text("hub", agent.hub, kMostStatusText);
  object.Flag("connected", agent.connected);
  object.Integer("last_heartbeat", agent.last_heartbeat, 0, std::int64_t{1} << 50);
  object.Objects("offers", 0, 256, [&agent](StrictObject& entry) {
    ReadStatusOffer(entry, agent.offers.emplace_back());
  });
  if (!status) return status.error();
  return agent;
}

void WriteAgentStatus(const fs::path& folder, const std::string& text) {
  const fs::path temporary = folder / "status.json~";
  {
    std::ofstream file(temporary, std::ios::binary | std::ios::trunc);
    if (!(file << text).flush()) return;
  }
  std::error_code ignored;
  fs::rename(temporary, folder / kStatusFile, ignored);
}

Result<AgentStatus> ReadAgentStatus(const fs::path& folder) {
  const auto text = ReadFile(folder / kStatusFile, kMostStatusBytes);
  if (!text) return text.error();
  auto status = ParseAgentStatus(*text);
  if (status && !AgentRuns(folder)) status->connected = false;
  return status;
}

bool AgentRuns(const fs::path& folder) {
  std::error_code ignored;
  if (!fs::exists(folder / "agent.lock", ignored)) return false;
  return !FileLock::Take(folder / "agent.lock", FileLock::Kind::kShared, FileLock::Patience::kNone);
}

}  // namespace euphone::agent
