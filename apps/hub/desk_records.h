#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "hub/hub_database.h"
#include "hub/hub_records.h"

namespace euphone::hub {

/// What operators have done, as the hub keeps it: rollouts and their logs, users, and who did what.

struct KeptRollout {
  std::string id = {};
  std::string plan = {};  ///< euphone.rollout/1, as it was handed in.
  std::string submitted_by = {};
  std::int64_t at = 0;
};

/// In the order of what they may.
enum class Role {
  kViewer,    ///< Sees all but learners' records and audit.
  kOperator,  ///< Runs rollouts, invites devices, tags them.
  kSigner,    ///< Publishes releases, which others signed; sees what a viewer sees.
  kAdmin,     ///< All of it, and who else may.
};
std::string_view NameOf(Role role);
std::optional<Role> RoleNamed(std::string_view name);

struct User {
  std::string name = {};
  Role role = Role::kViewer;
  std::string token_digest = {};  ///< SHA-256 of the token, which nobody keeps.
  std::int64_t at = 0;
};

/// A line of the audit. Each holds a digest of itself and of the line before, so that a line that
/// was changed or taken out shows, unless all that follow were made anew.
struct AuditLine {
  std::int64_t number = 0;  ///< From 1, without gaps.
  std::int64_t at = 0;
  std::string who = {}, verb = {}, what = {}, outcome = {};
  std::string digest = {};
};

/// Thread: one at a time. Fails: as HubDatabase.
class DeskRecords {
 public:
  explicit DeskRecords(HubDatabase& database) : database_(&database) {}

  /// The oldest first.
  Result<std::vector<KeptRollout>> Rollouts();
  Status AddRollout(const KeptRollout& rollout);
  /// Lines of a rollout's log in order.
  Status EachLine(const std::string& rollout,
                  const std::function<Status(std::int64_t, const std::string&)>& take);
  /// Fails where one of their numbers is taken: kInternal or kIo.
  Status AddLines(const std::vector<RolloutLine>& lines);

  Result<std::vector<User>> Users();
  Result<std::optional<User>> Find(const std::string& name);
  /// In the place of one of the same name.
  Status SetUser(const User& user);
  Status RemoveUser(const std::string& name);

  /// Number and digest are set here. REQUIRES: within the transaction of what it is about, if that
  /// writes.
  Status AddAudit(AuditLine line);
  /// Lines above `after`.
  Result<std::vector<AuditLine>> Audit(std::int64_t after, int most);
  /// The first line that is not what it was; 0: all are. `count`: how many there are.
  Result<std::int64_t> FirstChanged(std::int64_t& count);

 private:
  HubDatabase* database_;
};

}  // namespace euphone::hub
