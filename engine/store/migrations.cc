#include "store/migrations.h"

namespace euphone {
namespace {

// Sums over days are kept by triggers: whatever adds or removes a take, by cascade too, keeps them
// true, and `euphone store check` counts them again.
constexpr const char* kFirst = R"sql(
CREATE TABLE learners(
  id INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL UNIQUE CHECK (name <> ''),
  first_language TEXT NOT NULL DEFAULT '',
  made_ms INTEGER NOT NULL,
  recording_key BLOB NOT NULL CHECK (length(recording_key) = 32)
) STRICT;

CREATE TABLE recordings(
  id INTEGER PRIMARY KEY,
  learner INTEGER NOT NULL REFERENCES learners ON DELETE CASCADE,
  name TEXT NOT NULL UNIQUE,
  rate_hz INTEGER NOT NULL,
  samples INTEGER NOT NULL,
  bytes INTEGER NOT NULL
) STRICT;
CREATE INDEX recordings_of_learner ON recordings(learner);

CREATE TABLE takes(
  id INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL UNIQUE,
  learner INTEGER NOT NULL REFERENCES learners ON DELETE CASCADE,
  said_ms INTEGER NOT NULL,
  day INTEGER NOT NULL,
  text TEXT NOT NULL,
  lesson TEXT NOT NULL DEFAULT '',
  item TEXT NOT NULL DEFAULT '',
  duration_ms INTEGER NOT NULL,
  recording INTEGER REFERENCES recordings ON DELETE SET NULL,
  model TEXT NOT NULL,
  verdict TEXT NOT NULL,
  accuracy REAL, fluency REAL, completeness REAL, prosody REAL, total REAL, uncertainty REAL,
  findings TEXT NOT NULL DEFAULT '',
  starred INTEGER NOT NULL DEFAULT 0 CHECK (starred IN (0, 1)),
  note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX takes_by_time ON takes(said_ms DESC, id DESC);
CREATE INDEX takes_of_learner_by_time ON takes(learner, said_ms DESC, id DESC);
CREATE INDEX takes_by_total ON takes(total, id);
CREATE INDEX takes_of_learner_by_total ON takes(learner, total, id);
CREATE INDEX takes_of_recording ON takes(recording);
CREATE INDEX takes_of_text ON takes(learner, text, said_ms);

CREATE TABLE analyses(
  id INTEGER PRIMARY KEY,
  take INTEGER NOT NULL REFERENCES takes ON DELETE CASCADE,
  model TEXT NOT NULL,
  made_ms INTEGER NOT NULL,
  document BLOB NOT NULL
) STRICT;
CREATE INDEX analyses_of_take ON analyses(take, id);

CREATE TABLE take_sounds(
  take INTEGER NOT NULL REFERENCES takes ON DELETE CASCADE,
  learner INTEGER NOT NULL,
  day INTEGER NOT NULL,
  sound TEXT NOT NULL,
  count INTEGER NOT NULL,
  score_sum REAL NOT NULL,
  square_sum REAL NOT NULL,
  wrong INTEGER NOT NULL,
  PRIMARY KEY (take, sound)
) STRICT, WITHOUT ROWID;
CREATE TABLE sound_days(
  learner INTEGER NOT NULL REFERENCES learners ON DELETE CASCADE,
  sound TEXT NOT NULL,
  day INTEGER NOT NULL,
  count INTEGER NOT NULL,
  score_sum REAL NOT NULL,
  square_sum REAL NOT NULL,
  wrong INTEGER NOT NULL,
  PRIMARY KEY (learner, sound, day)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER sounds_come AFTER INSERT ON take_sounds BEGIN
  INSERT INTO sound_days VALUES (new.learner, new.sound, new.day, new.count, new.score_sum, new.square_sum, new.wrong)
  ON CONFLICT DO UPDATE SET count = count + excluded.count, score_sum = score_sum + excluded.score_sum,
    square_sum = square_sum + excluded.square_sum, wrong = wrong + excluded.wrong;
END;
CREATE TRIGGER sounds_go AFTER DELETE ON take_sounds BEGIN
  UPDATE sound_days SET count = count - old.count, score_sum = score_sum - old.score_sum,
    square_sum = square_sum - old.square_sum, wrong = wrong - old.wrong
  WHERE learner = old.learner AND sound = old.sound AND day = old.day;
  DELETE FROM sound_days WHERE learner = old.learner AND sound = old.sound AND day = old.day AND count <= 0;
END;

CREATE TABLE take_confusions(
  take INTEGER NOT NULL REFERENCES takes ON DELETE CASCADE,
  learner INTEGER NOT NULL,
  day INTEGER NOT NULL,
  expected TEXT NOT NULL,
  said TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (take, expected, said)
) STRICT, WITHOUT ROWID;
CREATE INDEX confusions_of_learner ON take_confusions(learner, expected, said, day, count);

CREATE TABLE take_words(
  take INTEGER NOT NULL REFERENCES takes ON DELETE CASCADE,
  learner INTEGER NOT NULL,
  word TEXT NOT NULL,
  count INTEGER NOT NULL,
  score_sum REAL NOT NULL,
  wrong INTEGER NOT NULL,
  PRIMARY KEY (take, word)
) STRICT, WITHOUT ROWID;
CREATE TABLE word_sums(
  learner INTEGER NOT NULL REFERENCES learners ON DELETE CASCADE,
  word TEXT NOT NULL,
  count INTEGER NOT NULL,
  score_sum REAL NOT NULL,
  wrong INTEGER NOT NULL,
  PRIMARY KEY (learner, word)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER words_come AFTER INSERT ON take_words BEGIN
  INSERT INTO word_sums VALUES (new.learner, new.word, new.count, new.score_sum, new.wrong)
  ON CONFLICT DO UPDATE SET count = count + excluded.count, score_sum = score_sum + excluded.score_sum,
    wrong = wrong + excluded.wrong;
END;
CREATE TRIGGER words_go AFTER DELETE ON take_words BEGIN
  UPDATE word_sums SET count = count - old.count, score_sum = score_sum - old.score_sum, wrong = wrong - old.wrong
  WHERE learner = old.learner AND word = old.word;
  DELETE FROM word_sums WHERE learner = old.learner AND word = old.word AND count <= 0;
END;

CREATE TABLE learner_days(
  learner INTEGER NOT NULL REFERENCES learners ON DELETE CASCADE,
  day INTEGER NOT NULL,
  takes INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL,
  scored INTEGER NOT NULL,
  total_sum REAL NOT NULL,
  square_sum REAL NOT NULL,
  PRIMARY KEY (learner, day)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE take_search USING fts5(
  text, note, learner, content = 'takes', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO take_search(take_search, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER takes_come AFTER INSERT ON takes BEGIN
  INSERT INTO take_search(rowid, text, note, learner) VALUES (new.id, new.text, new.note, new.learner);
  INSERT INTO learner_days VALUES (new.learner, new.day, 1, new.duration_ms, new.total IS NOT NULL,
    ifnull(new.total, 0), ifnull(new.total * new.total, 0))
  ON CONFLICT DO UPDATE SET takes = takes + 1, duration_ms = duration_ms + excluded.duration_ms,
    scored = scored + excluded.scored, total_sum = total_sum + excluded.total_sum,
    square_sum = square_sum + excluded.square_sum;
END;
CREATE TRIGGER takes_go AFTER DELETE ON takes BEGIN
  INSERT INTO take_search(take_search, rowid, text, note, learner)
  VALUES ('delete', old.id, old.text, old.note, old.learner);
  UPDATE learner_days SET takes = takes - 1, duration_ms = duration_ms - old.duration_ms,
    scored = scored - (old.total IS NOT NULL), total_sum = total_sum - ifnull(old.total, 0),
    square_sum = square_sum - ifnull(old.total * old.total, 0)
  WHERE learner = old.learner AND day = old.day;
  DELETE FROM learner_days WHERE learner = old.learner AND day = old.day AND takes <= 0;
END;
CREATE TRIGGER takes_noted AFTER UPDATE OF note ON takes BEGIN
  INSERT INTO take_search(take_search, rowid, text, note, learner)
  VALUES ('delete', old.id, old.text, old.note, old.learner);
  INSERT INTO take_search(rowid, text, note, learner) VALUES (new.id, new.text, new.note, new.learner);
END;
CREATE TRIGGER takes_judged_again AFTER UPDATE OF total ON takes BEGIN
  UPDATE learner_days SET scored = scored - (old.total IS NOT NULL) + (new.total IS NOT NULL),
    total_sum = total_sum - ifnull(old.total, 0) + ifnull(new.total, 0),
    square_sum = square_sum - ifnull(old.total * old.total, 0) + ifnull(new.total * new.total, 0)
  WHERE learner = new.learner AND day = new.day;
END;

CREATE TABLE settings(
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

// Words by day, for what should come again when; lessons of one's own.
constexpr const char* kSecond = R"sql(
ALTER TABLE take_words ADD COLUMN day INTEGER NOT NULL DEFAULT 0;
UPDATE take_words SET day = (SELECT day FROM takes WHERE takes.id = take_words.take);
CREATE TABLE word_days(
  learner INTEGER NOT NULL REFERENCES learners ON DELETE CASCADE,
  word TEXT NOT NULL,
  day INTEGER NOT NULL,
  count INTEGER NOT NULL,
  score_sum REAL NOT NULL,
  wrong INTEGER NOT NULL,
  PRIMARY KEY (learner, word, day)
) STRICT, WITHOUT ROWID;
INSERT INTO word_days SELECT learner, word, day, sum(count), sum(score_sum), sum(wrong) FROM take_words
  GROUP BY learner, word, day;
CREATE TRIGGER word_days_come AFTER INSERT ON take_words BEGIN
  INSERT INTO word_days VALUES (new.learner, new.word, new.day, new.count, new.score_sum, new.wrong)
  ON CONFLICT DO UPDATE SET count = count + excluded.count, score_sum = score_sum + excluded.score_sum,
    wrong = wrong + excluded.wrong;
END;
CREATE TRIGGER word_days_go AFTER DELETE ON take_words BEGIN
  UPDATE word_days SET count = count - old.count, score_sum = score_sum - old.score_sum, wrong = wrong - old.wrong
  WHERE learner = old.learner AND word = old.word AND day = old.day;
  DELETE FROM word_days WHERE learner = old.learner AND word = old.word AND day = old.day AND count <= 0;
END;

CREATE TABLE own_lessons(
  name TEXT PRIMARY KEY CHECK (name <> ''),
  made_ms INTEGER NOT NULL,
  pack TEXT NOT NULL
) STRICT;
)sql";

// What a teacher says of a take and asks for; takes by a sound of theirs, and by their lesson.
constexpr const char* kThird = R"sql(
CREATE TABLE comments(
  id INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL UNIQUE,
  take INTEGER NOT NULL REFERENCES takes ON DELETE CASCADE,
  made_ms INTEGER NOT NULL,
  author TEXT NOT NULL,
  text TEXT NOT NULL,
  recording INTEGER REFERENCES recordings ON DELETE SET NULL,
  seen INTEGER NOT NULL DEFAULT 0 CHECK (seen IN (0, 1))
) STRICT;
CREATE INDEX comments_of_take ON comments(take, seen);
CREATE INDEX comments_of_recording ON comments(recording);
CREATE INDEX comments_by_time ON comments(made_ms DESC, id DESC);

CREATE TABLE assignments(
  id INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL UNIQUE,
  learner INTEGER NOT NULL REFERENCES learners ON DELETE CASCADE,
  lesson TEXT NOT NULL CHECK (lesson <> ''),
  made_ms INTEGER NOT NULL,
  due_day INTEGER,
  note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX assignments_of_learner ON assignments(learner, made_ms);
CREATE INDEX takes_of_lesson ON takes(learner, lesson, item, said_ms, total);

CREATE INDEX take_sounds_by_mean ON take_sounds(sound, score_sum / count, take, learner);
)sql";

// What the coach said of a take when it was read, and a learner's takes in the order in which that
// was. Of takes that were there before nothing is known: their tips are in compressed documents.
constexpr const char* kFourth = R"sql(
CREATE TABLE told_tips(
  take INTEGER NOT NULL REFERENCES takes ON DELETE CASCADE,
  position INTEGER NOT NULL,
  tip TEXT NOT NULL,
  PRIMARY KEY (take, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX takes_of_learner_by_verdict ON takes(learner, verdict, id);
)sql";

// Where the tutor's search looks. An index in memory has these tables, too, and no others.
constexpr const char* kPassages = R"sql(
CREATE TABLE passages(
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  name TEXT NOT NULL,
  stamp INTEGER NOT NULL,
  learner INTEGER REFERENCES learners ON DELETE CASCADE,
  take INTEGER REFERENCES takes ON DELETE CASCADE,
  title TEXT NOT NULL,
  heading TEXT NOT NULL DEFAULT '',
  text TEXT NOT NULL,
  words TEXT NOT NULL DEFAULT '',
  asked TEXT NOT NULL DEFAULT '',
  encoder TEXT NOT NULL DEFAULT '',
  vectors BLOB,
  UNIQUE (source, name)
) STRICT;
CREATE INDEX passages_of_take ON passages(take);
CREATE INDEX passages_of_learner ON passages(learner);

CREATE VIRTUAL TABLE passage_search USING fts5(title, heading, text, words, asked, content = 'passages', content_rowid = 'id',
  tokenize = 'porter unicode61 remove_diacritics 2');
INSERT INTO passage_search(passage_search, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER passages_come AFTER INSERT ON passages BEGIN
  INSERT INTO passage_search(rowid, title, heading, text, words, asked)
  VALUES (new.id, new.title, new.heading, new.text, new.words, new.asked);
END;
CREATE TRIGGER passages_go AFTER DELETE ON passages BEGIN
  INSERT INTO passage_search(passage_search, rowid, title, heading, text, words, asked)
  VALUES ('delete', old.id, old.title, old.heading, old.text, old.words, old.asked);
END;
CREATE TRIGGER passages_change AFTER UPDATE OF title, heading, text, words, asked ON passages BEGIN
  INSERT INTO passage_search(passage_search, rowid, title, heading, text, words, asked)
  VALUES ('delete', old.id, old.title, old.heading, old.text, old.words, old.asked);
  INSERT INTO passage_search(rowid, title, heading, text, words, asked)
  VALUES (new.id, new.title, new.heading, new.text, new.words, new.asked);
END;
)sql";

// A note that changes is another passage.
constexpr const char* kNotes = R"sql(
CREATE TRIGGER notes_change AFTER UPDATE OF note ON takes BEGIN
  DELETE FROM passages WHERE take = old.id;
END;
)sql";

// `correct` is LlmAnswer::right: RIGHT is a word of SQL.
constexpr const char* kSixth = R"sql(
CREATE TABLE llm_runs(
  id INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL UNIQUE,
  made_ms INTEGER NOT NULL,
  model TEXT NOT NULL
) STRICT;
CREATE TABLE llm_settings(
  run INTEGER NOT NULL REFERENCES llm_runs ON DELETE CASCADE,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY(run, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE llm_answers(
  run INTEGER NOT NULL REFERENCES llm_runs ON DELETE CASCADE,
  question TEXT NOT NULL,
  repeat INTEGER NOT NULL,
  answerable INTEGER NOT NULL,
  text TEXT NOT NULL,
  objection TEXT NOT NULL,
  error TEXT NOT NULL,
  cites REAL NOT NULL,
  grounded REAL NOT NULL,
  covers REAL NOT NULL,
  fair REAL NOT NULL,
  refuses REAL NOT NULL,
  correct REAL NOT NULL,
  first_token_ms REAL NOT NULL,
  total_ms REAL NOT NULL,
  prompt_tokens INTEGER,
  completion_tokens INTEGER,
  PRIMARY KEY(run, question, repeat)
) STRICT, WITHOUT ROWID;
)sql";

Status Apply(Database& database, const std::string& step, std::int64_t version) {
  auto transaction = Transaction::Begin(database);
  if (!transaction) return transaction.error();
  // Another program may have been faster while this one waited.
  const auto now = database.Number("PRAGMA user_version");
  if (!now) return now.error();
  if (now->value_or(0) >= version) return {};
  if (auto status = database.Execute(step); !status) return status;
  if (auto status = database.Execute("PRAGMA user_version = " + std::to_string(version)); !status)
    return status;
  return transaction->Commit();
}

}  // namespace

const char* PassageTables() { return kPassages; }

const std::vector<std::string>& MigrationSteps() {
  static const std::vector<std::string> steps = {
      kFirst, kSecond, kThird, kFourth, std::string(kPassages) + kNotes, kSixth, SyncStep()};
  return steps;
}

Status Migrate(Database& database) {
  const auto found = database.Number("PRAGMA user_version");
  if (!found) return found.error();
  const auto newest = static_cast<std::int64_t>(MigrationSteps().size());
  const std::int64_t version = found->value_or(0);
  if (version > newest) {
    return Error{Errc::kUnsupported, "the store was made by a newer Euphone (version " +
                                         std::to_string(version) +
                                         " of its tables; this program knows " +
                                         std::to_string(newest) + "); update Euphone"};
  }
  for (std::int64_t step = version; step < newest; ++step) {
    if (auto status = Apply(database, MigrationSteps()[static_cast<std::size_t>(step)], step + 1);
        !status) {
      return status;
    }
  }
  return {};
}

}  // namespace euphone
