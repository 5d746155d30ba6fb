#include "hub/admissions.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/private_file.h"
#include "fleet/wire.h"
#include "hub/bcrypt.h"
#include "model/digest.h"
#include "store/secrets.h"

namespace euphone::hub {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t kMostBytes = 64 << 20;

std::string Quoted(const std::string& text) { return json(text).dump(); }

/// What a client of a bucket asks JetStream for: what it is, a value, and changes as they come.
std::string BucketReads(std::string_view bucket, const std::string& keys) {
  return fmt::format(
      "\"$JS.API.STREAM.INFO.KV_{0}\", \"$JS.API.DIRECT.GET.KV_{0}.$KV.{0}.{1}\", "
      "\"$JS.API.STREAM.MSG.GET.KV_{0}\", \"$JS.API.CONSUMER.CREATE.KV_{0}\", "
      "\"$JS.API.CONSUMER.CREATE.KV_{0}.>\", \"$JS.API.CONSUMER.INFO.KV_{0}.*\", "
      "\"$JS.API.CONSUMER.DELETE.KV_{0}.*\", \"$JS.FC.KV_{0}.>\", \"$JS.ACK.KV_{0}.>\", ",
      bucket, keys);
}

std::string DeviceLineOf(const std::string& name, const std::string& hash) {
  return fmt::format(
      "  {{ user: {0}, password: {1}, permissions: {{\n"
      "    publish: [{2}{3}\"$JS.API.STREAM.NAMES\", {4}, {5}]\n    subscribe: [{6}, {7}] }} }}\n",
      Quoted(name), Quoted(hash), BucketReads(fleet::kOrdersBucket, name),
      BucketReads(fleet::kRepositoryBucket, ">"), Quoted(fleet::UpSubject(name)),
      Quoted(fleet::AskSubject(name, "*")), Quoted(fleet::DownSubject(name)),
      Quoted(InboxOf(name) + ".>"));
}

std::string UserLineOf(const std::string& name, const std::string& hash) {
  return fmt::format(
      "  {{ user: {0}, password: {1}, permissions: {{ publish: [\"euphone.admin\"], subscribe: "
      "[{2}] }} }}\n",
      Quoted(NatsUser(name)), Quoted(hash), Quoted(InboxOf(NatsUser(name)) + ".>"));
}

/// Secrets that an earlier version has written become their hashes: `changed`.
Status ReadHashes(const json& document, const char* key, std::map<std::string, std::string>& into,
                  bool& changed) {
  const auto found = document.find(key);
  if (found == document.end() || !found->is_object()) return {};
  for (const auto& [name, kept] : found->items()) {
    if (!kept.is_string()) continue;
    std::string& hash = into[name] = kept.get<std::string>();
    if (IsBcrypt(hash)) continue;
    auto made = Bcrypt(hash);
    if (!made) return made.error();
    hash = *std::move(made);
    changed = true;
  }
  return {};
}

}  // namespace

std::string NatsPassword(const std::string& token) {
  const std::string text = "euphone hub, NATS\n" + token;
  return Sha256Hex(std::as_bytes(std::span(text.data(), text.size()))).substr(0, 32);
}

std::string NatsUser(const std::string& user) { return "user." + user; }
std::string InboxOf(const std::string& nats_user) { return "_INBOX." + nats_user; }
std::string RandomSecret() { return ToHex(RandomKey()).substr(0, 32); }

Result<Admissions> Admissions::Open(const fs::path& folder) {
  Admissions admissions(folder);
  const auto text = ReadFile(folder / "admissions.json", kMostBytes);
  if (!text && text.error().code != Errc::kNotFound) return text.error();
  if (!text) {
    admissions.hub_ = RandomSecret();
    if (Status saved = admissions.Save(); !saved) return saved.error();
    return admissions;
  }
  const json document = json::parse(*text, nullptr, false);
  if (!document.is_object() || !document.contains("hub") || !document["hub"].is_string())
    return Error{Errc::kCorrupt, (folder / "admissions.json").string() + ": it is damaged"};
  admissions.hub_ = document["hub"].get<std::string>();
  bool changed = false;
  if (Status read = ReadHashes(document, "devices", admissions.devices_, changed); !read)
    return read.error();
  if (Status read = ReadHashes(document, "users", admissions.users_, changed); !read)
    return read.error();
  if (changed)
    if (Status saved = admissions.Save(); !saved) return saved.error();
  return admissions;
}

Status Admissions::Save() const {
  const json document = {{"hub", hub_}, {"devices", devices_}, {"users", users_}};
  return WritePrivateFile(folder_ / "admissions.json", document.dump(1) + "\n");
}

Result<std::string> Admissions::Invite(const std::string& device) {
  const std::string secret = RandomSecret();
  auto hash = Bcrypt(secret);
  if (!hash) return hash.error();
  devices_[device] = *std::move(hash);
  if (Status saved = Save(); !saved) return saved.error();
  return secret;
}

Status Admissions::Revoke(const std::string& device) {
  if (devices_.erase(device) == 0)
    return Error{Errc::kNotFound, "no device " + device + " was invited"};
  return Save();
}

Status Admissions::SetUser(const std::string& user, const std::string& password) {
  auto hash = Bcrypt(password);
  if (!hash) return hash.error();
  users_[user] = *std::move(hash);
  return Save();
}

Status Admissions::RemoveUser(const std::string& user) {
  users_.erase(user);
  return Save();
}

Status Admissions::WriteConfig() const {
  std::string config =
      "# Written by euphone; written anew at each change.\nauthorization { users: [\n";
  config += fmt::format("  {{ user: \"hub.self\", password: {} }}\n", Quoted(hub_));
  for (const auto& [name, hash] : users_) config += UserLineOf(name, hash);
  for (const auto& [name, hash] : devices_) config += DeviceLineOf(name, hash);
  return WritePrivateFile(this->config(), config + "] }\n");
}

}  // namespace euphone::hub
