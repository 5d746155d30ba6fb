#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "base/result.h"
#include "fleet/sync_hub.h"
#include "hub/desk_records.h"
#include "hub/hub_records.h"
#include "hub/rollout_desk.h"

namespace euphone::hub {

/// Who asks.
struct Principal {
  std::string name = {};
  Role role = Role::kViewer;
};

/// What the desk has done by others: a NATS server's users, the devices' bucket of releases.
struct DeskOutlets {
  /// A line by which a device joins. Fails: kUnsupported where the server's users are not ours.
  std::function<Result<std::string>(const std::string& device)> invite = {};
  std::function<Status(const std::string& device)> revoke = {};
  /// A user came with this token, or goes: empty.
  std::function<Status(const std::string& user, const std::string& token)> user = {};
  /// Paths of the repository that devices see, and a file there.
  std::function<Result<std::vector<std::string>>()> files = {};
  std::function<Status(const std::string& path, const std::string& content)> put = {};
  /// How a bundle's version scores by its own file.
  fleet::FindReference reference = {};
  /// Which device belongs to which class.
  fleet::SyncHub* classes = nullptr;
  /// Adds what has come and is not kept yet.
  std::function<void(fleet::IntakeCounters& counters)> waiting = {};
};

/// All that people do with a hub, behind one function: any door, over NATS or HTTP, hands in a verb
/// and its arguments and gives back the reply (docs/formats/hub.md). Who may do what is decided
/// here; what changes something, and what was refused, is noted in the audit, in the same
/// transaction as the change. Thread: one at a time, the hub's.
class HubDesk {
 public:
  HubDesk(HubDatabase& database, HubRecords& records, DeskRecords& desk, RolloutDesk& rollouts,
          DeskOutlets outlets)
      : database_(database),
        records_(records),
        desk_(desk),
        rollouts_(rollouts),
        outlets_(std::move(outlets)) {}

  /// Whose token it is: "NAME.SECRET". Fails: kInvalidArgument, and does not say what is wrong.
  Result<Principal> Admit(const std::string& token);
  /// A new token of a user, who is added where there is none. Not audited: for who starts the hub.
  Result<std::string> SetUser(const std::string& name, Role role, std::int64_t now);

  /// `arguments`: a JSON object, or empty. The reply is a JSON document. Fails: kInvalidArgument
  /// (arguments, or not allowed), kNotFound, kUnsupported (no such verb), kIo (try again).
  Result<std::string> Handle(const std::string& verb, const std::string& arguments,
                             const Principal& who, std::int64_t now);

  static bool Knows(const std::string& verb);
  static bool Allows(const std::string& verb, Role role);

  /// Whether what is in memory may differ from what is kept: Load() both again.
  bool doubtful() const { return doubtful_; }
  void Reloaded() { doubtful_ = false; }

 private:
  using json = nlohmann::json;
  struct Call {
    const json& arguments;
    const Principal& who;
    std::int64_t now;
  };
  using Method = Result<json> (HubDesk::*)(const Call&);
  struct Verb {
    const char* name;
    unsigned roles;  ///< A bit each.
    bool changes;    ///< Audited, in a transaction.
    Method method;
  };
  static const std::vector<Verb>& Verbs();
  static const Verb* Find(const std::string& verb);

  Result<json> Status_(const Call& call);
  Result<json> Metrics(const Call& call);
  Result<json> WhoAmI(const Call& call);
  Result<json> ListDevices(const Call& call);
  Result<json> ShowDevice(const Call& call);
  Result<json> ListRecords(const Call& call);
  Result<json> Tag(const Call& call);
  Result<json> Group(const Call& call);
  Result<json> Label(const Call& call, bool groups);
  Result<json> Forget(const Call& call);
  Result<json> Invite(const Call& call);
  Result<json> Revoke(const Call& call);
  Result<json> SubmitRollout(const Call& call);
  Result<json> ApproveRollout(const Call& call);
  Result<json> PauseRollout(const Call& call);
  Result<json> ResumeRollout(const Call& call);
  Result<json> AbortRollout(const Call& call);
  Result<json> ListRollouts(const Call& call);
  Result<json> ShowRollout(const Call& call);
  Result<json> ListAudit(const Call& call);
  Result<json> ListAside(const Call& call);
  Result<json> AddUser(const Call& call);
  Result<json> RemoveUser(const Call& call);
  Result<json> ListUsers(const Call& call);
  Result<json> ListFiles(const Call& call);
  Result<json> PutFile(const Call& call);
  Result<json> ListClasses(const Call& call);
  Result<json> PutMember(const Call& call);
  Result<json> RemoveMember(const Call& call);

  Result<json> Do(const Verb& verb, const Call& call);

  HubDatabase& database_;
  HubRecords& records_;
  DeskRecords& desk_;
  RolloutDesk& rollouts_;
  DeskOutlets outlets_;
  fleet::FleetMetrics metrics_;
  bool doubtful_ = false;
};

}  // namespace euphone::hub
