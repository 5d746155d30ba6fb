#include "store/migrations.h"

namespace euphone {
namespace {

// What may be sent of a learner and what waits to be (kept_outbox.h), and what this device has of
// its class (kept_class.h). Whatever deletes a take or its sound takes back what waits of it;
// whatever changes a lesson, an assignment or a comment leaves a note of it, as soon as there is a
// class.
constexpr const char* kSeventh = R"sql(
CREATE TABLE consents(
  id INTEGER PRIMARY KEY,
  learner INTEGER NOT NULL REFERENCES learners ON DELETE CASCADE,
  pseudonym TEXT NOT NULL,
  consent INTEGER NOT NULL CHECK (consent BETWEEN 0 AND 3),
  since_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX consents_of_learner ON consents(learner, id);

CREATE TABLE outbox(
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name TEXT NOT NULL,
  made INTEGER NOT NULL DEFAULT 0,
  age_ms INTEGER NOT NULL DEFAULT 0,
  last_ms INTEGER
) STRICT;
CREATE TABLE outbox_records(
  seq INTEGER PRIMARY KEY,
  class INTEGER NOT NULL CHECK (class BETWEEN 0 AND 3),
  priority INTEGER NOT NULL,
  learner TEXT NOT NULL,
  take TEXT NOT NULL DEFAULT '',
  age_ms INTEGER NOT NULL,
  through INTEGER NOT NULL DEFAULT 0,
  forgets INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE INDEX outbox_in_order ON outbox_records(class, seq);
CREATE INDEX outbox_by_age ON outbox_records(class, age_ms);
CREATE INDEX outbox_by_priority ON outbox_records(class, priority, seq, bytes);
CREATE INDEX outbox_of_learner ON outbox_records(learner, class);
CREATE INDEX outbox_of_take ON outbox_records(take) WHERE take <> '';
CREATE TABLE outbox_lanes(
  class INTEGER PRIMARY KEY,
  count INTEGER NOT NULL,
  bytes INTEGER NOT NULL
) STRICT;
INSERT INTO outbox_lanes VALUES (0, 0, 0), (1, 0, 0), (2, 0, 0), (3, 0, 0);
CREATE TRIGGER outbox_comes AFTER INSERT ON outbox_records BEGIN
  UPDATE outbox_lanes SET count = count + 1, bytes = bytes + new.bytes WHERE class = new.class;
END;
CREATE TRIGGER outbox_goes AFTER DELETE ON outbox_records BEGIN
  UPDATE outbox_lanes SET count = count - 1, bytes = bytes - old.bytes WHERE class = old.class;
END;
CREATE TABLE dead_letters(
  id INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL,
  class INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE TRIGGER dead_letters_go AFTER INSERT ON dead_letters BEGIN
  DELETE FROM dead_letters WHERE id <= new.id - 1000;
END;
CREATE TRIGGER takes_are_not_sent AFTER DELETE ON takes BEGIN
  INSERT INTO dead_letters(seq, class, reason)
  SELECT seq, class, 'deleted' FROM outbox_records WHERE take <> '' AND take = old.uuid ORDER BY seq;
  DELETE FROM outbox_records WHERE take <> '' AND take = old.uuid;
END;
CREATE TRIGGER sounds_are_not_sent AFTER UPDATE OF recording ON takes WHEN new.recording IS NULL BEGIN
  INSERT INTO dead_letters(seq, class, reason)
  SELECT seq, class, 'deleted' FROM outbox_records WHERE take <> '' AND take = old.uuid AND class = 3 ORDER BY seq;
  DELETE FROM outbox_records WHERE take <> '' AND take = old.uuid AND class = 3;
END;

CREATE TABLE class_self(
  id INTEGER PRIMARY KEY CHECK (id = 1),
  device TEXT NOT NULL,
  user TEXT NOT NULL,
  following INTEGER NOT NULL DEFAULT 0,
  replica BLOB NOT NULL
) STRICT;
CREATE TABLE class_changes(
  kind TEXT NOT NULL,
  uuid TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (kind, uuid)
) STRICT, WITHOUT ROWID;
ALTER TABLE own_lessons ADD COLUMN uuid TEXT NOT NULL DEFAULT '';
UPDATE own_lessons SET uuid = lower(printf('%s-%s-4%s-a%s-%s', hex(randomblob(4)), hex(randomblob(2)),
  substr(hex(randomblob(2)), 2), substr(hex(randomblob(2)), 2), hex(randomblob(6))));
CREATE UNIQUE INDEX own_lessons_by_uuid ON own_lessons(uuid) WHERE uuid <> '';
ALTER TABLE assignments ADD COLUMN handed_in_ms INTEGER;
)sql";

// A note of each change, by whatever path it comes, while this device is of a class and does not
// just follow it. What goes because its take or its learner goes is not taken from the class.
std::string NoteOf(const std::string& table, const std::string& kind, const std::string& name,
                   const std::string& what, const std::string& only = "") {
  const std::string row = name == "deleted" ? "old" : "new";
  return "CREATE TRIGGER " + kind + "_" + name + " AFTER " + what + " ON " + table +
         " WHEN EXISTS (SELECT 1 FROM class_self WHERE following = 0)" + only +
         " BEGIN\n  INSERT INTO class_changes VALUES ('" + kind + "', " + row +
         ".uuid, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER))\n"
         "  ON CONFLICT DO UPDATE SET at_ms = excluded.at_ms;\nEND;\n";
}

}  // namespace

std::string SyncStep() {
  return kSeventh + NoteOf("own_lessons", "lesson", "made", "INSERT") +
         NoteOf("own_lessons", "lesson", "changed", "UPDATE OF name, pack") +
         NoteOf("own_lessons", "lesson", "deleted", "DELETE") +
         NoteOf("assignments", "assignment", "made", "INSERT") +
         NoteOf("assignments", "assignment", "changed",
                "UPDATE OF lesson, due_day, note, handed_in_ms") +
         NoteOf("assignments", "assignment", "deleted", "DELETE",
                " AND EXISTS (SELECT 1 FROM learners WHERE id = old.learner)") +
         NoteOf("comments", "comment", "made", "INSERT") +
         NoteOf("comments", "comment", "changed", "UPDATE OF text, author, seen") +
         NoteOf("comments", "comment", "deleted", "DELETE",
                " AND EXISTS (SELECT 1 FROM takes WHERE id = old.take)");
}

}  // namespace euphone
