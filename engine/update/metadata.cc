#include "update/metadata.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "base/sem_ver.h"
#include "model/text_rules.h"

namespace euphone {
namespace {

constexpr std::int64_t kMost = std::int64_t{1} << 40;
constexpr const char* kSpecVersion = "1.0.31";

constexpr TextRule kInstant = {[](std::string_view text) { return ParseInstant(text).has_value(); },
                               "a time such as 2026-11-28T12:00:00Z"};
constexpr TextRule kAnyText = {[](std::string_view text) { return text.size() <= 300; }, "a text"};

nlohmann::json Head(Role role, std::int64_t version, std::int64_t expires) {
  return {{"_type", RoleName(role)},
          {"spec_version", kSpecVersion},
          {"version", version},
          {"expires", InstantText(expires)}};
}

nlohmann::json ToJson(const FileDigest& file) {
  return {{"length", file.length}, {"hashes", {{"sha256", file.sha256}}}};
}

FileDigest ReadDigest(JsonObject& object) {
  FileDigest file{.length = object.Integer("length", 0, kMost), .sha256 = {}};
  file.sha256 = object.Object("hashes").Text("sha256", kSha256);
  return file;
}

/// What all four documents begin with. Fields that are not known are passed over, as TUF wants it:
/// a document of a later program must not keep an earlier one from updates.
struct Body {
  nlohmann::json json;
  Status status;
  std::int64_t version = 0, expires = 0;

  Body(std::string_view text, Role role) : json(nlohmann::json::parse(text, nullptr, false)) {
    JsonObject reader(json, "", status);
    const std::string type = reader.Text("_type", kAnyText);
    if (type != RoleName(role)) reader.Refuse("_type", std::string("must be ") + RoleName(role));
    const std::string spec = reader.Text("spec_version", kAnyText);
    if (!spec.starts_with("1.")) reader.Refuse("spec_version", "must be 1.…, of TUF");
    version = reader.Integer("version", 1, kMost);
    if (auto at = ParseInstant(reader.Text("expires", kInstant))) expires = *at;
  }
  JsonObject reader() { return {json, "", status}; }
};

/// An object's members, or none where it is something else.
const nlohmann::json& Members(const nlohmann::json& json, const char* key, JsonObject& reader) {
  static const nlohmann::json empty = nlohmann::json::object();
  const auto found = json.find(key);
  if (found != json.end() && found->is_object() && found->size() <= 10000) return *found;
  reader.Refuse(key, "must be an object");
  return empty;
}

Release ReadRelease(const std::string& file_name, const nlohmann::json& json, Status& status) {
  JsonObject target(json, "targets." + file_name.substr(0, 80), status);
  Release release;
  release.bundle = ReadDigest(target);
  JsonObject custom = target.Object("custom");
  release.kind = custom.Text("kind", kName);
  release.name = custom.Text("name", kName);
  release.version = custom.Text("version", kVersion);
  release.language = custom.Text("language", kLanguage);
  release.compatible = custom.Text("compatible", kName);
  release.minimum_runtime = custom.Text("minimum_runtime", kVersion);
  release.hardware = custom.Texts("hardware", 0, 16, kTerm);
  release.memory_mb = custom.Integer("memory_mb", 0, 1 << 20);
  release.licences = custom.Texts("licences", 0, 32, kSpdx);
  custom.Objects("accuracy", 0, 64, [&](JsonObject& entry) {
    Release::Accuracy accuracy;
    accuracy.measure = entry.Text("measure", kLine);
    accuracy.value = entry.Text("value", kAnyText);
    accuracy.unit = entry.Text("unit", kAnyText);
    accuracy.data = entry.Text("data", kLine);
    release.accuracy.push_back(std::move(accuracy));
  });
  JsonObject chunks = custom.Object("chunks");
  release.chunks = ReadDigest(chunks);
  if (!target.failed() && file_name != release.file_name())
    target.Refuse("custom.name", "is another one than the file's");
  return release;
}

}  // namespace

const char* RoleName(Role role) {
  constexpr std::array<const char*, 4> kNames = {"root", "targets", "snapshot", "timestamp"};
  return kNames[static_cast<std::size_t>(role)];
}

Result<Role> RoleFromName(std::string_view name) {
  for (const Role role : kRoles)
    if (name == RoleName(role)) return role;
  return Error{Errc::kInvalidArgument, "'" + std::string(name.substr(0, 40)) +
                                           "' is no role: root, targets, snapshot or timestamp"};
}

const Release* TargetsMetadata::Newest(std::string_view name) const {
  const Release* newest = nullptr;
  for (const Release& release : releases) {
    if (release.name == name &&
        (newest == nullptr || ReadSemVer(release.version) > ReadSemVer(newest->version)))
      newest = &release;
  }
  return newest;
}

const Release* TargetsMetadata::Find(std::string_view name, std::string_view wanted) const {
  const auto found = std::ranges::find_if(releases, [&](const Release& release) {
    return release.name == name && release.version == wanted;
  });
  return found == releases.end() ? nullptr : &*found;
}

nlohmann::json ToJson(const RootMetadata& root) {
  nlohmann::json json = Head(Role::kRoot, root.version, root.expires);
  json["consistent_snapshot"] = true;
  json["keys"] = nlohmann::json::object();
  for (const auto& [id, key] : root.keys)
    json["keys"][id] = {
        {"keytype", "ed25519"}, {"scheme", "ed25519"}, {"keyval", {{"public", key.hex()}}}};
  for (const Role role : kRoles)
    json["roles"][RoleName(role)] = {{"keyids", root.of(role).key_ids},
                                     {"threshold", root.of(role).threshold}};
  return json;
}

nlohmann::json ToJson(const TargetsMetadata& targets) {
  nlohmann::json json = Head(Role::kTargets, targets.version, targets.expires);
  json["targets"] = nlohmann::json::object();
  for (const Release& release : targets.releases) {
    nlohmann::json accuracy = nlohmann::json::array();
    for (const Release::Accuracy& entry : release.accuracy)
      accuracy.push_back({{"measure", entry.measure},
                          {"value", entry.value},
                          {"unit", entry.unit},
                          {"data", entry.data}});
    nlohmann::json target = ToJson(release.bundle);
    target["custom"] = {{"kind", release.kind},
                        {"name", release.name},
                        {"version", release.version},
                        {"language", release.language},
                        {"compatible", release.compatible},
                        {"minimum_runtime", release.minimum_runtime},
                        {"hardware", release.hardware},
                        {"memory_mb", release.memory_mb},
                        {"licences", release.licences},
                        {"accuracy", accuracy},
                        {"chunks", ToJson(release.chunks)}};
    json["targets"][release.file_name()] = std::move(target);
  }
  return json;
}

nlohmann::json ToJson(const PointerMetadata& pointer, Role role) {
  nlohmann::json json = Head(role, pointer.version, pointer.expires);
  nlohmann::json entry = ToJson(pointer.target);
  entry["version"] = pointer.target_version;
  json["meta"][role == Role::kSnapshot ? "targets.json" : "snapshot.json"] = std::move(entry);
  return json;
}

Result<RootMetadata> ParseRoot(std::string_view text) {
  Body body(text, Role::kRoot);
  JsonObject reader = body.reader();
  RootMetadata root{.version = body.version, .expires = body.expires, .keys = {}, .roles = {}};
  for (const auto& [id, value] : Members(body.json, "keys", reader).items()) {
    JsonObject entry(value, "keys." + id.substr(0, 12), body.status);
    if (entry.Text("keytype", kName) != "ed25519") entry.Refuse("keytype", "must be ed25519");
    auto key = PublicKeyFromHex(entry.Object("keyval").Text("public", kAnyText));
    // One key under two ids would count twice.
    if (!key || key->id() != id) entry.Refuse("keyval", "is not the key of this id");
    if (key) root.keys.emplace(id, *key);
  }
  const nlohmann::json& roles = Members(body.json, "roles", reader);
  for (const Role role : kRoles) {
    JsonObject entry = JsonObject(roles, "roles", body.status).Object(RoleName(role));
    RoleKeys& keys = root.of(role);
    keys.key_ids = entry.Texts("keyids", 1, 32, kSha256);
    keys.threshold = static_cast<int>(entry.Integer("threshold", 1, 32));
    for (const std::string& id : keys.key_ids)
      if (!root.keys.contains(id)) entry.Refuse("keyids", "names a key that is not there");
    if (std::cmp_less(keys.key_ids.size(), keys.threshold))
      entry.Refuse("threshold", "asks for more keys than there are");
  }
  if (!body.status) return body.status.error();
  return root;
}

Result<TargetsMetadata> ParseTargets(std::string_view text) {
  Body body(text, Role::kTargets);
  JsonObject reader = body.reader();
  TargetsMetadata targets{.version = body.version, .expires = body.expires, .releases = {}};
  for (const auto& [file_name, value] : Members(body.json, "targets", reader).items())
    targets.releases.push_back(ReadRelease(file_name, value, body.status));
  if (!body.status) return body.status.error();
  return targets;
}

Result<PointerMetadata> ParsePointer(std::string_view text, Role role) {
  Body body(text, role);
  PointerMetadata pointer{
      .version = body.version, .expires = body.expires, .target_version = 0, .target = {}};
  JsonObject entry = body.reader().Object("meta").Object(role == Role::kSnapshot ? "targets.json"
                                                                                 : "snapshot.json");
  pointer.target_version = entry.Integer("version", 1, kMost);
  pointer.target = ReadDigest(entry);
  if (!body.status) return body.status.error();
  return pointer;
}

Status CheckSignatures(const SignedDocument& document, const RootMetadata& root, Role role) {
  std::set<std::string> good;
  for (const std::string& id : root.of(role).key_ids) {
    const auto key = root.keys.find(id);
    if (key == root.keys.end()) continue;
    for (const Signature& signature : document.signatures) {
      if (signature.key_id == id && Verifies(key->second, document.body, signature.hex))
        good.insert(id);
    }
  }
  const int needed = root.of(role).threshold;
  if (std::cmp_greater_equal(good.size(), needed)) return {};
  return Error{Errc::kCorrupt, std::string("is not signed by enough keys of the role ") +
                                   RoleName(role) + ": " + std::to_string(good.size()) + " of " +
                                   std::to_string(needed)};
}

std::string InstantText(std::int64_t seconds) {
  using namespace std::chrono;  // NOLINT: calendar only
  const sys_seconds at{std::chrono::seconds(seconds)};
  const auto day = floor<days>(at);
  const year_month_day date(day);
  const hh_mm_ss time(at - day);
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()));
  return text;
}

Result<std::int64_t> ParseInstant(std::string_view text) {
  using namespace std::chrono;  // NOLINT: calendar only
  constexpr std::string_view kForm = "0000-00-00T00:00:00Z";
  bool fits = text.size() == kForm.size();
  for (std::size_t i = 0; fits && i < kForm.size(); ++i)
    fits = kForm[i] == '0' ? text[i] >= '0' && text[i] <= '9' : text[i] == kForm[i];
  const auto number = [&](std::size_t from, std::size_t count) {
    int value = 0;
    std::from_chars(text.data() + from, text.data() + from + count, value);
    return value;
  };
  if (fits) {
    const year_month_day date(year(number(0, 4)), month(static_cast<unsigned>(number(5, 2))),
                              day(static_cast<unsigned>(number(8, 2))));
    if (date.ok() && number(11, 2) < 24 && number(14, 2) < 60 && number(17, 2) < 60) {
      return sys_days(date).time_since_epoch().count() * std::int64_t{86400} +
             number(11, 2) * 3600 + number(14, 2) * 60 + number(17, 2);
    }
  }
  return Error{Errc::kCorrupt,
               "'" + std::string(text.substr(0, 40)) + "' is no time such as 2026-11-28T12:00:00Z"};
}

}  // namespace euphone
