#include "agent/agent_memory.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/private_file.h"
#include "rollout/strict_object.h"

namespace euphone::agent {
namespace {

constexpr std::size_t kMostMemoryBytes = 4 << 20, kMostName = 64, kMostReason = 1000,
                      kMostOffers = 256;
constexpr const char* kMemoryFile = "memory.json";

nlohmann::ordered_json ToJson(const OfferStanding& standing) {
  return {{"stage", kStageNames[static_cast<std::size_t>(standing.stage)]},
          {"reason", standing.reason}};
}

OfferStanding ReadStanding(StrictObject& object) {
  OfferStanding standing;
  std::string stage;
  object.Require("stage");
  object.Text("stage", stage, kMostName);
  const auto found = std::ranges::find(kStageNames, stage);
  if (found == kStageNames.end())
    object.Refuse("stage", "is none");
  else
    standing.stage = static_cast<DeviceStage>(found - kStageNames.begin());
  object.Text("reason", standing.reason, kMostReason, true);
  object.RefuseOthers();
  return standing;
}

void ReadKnownOffer(StrictObject& object, KnownOffer& known) {
  object.Text("rollout", known.offer.rollout, kMostName);
  std::int64_t attempt = 1;
  object.Integer("attempt", attempt, 1, 1'000'000);
  known.offer.attempt = static_cast<int>(attempt);
  object.Text("bundle", known.offer.bundle, kMostName);
  object.Require("version");
  object.Version("version", known.offer.version);
  object.Text("release", known.release, kMostName, true);
  object.Object("standing",
                [&known](StrictObject& entry) { known.standing = ReadStanding(entry); });
  object.Objects("untold", 0, kMostOffers,
                 [&known](StrictObject& entry) { known.untold.push_back(ReadStanding(entry)); });
  object.Flag("recalled", known.recalled);
  object.RefuseOthers();
}

}  // namespace

bool KnownOffer::Is(const fleet::Offer& other) const {
  return offer.rollout == other.rollout && offer.attempt == other.attempt &&
         offer.bundle == other.bundle && offer.version == other.version;
}

std::string ToText(const AgentMemory& memory) {
  nlohmann::ordered_json document = {{"format", 1}, {"events_told", memory.events_told}};
  document["offers"] = nlohmann::ordered_json::array();
  for (const KnownOffer& known : memory.offers) {
    auto untold = nlohmann::ordered_json::array();
    for (const OfferStanding& standing : known.untold) untold.push_back(ToJson(standing));
    document["offers"].push_back({{"rollout", known.offer.rollout},
                                  {"attempt", known.offer.attempt},
                                  {"bundle", known.offer.bundle},
                                  {"version", known.offer.version.Text()},
                                  {"release", known.release},
                                  {"standing", ToJson(known.standing)},
                                  {"untold", std::move(untold)},
                                  {"recalled", known.recalled}});
  }
  return document.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

Result<AgentMemory> ParseAgentMemory(std::string_view text) {
  const auto document = ParseObject(text);
  if (!document) return document.error();
  AgentMemory memory;
  Status status;
  StrictObject object(*document, "", status);
  std::int64_t format = 0;
  object.Require("format");
  object.Integer("format", format, 1, 1);
  object.Integer("events_told", memory.events_told, 0, std::int64_t{1} << 50);
  object.Objects("offers", 0, kMostOffers, [&memory](StrictObject& entry) {
    ReadKnownOffer(entry, memory.offers.emplace_back());
  });
  object.RefuseOthers();
  if (!status) return status.error();
  return memory;
}

AgentMemory ReadAgentMemory(const std::filesystem::path& folder) {
  const auto text = ReadFile(folder / kMemoryFile, kMostMemoryBytes);
  auto memory = ParseAgentMemory(text ? *text : std::string());
  return memory ? *std::move(memory) : AgentMemory();
}

Status WriteAgentMemory(const std::filesystem::path& folder, const AgentMemory& memory) {
  return WritePrivateFile(folder / kMemoryFile, ToText(memory));
}

}  // namespace euphone::agent
