#include "updates/ddi_json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <ctime>
#include <nlohmann/json.hpp>

namespace euphone::updates {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kMostSleep = 86400, kLeastSleep = 1;
constexpr std::size_t kMostText = 500;  // hawkBit keeps 512 characters of a message.

Error Bad(const std::string& why) {
  return {Errc::kCorrupt, "what came is no answer of hawkBit's DDI: " + why};
}

const Json* Member(const Json& json, std::string_view name) {
  if (!json.is_object()) return nullptr;
  const auto found = json.find(name);
  return found == json.end() ? nullptr : &*found;
}

std::string Text(const Json& json, std::string_view name) {
  const Json* const member = Member(json, name);
  return member != nullptr && member->is_string() ? member->get<std::string>() : std::string();
}

std::string Link(const Json& json, std::string_view name) {
  const Json* const links = Member(json, "_links");
  const Json* const link = links == nullptr ? nullptr : Member(*links, name);
  return link == nullptr ? std::string() : Text(*link, "href");
}

/// An id, which some versions send as a number.
std::string Id(const Json& json, std::string_view name) {
  const Json* const member = Member(json, name);
  if (member != nullptr && member->is_number_integer())
    return std::to_string(member->get<std::int64_t>());
  return Text(json, name);
}

/// "00:05:00"
std::optional<std::chrono::seconds> Sleep(std::string_view text) {
  int seconds = 0;
  for (int part = 0; part < 3; ++part) {
    int value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc() || value < 0 || value > 100'000) return std::nullopt;
    seconds = std::min(seconds * 60 + value, 400'000'000 / 60);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (part < 2 && !text.starts_with(':')) return std::nullopt;
    if (part < 2) text.remove_prefix(1);
  }
  if (!text.empty()) return std::nullopt;
  return std::chrono::seconds(std::clamp(seconds, kLeastSleep, kMostSleep));
}

DdiHandling Handling(const Json& json, std::string_view name) {
  const std::string text = Text(json, name);
  return text == "skip"     ? DdiHandling::kSkip
         : text == "forced" ? DdiHandling::kForced
                            : DdiHandling::kAttempt;
}

Result<DdiModule> ParseModule(const Json& json) {
  DdiModule module{.name = Text(json, "name"), .version = Text(json, "version"), .artifacts = {}};
  if (module.name.empty() || module.version.empty()) return Bad("a chunk without name or version");
  const Json* const artifacts = Member(json, "artifacts");
  if (artifacts == nullptr) return module;
  for (const Json& artifact : *artifacts) {
    DdiArtifact file{.name = Text(artifact, "filename"), .size = -1, .sha256 = {}, .urls = {}};
    if (const Json* size = Member(artifact, "size"); size != nullptr && size->is_number_integer())
      file.size = size->get<std::int64_t>();
    if (const Json* hashes = Member(artifact, "hashes")) file.sha256 = Text(*hashes, "sha256");
    for (const char* name : {"download", "download-http"})
      if (std::string url = Link(artifact, name); !url.empty()) file.urls.push_back(std::move(url));
    if (file.name.empty() || file.size < 0 || file.urls.empty())
      return Bad("an artifact of " + module.name + " without a name, a size or a link");
    module.artifacts.push_back(std::move(file));
  }
  return module;
}

std::string Shown(const std::string& text) {
  return Json(text.substr(0, kMostText)).dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

Result<DdiPoll> ParsePoll(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  const Json* const config = Member(json, "config");
  const Json* const polling = config == nullptr ? nullptr : Member(*config, "polling");
  const auto sleep = polling == nullptr ? std::nullopt : Sleep(Text(*polling, "sleep"));
  if (!sleep) return Bad("there is no config.polling.sleep such as 00:05:00");
  return DdiPoll{.sleep = *sleep,
                 .deployment = Link(json, "deploymentBase"),
                 .cancel = Link(json, "cancelAction"),
                 .attributes = Link(json, "configData"),
                 .confirmation = Link(json, "confirmationBase")};
}

Result<DdiDeployment> ParseDeployment(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  DdiDeployment deployment;
  deployment.id = Id(json, "id");
  const Json* const inner = Member(json, "deployment");
  const Json* const chunks = inner == nullptr ? nullptr : Member(*inner, "chunks");
  if (deployment.id.empty() || chunks == nullptr || !chunks->is_array() || chunks->empty())
    return Bad("a deployment without id or chunks");
  deployment.download = Handling(*inner, "download");
  deployment.update = Handling(*inner, "update");
  for (const Json& chunk : *chunks) {
    auto module = ParseModule(chunk);
    if (!module) return module.error();
    deployment.modules.push_back(*std::move(module));
  }
  return deployment;
}

Result<std::string> ParseCancel(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  const Json* const action = Member(json, "cancelAction");
  std::string id = action == nullptr ? std::string() : Id(*action, "stopId");
  if (id.empty()) return Bad("a cancellation without cancelAction.stopId");
  return id;
}

std::string ToJson(const DdiFeedback& feedback, const std::string& action, std::int64_t now) {
  const std::time_t seconds = now;
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  std::array<char, 32> time{};
  const std::size_t length = std::strftime(time.data(), time.size(), "%Y%m%dT%H%M%S", &parts);
  Json result = {{"finished", feedback.finished}};
  if (feedback.of > 0) result["progress"] = {{"cnt", feedback.count}, {"of", feedback.of}};
  Json details = Json::array();
  for (const std::string& detail : feedback.details) details.push_back(Json::parse(Shown(detail)));
  return Json({{"id", action},
               {"time", std::string(time.data(), length)},
               {"status",
                {{"execution", feedback.execution},
                 {"result", std::move(result)},
                 {"details", std::move(details)}}}})
      .dump();
}

std::string AttributesJson(const std::map<std::string, std::string>& attributes) {
  return Json({{"mode", "merge"}, {"data", attributes}}).dump();
}

}  // namespace euphone::updates
