#include "store/assignments.h"

namespace euphone {
namespace {

constexpr const char* kAssignmentColumns =
    "SELECT id, uuid, learner, lesson, made_ms, due_day, note FROM assignments ";

Assignment AssignmentOf(const SqlRow& row) {
  return {.id = {row.Integer(0)},
          .uuid = row.Text(1),
          .learner = {row.Integer(2)},
          .lesson = row.Text(3),
          .made_ms = row.Integer(4),
          .due_day = row.MaybeInteger(5),
          .note = row.Text(6)};
}

Error NoAssignment() { return {Errc::kNotFound, "there is no such assignment"}; }

Result<std::vector<Assignment>> AllAssignments(Store& store, const char* which, SqlValue value) {
  std::vector<Assignment> assignments;
  if (auto status = store.database().Each(
          std::string(kAssignmentColumns) + which + " ORDER BY made_ms, id", {value},
          [&](const SqlRow& row) { assignments.push_back(AssignmentOf(row)); });
      !status) {
    return status.error();
  }
  return assignments;
}

Result<Assignment> OnlyAssignment(Store& store, const char* which, SqlValue value) {
  auto found = AllAssignments(store, which, value);
  if (!found) return found.error();
  if (found->empty()) return NoAssignment();
  return std::move(found->front());
}

}  // namespace

Result<std::vector<AssignmentId>> AddAssignments(Store& store,
                                                 const std::vector<NewAssignment>& assignments) {
  auto transaction = Transaction::Begin(store.database());
  if (!transaction) return transaction.error();
  std::vector<AssignmentId> ids;
  for (const NewAssignment& assignment : assignments) {
    if (assignment.lesson.empty())
      return Error{Errc::kInvalidArgument, "an assignment needs a lesson"};
    if (const auto learner = GetLearner(store, assignment.learner); !learner)
      return learner.error();
    const std::string uuid = assignment.uuid.empty() ? RandomUuid() : assignment.uuid;
    if (auto status = store.database().Run(
            "INSERT INTO assignments(uuid, learner, lesson, made_ms, due_day, note)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            {std::string_view(uuid), assignment.learner.value, std::string_view(assignment.lesson),
             assignment.made_ms, OrNull(assignment.due_day), std::string_view(assignment.note)});
        !status) {
      return status.error();
    }
    ids.push_back({store.database().last_id()});
  }
  if (auto status = transaction->Commit(); !status) return status.error();
  return ids;
}

Result<std::vector<Assignment>> AssignmentsOf(Store& store, std::optional<LearnerId> learner) {
  return learner ? AllAssignments(store, "WHERE learner = ?1", learner->value)
                 : AllAssignments(store, "WHERE ?1 IS NULL", nullptr);
}

Result<Assignment> GetAssignment(Store& store, AssignmentId id) {
  return OnlyAssignment(store, "WHERE id = ?1", id.value);
}

Result<Assignment> GetAssignment(Store& store, std::string_view uuid) {
  return OnlyAssignment(store, "WHERE uuid = ?1", uuid);
}

Result<std::vector<ItemRead>> ItemsRead(Store& store, const Assignment& assignment) {
  std::vector<ItemRead> items;
  // SQLite takes `total` from the row that has the maximum.
  if (auto status = store.database().Each(
          "SELECT item, total, max(said_ms) FROM takes WHERE learner = ?1 AND lesson = ?2"
          " AND item <> '' AND said_ms >= ?3 AND total IS NOT NULL GROUP BY item ORDER BY item",
          {assignment.learner.value, std::string_view(assignment.lesson), assignment.made_ms},
          [&](const SqlRow& row) {
            items.push_back({row.Text(0), row.Real(1)});
          });
      !status) {
    return status.error();
  }
  return items;
}

Status DeleteAssignment(Store& store, AssignmentId id) {
  if (auto status = store.database().Run("DELETE FROM assignments WHERE id = ?1", {id.value});
      !status) {
    return status;
  }
  return store.database().changes() > 0 ? Status() : Status(NoAssignment());
}

}  // namespace euphone
