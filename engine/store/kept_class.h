#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/store.h"
#include "sync/replica.h"

namespace euphone {

/// What a device has of its class, kept in the store: its replica (sync/replica.h), and notes of
/// what was changed here since that was last looked at. Notes are written by triggers, in the
/// transaction of the change itself, whoever makes it; so no change is lost by a kill.

struct ClassSelf {
  std::string device = {};  ///< The replica's name: the device's, a dot, and chance.
  std::string user = {};    ///< UUID: who writes here.
};

/// Absent: this device is of no class.
Result<std::optional<ClassSelf>> GetClassSelf(Database& database);

/// From now on it is of one; lessons, assignments and comments that are there are noted as changes.
/// `device`: 1 to 55 bytes. Fails: kInvalidArgument, where it is of one already.
Status JoinClass(Store& store, std::string_view device, std::string_view user);
/// Tables stay as they are.
Status LeaveClass(Store& store);

/// Begins anew under another name with all that is here noted: REQUIRED wherever the store went
/// back in time. Nothing where it is of no class.
Status RejoinClass(Database& database);

/// Something of the tables was made, changed or deleted here.
struct ClassNote {
  ObjectId object = {};
  std::int64_t at_ms = 0;  ///< The last time.
};
/// In the order of time.
Result<std::vector<ClassNote>> ClassNotes(Database& database);
Status ForgetNotes(Database& database);
Result<bool> HasNotes(Database& database);

/// Fails: kNotFound (of no class), kCorrupt.
Result<Replica> LoadReplica(Database& database);
Status SaveReplica(Database& database, const Replica& replica);

/// Within it, changes of tables are not noted: they are the class's own. REQUIRES: within a
/// transaction, and each Begin has its End in the same one.
Status BeginFollowing(Database& database);
Status EndFollowing(Database& database);

}  // namespace euphone
