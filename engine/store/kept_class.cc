#include "store/kept_class.h"

#include <span>

#include "base/compression.h"
#include "sync/sync_json.h"

namespace euphone {
namespace {

/// All that is there, as of when it was made.
constexpr const char* kNoteAll =
    "INSERT INTO class_changes"
    " SELECT 'lesson', uuid, made_ms FROM own_lessons WHERE uuid <> ''"
    " UNION ALL SELECT 'assignment', uuid, made_ms FROM assignments"
    " UNION ALL SELECT 'comment', uuid, made_ms FROM comments"
    " WHERE true ON CONFLICT DO NOTHING";

constexpr std::size_t kLongestDevice = 55;  // With a dot and chance, 64.

std::string NewName(std::string_view device) {
  return std::string(device) + "." + RandomUuid().substr(0, 8);
}

Status PutSelf(Database& database, const std::string& name, std::string_view user) {
  const std::string empty = Compressed(ToJson(Replica(name).Memory()));
  return database.Run("INSERT INTO class_self(id, device, user, replica) VALUES (1, ?1, ?2, ?3)",
                      {std::string_view(name), user, std::as_bytes(std::span(empty))});
}

}  // namespace

Result<std::optional<ClassSelf>> GetClassSelf(Database& database) {
  std::optional<ClassSelf> self;
  if (auto status = database.Each("SELECT device, user FROM class_self", {},
                                  [&](const SqlRow& row) {
                                    self = ClassSelf{row.Text(0), row.Text(1)};
                                  });
      !status) {
    return status.error();
  }
  return self;
}

Status JoinClass(Store& store, std::string_view device, std::string_view user) {
  if (device.empty() || device.size() > kLongestDevice) {
    return Error{Errc::kInvalidArgument, "a device of a class has a name of 1 to 55 letters"};
  }
  Database& database = store.database();
  auto transaction = Transaction::Begin(database);
  if (!transaction) return transaction.error();
  const auto self = GetClassSelf(database);
  if (!self) return self.error();
  if (*self)
    return Error{Errc::kInvalidArgument, "this device is of a class already; leave it first"};
  if (auto status = PutSelf(database, NewName(device), user); !status) return status;
  if (auto status = database.Run(kNoteAll); !status) return status;
  return transaction->Commit();
}

Status LeaveClass(Store& store) {
  auto transaction = Transaction::Begin(store.database());
  if (!transaction) return transaction.error();
  if (auto status = store.database().Execute("DELETE FROM class_self; DELETE FROM class_changes");
      !status) {
    return status;
  }
  return transaction->Commit();
}

Status RejoinClass(Database& database) {
  const auto self = GetClassSelf(database);
  if (!self) return self.error();
  if (!*self) return {};
  const std::string device = (*self)->device.substr(0, (*self)->device.rfind('.'));
  auto transaction = Transaction::Begin(database);
  if (!transaction) return transaction.error();
  if (auto status = database.Run("DELETE FROM class_self"); !status) return status;
  if (auto status = PutSelf(database, NewName(device), (*self)->user); !status) return status;
  if (auto status = database.Run(kNoteAll); !status) return status;
  return transaction->Commit();
}

Result<std::vector<ClassNote>> ClassNotes(Database& database) {
  std::vector<ClassNote> notes;
  if (auto status = database.Each(
          "SELECT kind, uuid, at_ms FROM class_changes ORDER BY at_ms, kind, uuid", {},
          [&](const SqlRow& row) {
            notes.push_back({{row.Text(0), row.Text(1)}, row.Integer(2)});
          });
      !status) {
    return status.error();
  }
  return notes;
}

Status ForgetNotes(Database& database) { return database.Run("DELETE FROM class_changes"); }

Result<bool> HasNotes(Database& database) {
  const auto some = database.Number("SELECT 1 FROM class_changes LIMIT 1");
  if (!some) return some.error();
  return some->has_value();
}

Result<Replica> LoadReplica(Database& database) {
  std::optional<std::string> kept;
  if (auto status = database.Each("SELECT replica FROM class_self", {},
                                  [&](const SqlRow& row) { kept = row.Bytes(0); });
      !status) {
    return status.error();
  }
  if (!kept) return Error{Errc::kNotFound, "this device is of no class"};
  const auto text = Decompressed(*kept);
  if (!text) return text.error();
  auto memory = ReplicaMemoryFromJson(*text);
  if (!memory) return memory.error();
  return Replica::Of(*std::move(memory));
}

Status SaveReplica(Database& database, const Replica& replica) {
  const std::string kept = Compressed(ToJson(replica.Memory()));
  return database.Run("UPDATE class_self SET replica = ?1", {std::as_bytes(std::span(kept))});
}

Status BeginFollowing(Database& database) {
  return database.Run("UPDATE class_self SET following = 1");
}
Status EndFollowing(Database& database) {
  return database.Run("UPDATE class_self SET following = 0");
}

}  // namespace euphone
