#include <nlohmann/json.hpp>

#include "hub/hub_desk.h"
#include "rollout/strict_object.h"

namespace euphone::hub {
namespace {

using nlohmann::json;

constexpr const char* kTeacher = "teacher";
constexpr const char* kStudent = "student";

}  // namespace

Result<nlohmann::json> HubDesk::ListClasses(const Call& call) {
  Status status;
  StrictObject(call.arguments, "", status).RefuseOthers();
  if (!status) return status.error();
  const auto members = outlets_.classes->Members();
  if (!members) return members.error();
  json reply = {{"schema", "euphone.hub.classes/1"}, {"members", json::array()}};
  for (const fleet::ClassMember& one : *members)
    reply["members"].push_back({{"device", one.device},
                                {"class", one.class_name},
                                {"role", one.role == ClassRole::kTeacher ? kTeacher : kStudent},
                                {"user", one.user}});
  return reply;
}

Result<nlohmann::json> HubDesk::PutMember(const Call& call) {
  fleet::ClassMember member;
  std::string role = kStudent;
  Status status;
  StrictObject object(call.arguments, "", status);
  object.Require("device");
  object.Text("device", member.device, 64);
  object.Require("class");
  object.Text("class", member.class_name, 200);
  object.Text("role", role, 16);
  object.Require("user");
  object.Text("user", member.user, 36);
  if (status && !fleet::IsDeviceName(member.device))
    object.Refuse("device", "is of letters, digits, - and _, 64 at most");
  if (status && role != kTeacher && role != kStudent)
    object.Refuse("role", "is teacher or student");
  object.RefuseOthers();
  if (!status) return status.error();
  member.role = role == kTeacher ? ClassRole::kTeacher : ClassRole::kStudent;
  if (Status kept = outlets_.classes->Put(member); !kept) return kept.error();
  return json{{"schema", "euphone.hub.done/1"}};
}

Result<nlohmann::json> HubDesk::RemoveMember(const Call& call) {
  std::string device;
  Status status;
  StrictObject object(call.arguments, "", status);
  object.Require("device");
  object.Text("device", device, 64);
  object.RefuseOthers();
  if (!status) return status.error();
  if (Status gone = outlets_.classes->Remove(device); !gone) return gone.error();
  return json{{"schema", "euphone.hub.done/1"}};
}

}  // namespace euphone::hub
