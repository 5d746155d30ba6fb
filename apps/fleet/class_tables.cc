#include "fleet/class_tables.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lesson/lesson_pack.h"
#include "store/secrets.h"

namespace euphone::fleet {
namespace {

using Fields = std::map<std::string, nlohmann::json>;

std::string Text(const SyncObject& object, const char* field) {
  const auto found = object.fields.find(field);
  const bool is = found != object.fields.end() && found->second.value.is_string();
  return is ? found->second.value.get<std::string>() : std::string();
}

std::optional<std::int64_t> Number(const SyncObject& object, const char* field) {
  const auto found = object.fields.find(field);
  if (found == object.fields.end() || !found->second.value.is_number_integer()) return {};
  return found->second.value.get<std::int64_t>();
}

bool Flag(const SyncObject& object, const char* field) {
  const auto found = object.fields.find(field);
  return found != object.fields.end() && found->second.value == true;
}

/// The sentences of a lesson in their order; those of equal place by their UUIDs.
using Sentences = std::vector<std::pair<std::string, const SyncObject*>>;
std::map<std::string, Sentences> SentencesOf(const ClassState& shown) {
  std::map<std::string, Sentences> of;
  for (const auto& [id, object] : shown.objects()) {
    if (id.kind == "sentence" && !object.deleted)
      of[Text(object, "lesson")].emplace_back(id.uuid, &object);
  }
  for (auto& [lesson, sentences] : of) {
    std::stable_sort(sentences.begin(), sentences.end(), [](const auto& one, const auto& other) {
      return Number(*one.second, "place").value_or(0) < Number(*other.second, "place").value_or(0);
    });
  }
  return of;
}

struct LessonRow {
  std::string name, pack;
  std::int64_t made_ms = 0;
};

Result<std::optional<LessonRow>> FindLesson(Database& database, std::string_view uuid) {
  std::optional<LessonRow> found;
  if (auto status =
          database.Each("SELECT name, pack, made_ms FROM own_lessons WHERE uuid = ?1", {uuid},
                        [&](const SqlRow& row) {
                          found = LessonRow{row.Text(0), row.Text(1), row.Integer(2)};
                        });
      !status) {
    return status.error();
  }
  return found;
}

/// From notes to operations.
class Noter {
 public:
  Noter(Store& store, const ClassSelf& self, Replica& replica)
      : database_(store.database()), self_(self), replica_(replica), shown_(replica.Shown()) {}

  /// False: no more fits now.
  Result<bool> Take(const ClassNote& note) {
    if (note.object.kind == "lesson") return TakeLesson(note);
    auto fields = FieldsOf(note.object);
    if (!fields) return fields.error();
    return *fields ? Write(note.object, **std::move(fields), note.at_ms)
                   : Delete(note.object, note.at_ms);
  }

 private:
  Result<bool> Make(Change change, std::int64_t at_ms) {
    const auto made = replica_.Make(std::move(change), at_ms);
    if (made) shown_.Write(made->change, made->stamp);
    // Too much that waits is for later; what a class cannot hold is for never.
    return made.has_value() || replica_.pending().size() < kMaxPending;
  }

  const SyncObject* Known(const ObjectId& id) const {
    const auto found = shown_.objects().find(id);
    return found == shown_.objects().end() ? nullptr : &found->second;
  }

  Result<bool> Write(const ObjectId& id, Fields fields, std::int64_t at_ms) {
    const SyncObject* const known = Known(id);
    if (known != nullptr && known->deleted) return true;  // For good; the table follows.
    if (known != nullptr) fields.erase("author");         // Whoever edits it, it stays theirs.
    for (auto at = fields.begin(); at != fields.end();) {
      const nlohmann::json* const value = shown_.Value(id, at->first);
      const bool same =
          value != nullptr ? *value == at->second : known != nullptr && at->second.is_null();
      at = same ? fields.erase(at) : std::next(at);
    }
    return fields.empty() ? Result<bool>(true) : Make({id, std::move(fields)}, at_ms);
  }

  Result<bool> Delete(const ObjectId& id, std::int64_t at_ms) {
    const SyncObject* const known = Known(id);
    if (known == nullptr || known->deleted) return true;
    return Make({id, {}, true}, at_ms);
  }

  Result<std::optional<Fields>> FieldsOf(const ObjectId& id) {
    std::optional<Fields> fields;
    const auto status =
        id.kind == "comment"
            ? database_.Each(
                  "SELECT takes.uuid, learners.uuid, comments.made_ms, author,"
                  " comments.text, seen FROM comments"
                  " JOIN takes ON takes.id = comments.take"
                  " JOIN learners ON learners.id = takes.learner"
                  " WHERE comments.uuid = ?1",
                  {std::string_view(id.uuid)},
                  [&](const SqlRow& row) {
                    fields = Fields{{"take", row.Text(0)},        {"learner", row.Text(1)},
                                    {"author", self_.user},       {"made_ms", row.Integer(2)},
                                    {"author_name", row.Text(3)}, {"text", row.Text(4)},
                                    {"seen", row.Flag(5)}};
                  })
            : database_.Each(
                  "SELECT learners.uuid, own_lessons.uuid, lesson, assignments.made_ms, due_day,"
                  " note, handed_in_ms FROM assignments"
                  " JOIN learners ON learners.id = assignments.learner"
                  " LEFT JOIN own_lessons ON own_lessons.name = lesson"
                  " WHERE assignments.uuid = ?1",
                  {std::string_view(id.uuid)}, [&](const SqlRow& row) {
                    const auto maybe = [&row](int column) {
                      const auto value = row.MaybeInteger(column);
                      return value ? nlohmann::json(*value) : nlohmann::json();
                    };
                    fields = Fields{
                        {"learner", row.Text(0)},
                        {"lesson", row.IsNull(1) ? nlohmann::json() : nlohmann::json(row.Text(1))},
                        {"lesson_name", row.Text(2)},
                        {"made_ms", row.Integer(3)},
                        {"due_day", maybe(4)},
                        {"note", row.Text(5)},
                        {"handed_in_ms", maybe(6)}};
                  });
    if (!status) return status.error();
    return fields;
  }

  Result<bool> TakeLesson(const ClassNote& note) {
    const std::string& uuid = note.object.uuid;
    const auto row = FindLesson(database_, uuid);
    if (!row) return row.error();
    const auto all = SentencesOf(shown_);
    const auto there = all.find(uuid);
    std::map<std::string, std::string> by_item;  // → UUID.
    if (there != all.end()) {
      for (const auto& [sentence, object] : there->second)
        by_item.emplace(Text(*object, "item"), sentence);
    }
    std::vector<std::pair<ObjectId, Fields>> writes;
    if (*row) {
      const auto pack = LessonPack::Parse((*row)->pack, (*row)->name);
      if (!pack) return true;  // Nobody can read it here either.
      writes.emplace_back(note.object, Fields{{"name", (*row)->name},
                                              {"title", pack->title},
                                              {"language", pack->language},
                                              {"made_ms", (*row)->made_ms}});
      std::int64_t place = 0;
      for (const LessonItem& item : pack->items) {
        const auto known = by_item.find(item.id);
        const std::string sentence = known == by_item.end() ? RandomUuid() : known->second;
        if (known != by_item.end()) by_item.erase(known);
        writes.emplace_back(ObjectId{"sentence", sentence}, Fields{{"lesson", uuid},
                                                                   {"place", place++},
                                                                   {"item", item.id},
                                                                   {"text", item.text},
                                                                   {"note", item.note}});
      }
    }
    for (auto& [id, fields] : writes) {
      const auto more = Write(id, std::move(fields), note.at_ms);
      if (!more || !*more) return more;
    }
    for (const auto& [item, sentence] : by_item) {
      const auto more = Delete({"sentence", sentence}, note.at_ms);
      if (!more || !*more) return more;
    }
    return *row ? Result<bool>(true) : Delete(note.object, note.at_ms);
  }

  Database& database_;
  const ClassSelf& self_;
  Replica& replica_;
  ClassState shown_;
};

/// From objects to tables.
class Follower {
 public:
  Follower(Store& store, const ClassState& shown, std::vector<std::string>& deleted)
      : database_(store.database()), sentences_(SentencesOf(shown)), deleted_(deleted) {}

  Status Lesson(const std::string& uuid, const SyncObject& object) {
    const auto row = FindLesson(database_, uuid);
    if (!row) return row.error();
    if (object.deleted) {
      return *row ? database_.Run("DELETE FROM own_lessons WHERE uuid = ?1",
                                  {std::string_view(uuid)})
                  : Status();
    }
    const std::string wanted = Text(object, "name").empty() ? "lesson" : Text(object, "name");
    const std::string pack = PackOf(uuid, object, wanted);
    if (pack.empty()) return {};  // Its sentences are still on their way.
    if (*row && (*row)->pack == pack && ((*row)->name == wanted || Taken(wanted, uuid))) return {};
    std::string name = wanted;
    for (int count = 2; Taken(name, uuid); ++count) name = wanted + "-" + std::to_string(count);
    const std::int64_t made_ms = Number(object, "made_ms").value_or(0);
    if (!*row) {
      return database_.Run(
          "INSERT INTO own_lessons VALUES (?1, ?2, ?3, ?4)",
          {std::string_view(name), made_ms, std::string_view(pack), std::string_view(uuid)});
    }
    if (auto status =
            database_.Run("UPDATE own_lessons SET name = ?1, pack = ?2 WHERE uuid = ?3",
                          {std::string_view(name), std::string_view(pack), std::string_view(uuid)});
        !status || (*row)->name == name) {
      return status;
    }
    return database_.Run("UPDATE assignments SET lesson = ?1 WHERE lesson = ?2",
                         {std::string_view(name), std::string_view((*row)->name)});
  }

  Status Assignment(const std::string& uuid, const SyncObject& object) {
    if (object.deleted) {
      return database_.Run("DELETE FROM assignments WHERE uuid = ?1", {std::string_view(uuid)});
    }
    const std::string learner = Text(object, "learner"), note = Text(object, "note");
    std::string lesson = Text(object, "lesson_name");
    if (const std::string of = Text(object, "lesson"); !of.empty()) {
      const auto row = FindLesson(database_, of);
      if (!row) return row.error();
      if (*row) lesson = (*row)->name;
    }
    if (lesson.empty()) return {};
    return database_.Run(
        "INSERT INTO assignments(uuid, learner, lesson, made_ms, due_day, note, handed_in_ms)"
        " SELECT ?1, id, ?3, ?4, ?5, ?6, ?7 FROM learners WHERE uuid = ?2"
        " ON CONFLICT(uuid) DO UPDATE SET lesson = excluded.lesson, due_day = excluded.due_day,"
        " note = excluded.note, handed_in_ms = excluded.handed_in_ms"
        " WHERE (lesson, ifnull(due_day, -1), note, ifnull(handed_in_ms, -1)) <>"
        " (excluded.lesson, ifnull(excluded.due_day, -1), excluded.note,"
        " ifnull(excluded.handed_in_ms, -1))",
        {std::string_view(uuid), std::string_view(learner), std::string_view(lesson),
         Number(object, "made_ms").value_or(0), OrNull(Number(object, "due_day")),
         std::string_view(note), OrNull(Number(object, "handed_in_ms"))});
  }

  Status Comment(const std::string& uuid, const SyncObject& object) {
    if (object.deleted) {
      const auto there =
          database_.Number("SELECT 1 FROM comments WHERE uuid = ?1", {std::string_view(uuid)});
      if (!there) return there.error();
      if (*there) deleted_.push_back(uuid);
      return {};
    }
    const std::string take = Text(object, "take"), text = Text(object, "text");
    const std::string author = Text(object, "author_name");
    return database_.Run(
        "INSERT INTO comments(uuid, take, made_ms, author, text, seen)"
        " SELECT ?1, id, ?3, ?4, ?5, ?6 FROM takes WHERE uuid = ?2"
        " ON CONFLICT(uuid) DO UPDATE SET author = excluded.author, text = excluded.text,"
        " seen = excluded.seen"
        " WHERE (author, text, seen) <> (excluded.author, excluded.text, excluded.seen)",
        {std::string_view(uuid), std::string_view(take), Number(object, "made_ms").value_or(0),
         std::string_view(author), std::string_view(text), std::int64_t{Flag(object, "seen")}});
  }

 private:
  bool Taken(const std::string& name, const std::string& uuid) {
    const auto other = database_.Number("SELECT 1 FROM own_lessons WHERE name = ?1 AND uuid <> ?2",
                                        {std::string_view(name), std::string_view(uuid)});
    return other && other->has_value();
  }

  std::string PackOf(const std::string& uuid, const SyncObject& object, const std::string& name) {
    LessonPack pack{.name = name,
                    .title = Text(object, "title"),
                    .language = Text(object, "language"),
                    .items = {}};
    const auto there = sentences_.find(uuid);
    if (there == sentences_.end()) return {};
    for (const auto& [sentence, fields] : there->second) {
      LessonItem item{.id = Text(*fields, "item"), .text = Text(*fields, "text")};
      item.note = Text(*fields, "note");
      if (item.id.empty()) item.id = sentence;
      // Two that were made apart under one name: both are read.
      if (pack.Find(item.id) != nullptr) item.id = sentence;
      if (!item.text.empty()) pack.items.push_back(std::move(item));
    }
    const std::string text = pack.items.empty() ? std::string() : pack.ToText();
    return LessonPack::Parse(text, name) ? text : std::string();
  }

  Database& database_;
  std::map<std::string, Sentences> sentences_;
  std::vector<std::string>& deleted_;
};

}  // namespace

Result<bool> TakeNotes(Store& store, const ClassSelf& self, Replica& replica) {
  const auto notes = ClassNotes(store.database());
  if (!notes) return notes.error();
  if (notes->empty()) return true;
  Noter noter(store, self, replica);
  for (const ClassNote& note : *notes) {
    const auto more = noter.Take(note);
    if (!more || !*more) return more;
  }
  if (auto status = ForgetNotes(store.database()); !status) return status.error();
  return true;
}

Status FollowClass(Store& store, const ClassState& shown, std::vector<std::string>& deleted) {
  if (auto status = BeginFollowing(store.database()); !status) return status;
  Follower follower(store, shown, deleted);
  // Lessons before the assignments that name them.
  using Follow = Status (Follower::*)(const std::string&, const SyncObject&);
  const std::pair<const char*, Follow> order[] = {{"lesson", &Follower::Lesson},
                                                  {"assignment", &Follower::Assignment},
                                                  {"comment", &Follower::Comment}};
  for (const auto& [kind, follow] : order) {
    for (auto at = shown.objects().lower_bound({kind, ""});
         at != shown.objects().end() && at->first.kind == kind; ++at) {
      if (auto status = (follower.*follow)(at->first.uuid, at->second); !status) return status;
    }
  }
  return EndFollowing(store.database());
}

}  // namespace euphone::fleet
