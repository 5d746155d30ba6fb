#include <algorithm>
#include <nlohmann/json.hpp>

#include "hub/hub_desk.h"
#include "rollout/strict_object.h"
#include "store/secrets.h"

namespace euphone::hub {
namespace {

using nlohmann::json;

constexpr std::size_t kMostPath = 256;

/// One of a repository, and nothing else.
bool IsRepositoryPath(std::string_view path) {
  return (path.starts_with("metadata/") || path.starts_with("chunks/")) &&
         path.find("..") == std::string_view::npos && !path.ends_with('.') &&
         !path.ends_with('/') && std::ranges::all_of(path, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  c == '-' || c == '_' || c == '.' || c == '/';
         });
}

json WaveJson(const Rollout& rollout, std::size_t index) {
  const WaveTally& tally = rollout.waves()[index];
  json wave = {{"size", tally.size},
               {"started", static_cast<int>(index) < rollout.wave()},
               {"errors", tally.errors(rollout.plan().lost)},
               {"stages", json::object()}};
  for (std::size_t stage = 0; stage < kStageNames.size(); ++stage)
    wave["stages"][std::string(kStageNames[stage])] = tally.by_stage[stage];
  return wave;
}

json RolloutJson(const RolloutDesk::Run& run) {
  const Rollout& rollout = run.rollout;
  std::size_t succeeded = 0, errors = 0;
  for (const WaveTally& tally : rollout.waves()) {
    succeeded += tally.Of(DeviceStage::kSucceeded);
    errors += tally.errors(rollout.plan().lost);
  }
  return {{"rollout", run.kept.id},
          {"bundle", rollout.plan().bundle},
          {"version", rollout.plan().version.Text()},
          {"state", kRolloutStateNames[static_cast<std::size_t>(rollout.state())]},
          {"reason", rollout.reason()},
          {"settled", rollout.settled()},
          {"submitted_by", run.kept.submitted_by},
          {"at", run.kept.at},
          {"wave", rollout.wave()},
          {"waves", rollout.waves().size()},
          {"devices", rollout.devices().size()},
          {"in_flight", rollout.in_flight()},
          {"succeeded", succeeded},
          {"errors", errors}};
}

}  // namespace

Result<nlohmann::json> HubDesk::SubmitRollout(const Call& call) {
  const auto plan = call.arguments.find("plan");
  if (plan == call.arguments.end() || !plan->is_object() || call.arguments.size() != 1)
    return Error{Errc::kInvalidArgument, "plan: give a rollout (euphone.rollout/1), and no more"};
  const std::string text = plan->dump(-1, ' ', false, json::error_handler_t::replace);
  if (Status submitted = rollouts_.Submit(text, call.who.name, call.now); !submitted)
    return submitted.error();
  json reply = RolloutJson(*rollouts_.runs().back());
  reply["schema"] = "euphone.hub.rollout/1";
  return reply;
}

namespace {

/// What an operator says of a rollout.
Result<std::pair<std::string, RolloutEvent>> Word(const json& arguments, RolloutEventKind kind,
                                                  std::int64_t now) {
  std::pair<std::string, RolloutEvent> word;
  word.second = {.kind = kind, .at = now};
  std::int64_t wave = 0;
  Status status;
  StrictObject object(arguments, "", status);
  object.Require("rollout");
  object.Text("rollout", word.first, 128);
  if (kind == RolloutEventKind::kApproved) {
    object.Require("wave");
    object.Integer("wave", wave, 1, static_cast<std::int64_t>(kMostWaves));
  }
  if (kind == RolloutEventKind::kAborted) object.Text("reason", word.second.reason, 200, true);
  object.RefuseOthers();
  if (!status) return status.error();
  word.second.wave = static_cast<int>(wave);
  return word;
}

json DoneJson() { return {{"schema", "euphone.hub.done/1"}}; }

Result<json> Said(RolloutDesk& rollouts, const json& arguments, RolloutEventKind kind,
                  std::int64_t now) {
  const auto word = Word(arguments, kind, now);
  if (!word) return word.error();
  if (Status told = rollouts.Tell(word->first, word->second); !told) return told.error();
  return DoneJson();
}

}  // namespace

Result<nlohmann::json> HubDesk::ApproveRollout(const Call& call) {
  return Said(rollouts_, call.arguments, RolloutEventKind::kApproved, call.now);
}
Result<nlohmann::json> HubDesk::PauseRollout(const Call& call) {
  return Said(rollouts_, call.arguments, RolloutEventKind::kPaused, call.now);
}
Result<nlohmann::json> HubDesk::ResumeRollout(const Call& call) {
  return Said(rollouts_, call.arguments, RolloutEventKind::kResumed, call.now);
}
Result<nlohmann::json> HubDesk::AbortRollout(const Call& call) {
  return Said(rollouts_, call.arguments, RolloutEventKind::kAborted, call.now);
}

Result<nlohmann::json> HubDesk::ListRollouts(const Call& call) {
  Status status;
  StrictObject(call.arguments, "", status).RefuseOthers();
  if (!status) return status.error();
  json reply = {{"schema", "euphone.hub.rollouts/1"}, {"rollouts", json::array()}};
  for (const auto& run : rollouts_.runs()) reply["rollouts"].push_back(RolloutJson(*run));
  return reply;
}

Result<nlohmann::json> HubDesk::ShowRollout(const Call& call) {
  std::string id, stage, after;
  bool devices = false;
  std::int64_t most = 1000;
  Status status;
  StrictObject object(call.arguments, "", status);
  object.Require("rollout");
  object.Text("rollout", id, 128);
  object.Flag("devices", devices);
  object.Text("stage", stage, 32, true);
  object.Text("after", after, 64, true);
  object.Integer("most", most, 1, 5000);
  object.RefuseOthers();
  if (!status) return status.error();
  const RolloutDesk::Run* run = std::as_const(rollouts_).Find(id);
  if (run == nullptr) return Error{Errc::kNotFound, "there is no rollout " + id};
  json reply = RolloutJson(*run);
  reply["schema"] = "euphone.hub.rollout/1";
  reply["plan"] = json::parse(run->kept.plan, nullptr, false);
  reply["in_waves"] = json::array();
  for (std::size_t i = 0; i < run->rollout.waves().size(); ++i)
    reply["in_waves"].push_back(WaveJson(run->rollout, i));
  if (!devices) return reply;
  std::vector<const RolloutDevice*> shown;
  for (const RolloutDevice& device : run->rollout.devices())
    if (device.id > after &&
        (stage.empty() || kStageNames[static_cast<std::size_t>(device.stage)] == stage))
      shown.push_back(&device);
  std::ranges::sort(shown, {}, &RolloutDevice::id);
  reply["more"] = std::ssize(shown) > most;
  shown.resize(std::min(shown.size(), static_cast<std::size_t>(most)));
  reply["of_devices"] = json::array();
  for (const RolloutDevice* device : shown)
    reply["of_devices"].push_back({{"device", device->id},
                                   {"wave", device->wave},
                                   {"stage", kStageNames[static_cast<std::size_t>(device->stage)]},
                                   {"attempt", device->attempt},
                                   {"reason", device->reason}});
  return reply;
}

Result<nlohmann::json> HubDesk::ListFiles(const Call& call) {
  Status status;
  StrictObject(call.arguments, "", status).RefuseOthers();
  if (!status) return status.error();
  const auto files = outlets_.files();
  if (!files) return files.error();
  return json{{"schema", "euphone.hub.repository/1"}, {"files", *files}};
}

Result<nlohmann::json> HubDesk::PutFile(const Call& call) {
  std::string path, data;
  Status status;
  StrictObject object(call.arguments, "", status);
  object.Require("path");
  object.Text("path", path, kMostPath);
  object.Require("data");
  object.Text("data", data, std::size_t{8} << 20);
  if (status && !IsRepositoryPath(path))
    object.Refuse("path", "must be one of a repository: metadata/… or chunks/…");
  object.RefuseOthers();
  if (!status) return status.error();
  const auto content = FromBase64(data);
  if (!content) return Error{Errc::kInvalidArgument, "data: must be base64"};
  if (Status kept = outlets_.put(path, *content); !kept) return kept.error();
  return DoneJson();
}

}  // namespace euphone::hub
