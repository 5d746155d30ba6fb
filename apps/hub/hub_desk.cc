#include "hub/hub_desk.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "hub/admissions.h"
#include "model/digest.h"
#include "rollout/strict_object.h"

namespace euphone::hub {
namespace {

using nlohmann::json;

constexpr unsigned Bit(Role role) { return 1u << static_cast<unsigned>(role); }
constexpr unsigned kAdminOnly = Bit(Role::kAdmin), kOperators = kAdminOnly | Bit(Role::kOperator),
                   kSigners = kAdminOnly | Bit(Role::kSigner), kStaff = kOperators | kSigners,
                   kAll = kStaff | Bit(Role::kViewer);

/// What the audit keeps of arguments: not a whole file.
std::string ForAudit(json arguments) {
  if (arguments.contains("data") && arguments["data"].is_string())
    arguments["data"] = std::to_string(arguments["data"].get<std::string>().size()) + " bytes";
  return arguments.dump(-1, ' ', true, json::error_handler_t::replace);
}

/// Pieces of bundles are named by their content and mean nothing alone: metadata is what publishes.
bool IsPiece(std::string_view verb, const json& arguments) {
  const auto path = arguments.find("path");
  return verb == "repository.put" && path != arguments.end() && path->is_string() &&
         path->get<std::string>().starts_with("chunks/");
}

std::string TokenDigest(const std::string& token) {
  return Sha256Hex(std::as_bytes(std::span(token.data(), token.size())));
}

}  // namespace

const std::vector<HubDesk::Verb>& HubDesk::Verbs() {
  static const std::vector<Verb> verbs = {
      {"hub.status", kAll, false, &HubDesk::Status_},
      {"hub.metrics", kAll, false, &HubDesk::Metrics},
      {"hub.whoami", kAll, false, &HubDesk::WhoAmI},
      {"devices.list", kAll, false, &HubDesk::ListDevices},
      {"devices.show", kAll, false, &HubDesk::ShowDevice},
      {"devices.records", kOperators, false, &HubDesk::ListRecords},
      {"devices.tag", kOperators, true, &HubDesk::Tag},
      {"devices.group", kOperators, true, &HubDesk::Group},
      {"devices.forget", kOperators, true, &HubDesk::Forget},
      {"devices.invite", kOperators, true, &HubDesk::Invite},
      {"devices.revoke", kOperators, true, &HubDesk::Revoke},
      {"rollouts.submit", kOperators, true, &HubDesk::SubmitRollout},
      {"rollouts.approve", kOperators, true, &HubDesk::ApproveRollout},
      {"rollouts.pause", kOperators, true, &HubDesk::PauseRollout},
      {"rollouts.resume", kOperators, true, &HubDesk::ResumeRollout},
      {"rollouts.abort", kOperators, true, &HubDesk::AbortRollout},
      {"rollouts.list", kAll, false, &HubDesk::ListRollouts},
      {"rollouts.show", kAll, false, &HubDesk::ShowRollout},
      {"classes.list", kOperators, false, &HubDesk::ListClasses},
      {"classes.put", kOperators, true, &HubDesk::PutMember},
      {"classes.remove", kOperators, true, &HubDesk::RemoveMember},
      {"audit.list", kStaff, false, &HubDesk::ListAudit},
      {"aside.list", kOperators, false, &HubDesk::ListAside},
      {"users.add", kAdminOnly, true, &HubDesk::AddUser},
      {"users.remove", kAdminOnly, true, &HubDesk::RemoveUser},
      {"users.list", kAdminOnly, false, &HubDesk::ListUsers},
      {"repository.list", kStaff, false, &HubDesk::ListFiles},
      {"repository.put", kSigners, true, &HubDesk::PutFile},
  };
  return verbs;
}

const HubDesk::Verb* HubDesk::Find(const std::string& verb) {
  const auto found =
      std::ranges::find_if(Verbs(), [&](const Verb& one) { return one.name == verb; });
  return found == Verbs().end() ? nullptr : &*found;
}

bool HubDesk::Knows(const std::string& verb) { return Find(verb) != nullptr; }

bool HubDesk::Allows(const std::string& verb, Role role) {
  const Verb* found = Find(verb);
  return found != nullptr && (found->roles & Bit(role)) != 0;
}

Result<Principal> HubDesk::Admit(const std::string& token) {
  const auto user = desk_.Find(token.substr(0, token.find('.')));
  if (!user) return user.error();
  if (!*user || token.find('.') == std::string::npos || (*user)->token_digest != TokenDigest(token))
    return Error{Errc::kInvalidArgument, "this token is not known here"};
  return Principal{.name = (*user)->name, .role = (*user)->role};
}

Result<std::string> HubDesk::SetUser(const std::string& name, Role role, std::int64_t now) {
  const std::string token = name + "." + RandomSecret();
  if (Status set = desk_.SetUser(
          {.name = name, .role = role, .token_digest = TokenDigest(token), .at = now});
      !set)
    return set.error();
  if (outlets_.user)
    if (Status told = outlets_.user(name, token); !told) return told.error();
  return token;
}

Result<std::string> HubDesk::Handle(const std::string& verb, const std::string& arguments,
                                    const Principal& who, std::int64_t now) {
  const Verb* found = Find(verb);
  if (found == nullptr)
    return Error{Errc::kUnsupported, "this hub does not know how to '" + verb + "'"};
  const auto parsed = ParseObject(arguments.empty() ? "{}" : arguments);
  if (!parsed) return Prefixed(verb, parsed.error());
  const auto reply = Do(*found, {.arguments = *parsed, .who = who, .now = now});
  if (!reply) return reply.error();
  return reply->dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<nlohmann::json> HubDesk::Do(const Verb& verb, const Call& call) {
  const bool allowed = (verb.roles & Bit(call.who.role)) != 0;
  if (allowed && (!verb.changes || IsPiece(verb.name, call.arguments)))
    return (this->*verb.method)(call);
  AuditLine line{.at = call.now,
                 .who = call.who.name,
                 .verb = verb.name,
                 .what = ForAudit(call.arguments),
                 .outcome = "done"};
  Result<json> reply =
      Error{Errc::kInvalidArgument,
            "the role of a " + std::string(NameOf(call.who.role)) + " does not allow " + verb.name};
  if (allowed) {
    const Status kept = database_.InTransaction([&]() -> Status {
      reply = (this->*verb.method)(call);
      if (!reply) return reply.error();
      return desk_.AddAudit(line);
    });
    if (kept) return reply;
    if (reply) reply = kept.error();
    if (kept.error().code == Errc::kIo || kept.error().code == Errc::kInternal) {
      rollouts_.Doubt();
      doubtful_ = true;
    }
  }
  line.outcome = "refused: " + reply.error().message;
  if (Status noted = desk_.AddAudit(line); !noted) return noted.error();
  return reply;
}

Result<nlohmann::json> HubDesk::WhoAmI(const Call& call) {
  Status status;
  StrictObject(call.arguments, "", status).RefuseOthers();
  if (!status) return status.error();
  json reply = {{"schema", "euphone.hub.whoami/1"},
                {"name", call.who.name},
                {"role", NameOf(call.who.role)},
                {"may", json::array()}};
  for (const Verb& verb : Verbs())
    if (Allows(verb.name, call.who.role)) reply["may"].push_back(verb.name);
  return reply;
}

Result<nlohmann::json> HubDesk::ListAudit(const Call& call) {
  std::int64_t after = 0, most = 200, count = 0;
  bool check = false;
  Status status;
  StrictObject object(call.arguments, "", status);
  object.Integer("after", after, 0, std::int64_t{1} << 53);
  object.Integer("most", most, 1, 1000);
  object.Flag("check", check);
  object.RefuseOthers();
  if (!status) return status.error();
  const auto lines = desk_.Audit(after, static_cast<int>(most));
  if (!lines) return lines.error();
  json reply = {{"schema", "euphone.hub.audit/1"}, {"lines", json::array()}};
  for (const AuditLine& line : *lines)
    reply["lines"].push_back({{"number", line.number},
                              {"at", line.at},
                              {"who", line.who},
                              {"verb", line.verb},
                              {"what", json::parse(line.what, nullptr, false)},
                              {"outcome", line.outcome},
                              {"digest", line.digest}});
  reply["more"] = std::ssize(*lines) == most;
  if (!check) return reply;
  const auto changed = desk_.FirstChanged(count);
  if (!changed) return changed.error();
  reply["checked"] = count;
  reply["first_changed"] = *changed;
  return reply;
}

Result<nlohmann::json> HubDesk::AddUser(const Call& call) {
  std::string name, role;
  Status status;
  StrictObject object(call.arguments, "", status);
  object.Require("name");
  object.Text("name", name, 64);
  object.Require("role");
  object.Text("role", role, 16);
  if (status && !fleet::IsDeviceName(name)) object.Refuse("name", "is of letters, digits, - and _");
  if (status && !RoleNamed(role)) object.Refuse("role", "is viewer, operator, signer or admin");
  object.RefuseOthers();
  if (!status) return status.error();
  if (name == call.who.name)
    return Error{Errc::kInvalidArgument, "nobody changes their own role or token"};
  const auto token = SetUser(name, *RoleNamed(role), call.now);
  if (!token) return token.error();
  return json{{"schema", "euphone.hub.user/1"}, {"name", name}, {"role", role}, {"token", *token}};
}

Result<nlohmann::json> HubDesk::RemoveUser(const Call& call) {
  std::string name;
  Status status;
  StrictObject object(call.arguments, "", status);
  object.Require("name");
  object.Text("name", name, 64);
  object.RefuseOthers();
  if (!status) return status.error();
  if (name == call.who.name) return Error{Errc::kInvalidArgument, "nobody removes themselves"};
  if (Status gone = desk_.RemoveUser(name); !gone) return gone.error();
  if (outlets_.user)
    if (Status told = outlets_.user(name, ""); !told) return told.error();
  return json{{"schema", "euphone.hub.done/1"}};
}

Result<nlohmann::json> HubDesk::ListUsers(const Call& call) {
  Status status;
  StrictObject(call.arguments, "", status).RefuseOthers();
  if (!status) return status.error();
  const auto users = desk_.Users();
  if (!users) return users.error();
  json reply = {{"schema", "euphone.hub.users/1"}, {"users", json::array()}};
  for (const User& user : *users)
    reply["users"].push_back({{"name", user.name}, {"role", NameOf(user.role)}, {"at", user.at}});
  return reply;
}

}  // namespace euphone::hub
