#include "fleet/sync_hub.h"

#include <array>
#include <utility>

#include "fleet/class_link.h"
#include "fleet/wire.h"
#include "store/secrets.h"
#include "sync/sync_json.h"

namespace euphone::fleet {
namespace {

constexpr std::size_t kMostUnfolded = 2000;

// What SQLite and PostgreSQL both take. A state, and the entries that came after it.
constexpr const char* kTables =
    "CREATE TABLE IF NOT EXISTS class_members (device TEXT PRIMARY KEY, class TEXT NOT NULL,"
    " role TEXT NOT NULL, person TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS class_states (class TEXT PRIMARY KEY, replica TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS class_entries (class TEXT NOT NULL, life TEXT NOT NULL,"
    " number BIGINT NOT NULL, entry TEXT NOT NULL, PRIMARY KEY (class, life, number));";

std::string NewLife() { return "hub." + RandomUuid().substr(0, 13); }

bool IsUuid(std::string_view text) {
  return static_cast<bool>(CheckChange({{"comment", std::string(text)}, {}, true}));
}

/// All or nothing.
class SqlTransaction {
 public:
  static Result<SqlTransaction> Begin(Sql& sql) {
    if (const auto begun = sql.Run("BEGIN", {}); !begun) return begun.error();
    return SqlTransaction(sql);
  }
  SqlTransaction(SqlTransaction&& other) noexcept : sql_(std::exchange(other.sql_, nullptr)) {}
  SqlTransaction& operator=(SqlTransaction&&) = delete;
  ~SqlTransaction() {
    if (sql_ != nullptr) static_cast<void>(sql_->Run("ROLLBACK", {}));
  }
  Status Commit() {
    if (const auto done = sql_->Run("COMMIT", {}); !done) return done.error();
    sql_ = nullptr;
    return {};
  }

 private:
  explicit SqlTransaction(Sql& sql) : sql_(&sql) {}
  Sql* sql_;
};

ClassMember MemberOf(std::vector<std::optional<std::string>>& row) {
  return {.device = *std::move(row[0]),
          .class_name = *std::move(row[1]),
          .role = row[2] == "teacher" ? ClassRole::kTeacher : ClassRole::kStudent,
          .user = *std::move(row[3])};
}

}  // namespace

Result<SyncHub> SyncHub::Open(std::unique_ptr<Sql> sql, Clock clock) {
  if (auto status = sql->Script(kTables); !status) return status.error();
  return SyncHub(std::move(sql), std::move(clock));
}

Status SyncHub::Put(const ClassMember& member) {
  if (!IsDeviceName(member.device))
    return Error{Errc::kInvalidArgument, "'" + member.device + "' is no name of a device"};
  if (member.class_name.empty() || member.class_name.size() > 200)
    return Error{Errc::kInvalidArgument, "a class has a name of 1 to 200 bytes"};
  if (!IsUuid(member.user)) {
    return Error{Errc::kInvalidArgument,
                 "'" + member.user +
                     "' is no UUID in lower-case letters; `euphone store info` "
                     "tells those of learners"};
  }
  const std::array<SqlText, 4> values{
      member.device, member.class_name,
      member.role == ClassRole::kTeacher ? std::string_view("teacher") : "student", member.user};
  const std::lock_guard lock(*mutex_);
  const auto put = sql_->Run(
      "INSERT INTO class_members (device, class, role, person) VALUES ($1, $2, $3, $4)"
      " ON CONFLICT (device) DO UPDATE SET class = excluded.class, role = excluded.role,"
      " person = excluded.person",
      values);
  if (!put) return put.error();
  return {};
}

Status SyncHub::Remove(std::string_view device) {
  const std::array<SqlText, 1> values{device};
  const std::lock_guard lock(*mutex_);
  const auto gone = sql_->Run("DELETE FROM class_members WHERE device = $1", values);
  if (!gone) return gone.error();
  if (gone->changed == 0)
    return Error{Errc::kNotFound, "'" + std::string(device) + "' is of no class"};
  return {};
}

Result<std::vector<ClassMember>> SyncHub::Members() {
  const std::lock_guard lock(*mutex_);
  auto answer = sql_->Run(
      "SELECT device, class, role, person FROM class_members ORDER BY class, device", {}, 4);
  if (!answer) return answer.error();
  std::vector<ClassMember> members;
  for (auto& row : answer->rows) members.push_back(MemberOf(row));
  return members;
}

Result<std::vector<ClassMember>> SyncHub::Find(std::string_view device) {
  const std::array<SqlText, 1> values{device};
  auto answer = sql_->Run("SELECT device, class, role, person FROM class_members WHERE device = $1",
                          values, 4);
  if (!answer) return answer.error();
  std::vector<ClassMember> members;
  for (auto& row : answer->rows) members.push_back(MemberOf(row));
  return members;
}

Result<SyncHub::Class*> SyncHub::ClassCalled(const std::string& name) {
  if (const auto found = classes_.find(name); found != classes_.end()) return &found->second;
  const std::array<SqlText, 1> values{name};
  const auto kept = sql_->Run("SELECT replica FROM class_states WHERE class = $1", values, 1);
  if (!kept) return kept.error();
  ReplicaMemory memory{.device = NewLife()};
  if (!kept->rows.empty()) {
    auto read = ReplicaMemoryFromJson(kept->rows.front()[0].value_or(""));
    if (!read) return Prefixed("class '" + name + "'", read.error());
    memory = *std::move(read);
  }
  Class of{Hub(Replica::Of(std::move(memory)))};
  const auto entries = sql_->Run(
      "SELECT entry FROM class_entries WHERE class = $1 ORDER BY life, number", values, 1);
  if (!entries) return entries.error();
  Delta delta;
  for (const auto& row : entries->rows) {
    auto entry = EntryFromJson(row[0].value_or(""));
    if (!entry) return Prefixed("class '" + name + "'", entry.error());
    delta.entries.push_back(*std::move(entry));
  }
  of.unfolded = delta.entries.size();
  of.hub.Recall(delta);
  of.hub.Restart(NewLife());
  return &classes_.emplace(name, std::move(of)).first->second;
}

Result<std::string> SyncHub::Answer(std::string_view device, std::string_view message) {
  const auto text = Unpacked(message);
  if (!text) return text.error();
  auto asked = SyncMessageFromJson(*text);
  if (!asked) return asked.error();
  if (!asked->from.starts_with(std::string(device) + ".")) {
    return Error{Errc::kInvalidArgument, "a message of '" + asked->from + "' on the subject of '" +
                                             std::string(device) + "'"};
  }
  const std::lock_guard lock(*mutex_);
  const auto member = Find(device);
  if (!member) return member.error();
  if (member->empty())
    return Error{Errc::kNotFound, "'" + std::string(device) + "' is of no class"};
  const ClassMember& who = member->front();
  if (who.role != ClassRole::kTeacher) asked->delta = {};
  const auto found = ClassCalled(who.class_name);
  if (!found) return found.error();
  Class& of = **found;
  // Changed in a copy: what cannot be kept has not happened.
  Class next = of;
  const Author author{.role = who.role, .user = who.user};
  auto answer = next.hub.Receive(*asked, author, clock_());
  if (!answer) {
    // It knows more of this life than the hub: the memory went back under a running hub. Not on a
    // student's word, who could end one life after another.
    if (who.role == ClassRole::kTeacher) classes_.erase(who.class_name);
    return answer.error();
  }
  if (auto status = Keep(who.class_name, next, of.hub); !status) return status.error();
  of = std::move(next);
  return Packed(ToJson(*answer));
}

Status SyncHub::Keep(const std::string& name, Class& of, const Hub& before) {
  const VersionVector& had = before.replica().vector();
  const VersionVector& has = of.hub.replica().vector();
  if (had == has) return {};
  auto transaction = SqlTransaction::Begin(*sql_);
  if (!transaction) return transaction.error();
  bool whole = of.unfolded >= kMostUnfolded;
  for (const auto& [life, number] : has) {
    for (std::uint64_t next = NumberOf(had, life) + 1; next <= number && !whole; ++next) {
      const Entry* const entry = of.hub.replica().Find(life, next);
      if (entry == nullptr) {
        whole = true;  // It came folded, in a state.
        break;
      }
      const std::string json = ToJson(*entry), count = std::to_string(next);
      const std::array<SqlText, 4> values{name, life, count, json};
      if (const auto put = sql_->Run("INSERT INTO class_entries (class, life, number, entry)"
                                     " VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                                     values);
          !put) {
        return put.error();
      }
      ++of.unfolded;
    }
  }
  if (whole) {
    if (auto status = Fold(name, of); !status) return status;
  }
  return transaction->Commit();
}

Status SyncHub::Fold(const std::string& name, Class& of) {
  of.hub.Fold();
  const std::string json = ToJson(of.hub.replica().Memory());
  const std::array<SqlText, 2> values{name, json};
  if (const auto put = sql_->Run("INSERT INTO class_states (class, replica) VALUES ($1, $2)"
                                 " ON CONFLICT (class) DO UPDATE SET replica = excluded.replica",
                                 values);
      !put) {
    return put.error();
  }
  const std::array<SqlText, 1> of_class{name};
  if (const auto gone = sql_->Run("DELETE FROM class_entries WHERE class = $1", of_class); !gone)
    return gone.error();
  of.unfolded = 0;
  return {};
}

}  // namespace euphone::fleet
