#include "store/own_lessons.h"

namespace euphone {

Result<std::vector<OwnLesson>> OwnLessons(Store& store) {
  std::vector<OwnLesson> lessons;
  if (auto status = store.database().Each(
          "SELECT name, made_ms, pack FROM own_lessons ORDER BY made_ms, name", {},
          [&](const SqlRow& row) {
            lessons.push_back({row.Text(0), row.Integer(1), row.Text(2)});
          });
      !status) {
    return status.error();
  }
  return lessons;
}

Status KeepLesson(Store& store, const OwnLesson& lesson) {
  if (lesson.name.empty()) return Error{Errc::kInvalidArgument, "a lesson needs a name"};
  const std::string uuid = RandomUuid();
  if (auto status = store.database().Run(
          "INSERT INTO own_lessons VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
          {std::string_view(lesson.name), lesson.made_ms, std::string_view(lesson.pack),
           std::string_view(uuid)});
      !status) {
    return status;
  }
  if (store.database().changes() == 0) {
    return Error{Errc::kInvalidArgument, "there is a lesson named '" + lesson.name + "' already"};
  }
  return {};
}

Status ForgetLesson(Store& store, std::string_view name) {
  Database& database = store.database();
  auto transaction = Transaction::Begin(database);
  if (!transaction) return transaction.error();
  if (auto status = database.Run("DELETE FROM own_lessons WHERE name = ?1", {name}); !status)
    return status;
  if (database.changes() == 0) {
    return Error{Errc::kNotFound,
                 "there is no lesson of one's own named '" + std::string(name) + "'"};
  }
  // The next lesson of this name is another one.
  if (auto status = database.Run("DELETE FROM assignments WHERE lesson = ?1", {name}); !status)
    return status;
  return transaction->Commit();
}

}  // namespace euphone
