#include <array>
#include <set>
#include <string>
#include <system_error>

#include "store/care.h"
#include "store/learners.h"
#include "store/recordings.h"

namespace euphone {

namespace fs = std::filesystem;

namespace {

struct CheckedRecording {
  std::int64_t id = 0, learner = 0;
  std::string name;
};

/// A table of sums, by what its rows are told apart, how they are counted from the takes, and when
/// what is kept differs from that.
struct Sum {
  const char* name;
  const char* table;
  const char* keys;
  const char* counted;
  const char* differs;

  std::string WrongRows() const {
    return std::string("SELECT count(*) FROM (") + counted + ") AS counted FULL JOIN " + table +
           " AS kept USING (" + keys + ") WHERE " + differs;
  }
  std::string Recount() const {
    return std::string("DELETE FROM ") + table + "; INSERT INTO " + table + " " + counted;
  }
};

// Sums of scores grow and shrink by parts: what is left of rounding is far below a thousandth.
constexpr std::array kSums{
    Sum{"sounds by day", "sound_days", "learner, sound, day",
        R"(SELECT learner, sound, day, sum(count) AS count, sum(score_sum) AS score_sum,
           sum(square_sum) AS square_sum, sum(wrong) AS wrong
           FROM take_sounds GROUP BY learner, sound, day)",
        R"(counted.count IS NOT kept.count OR counted.wrong IS NOT kept.wrong
           OR abs(counted.score_sum - kept.score_sum) > 0.001)"},
    Sum{"words", "word_sums", "learner, word",
        R"(SELECT learner, word, sum(count) AS count, sum(score_sum) AS score_sum,
           sum(wrong) AS wrong FROM take_words GROUP BY learner, word)",
        R"(counted.count IS NOT kept.count OR counted.wrong IS NOT kept.wrong
           OR abs(counted.score_sum - kept.score_sum) > 0.001)"},
    Sum{"words by day", "word_days", "learner, word, day",
        R"(SELECT learner, word, day, sum(count) AS count, sum(score_sum) AS score_sum,
           sum(wrong) AS wrong FROM take_words GROUP BY learner, word, day)",
        R"(counted.count IS NOT kept.count OR counted.wrong IS NOT kept.wrong
           OR abs(counted.score_sum - kept.score_sum) > 0.001)"},
    Sum{"days", "learner_days", "learner, day",
        R"(SELECT learner, day, count(*) AS takes, sum(duration_ms) AS duration_ms,
           count(total) AS scored, total(total) AS total_sum, total(total * total) AS square_sum
           FROM takes GROUP BY learner, day)",
        R"(counted.takes IS NOT kept.takes OR counted.scored IS NOT kept.scored
           OR counted.duration_ms IS NOT kept.duration_ms
           OR abs(counted.total_sum - kept.total_sum) > 0.001)"},
    Sum{"what waits to be sent", "outbox_lanes", "class",
        R"(SELECT column1 AS class, count(seq) AS count, ifnull(sum(bytes), 0) AS bytes
           FROM (VALUES (0), (1), (2), (3)) LEFT JOIN outbox_records ON class = column1
           GROUP BY column1)",
        "counted.count IS NOT kept.count OR counted.bytes IS NOT kept.bytes"}};

class Check {
 public:
  Check(Store& store, const CheckOptions& options)
      : store_(store), database_(store.database()), options_(options) {}

  Result<std::vector<Fault>> Run() {
    for (const auto step :
         {&Check::Tables, &Check::Sums, &Check::Unused, &Check::Recordings, &Check::LeftOver}) {
      if (auto status = (this->*step)(); !status) return status.error();
    }
    return std::move(faults_);
  }

 private:
  void Found(FaultKind kind, std::string what, bool repaired = false) {
    faults_.push_back({kind, std::move(what), repaired});
  }

  Status Tables() {
    auto status = database_.Each("PRAGMA integrity_check(20)", {}, [&](const SqlRow& row) {
      if (row.Text(0) != "ok") Found(FaultKind::kDatabase, row.Text(0));
    });
    if (!status) return status;
    status = database_.Each("PRAGMA foreign_key_check", {}, [&](const SqlRow& row) {
      Found(FaultKind::kDatabase,
            "a row of " + row.Text(0) + " belongs to nothing in " + row.Text(2));
    });
    if (!status) return status;
    if (auto searched = database_.Run(
            "INSERT INTO take_search(take_search, rank) VALUES ('integrity-check', 1)");
        !searched) {
      bool repaired = false;
      if (options_.repair) {
        repaired =
            database_.Run("INSERT INTO take_search(take_search) VALUES ('rebuild')").has_value();
      }
      Found(FaultKind::kWrongSum, "the index for searching is not that of the texts", repaired);
    }
    return {};
  }

  Status Sums() {
    for (const Sum& sum : kSums) {
      const auto wrong = database_.Number(sum.WrongRows());
      if (!wrong) return wrong.error();
      if (wrong->value_or(0) == 0) continue;
      bool repaired = false;
      if (options_.repair) {
        auto transaction = Transaction::Begin(database_);
        if (!transaction) return transaction.error();
        if (auto status = database_.Execute(sum.Recount()); !status) return status;
        if (auto status = transaction->Commit(); !status) return status;
        repaired = true;
      }
      Found(FaultKind::kWrongSum, std::to_string(**wrong) + " sums of " + sum.name + " are wrong",
            repaired);
    }
    return {};
  }

  Status Unused() {
    const std::string which = "FROM recordings WHERE " + std::string(kNobodyHasIt);
    const auto unused = database_.Number("SELECT count(*) " + which);
    if (!unused) return unused.error();
    if (unused->value_or(0) == 0) return {};
    if (options_.repair) {
      if (auto status = database_.Run("DELETE " + which); !status) return status;
    }
    Found(FaultKind::kUnused, std::to_string(**unused) + " recordings belong to nothing",
          options_.repair);
    return {};
  }

  Status Recordings() {
    std::vector<CheckedRecording> recordings;
    if (auto status =
            database_.Each("SELECT id, learner, name FROM recordings ORDER BY learner", {},
                           [&](const SqlRow& row) {
                             recordings.push_back({row.Integer(0), row.Integer(1), row.Text(2)});
                           });
        !status) {
      return status;
    }
    std::int64_t done = 0;
    for (const CheckedRecording& recording : recordings) {
      if (options_.progress && !options_.progress(++done, std::ssize(recordings)))
        return Error{Errc::kIo, "the check was stopped"};
      known_.insert(recording.name);
      if (auto status = CheckRecording(recording); !status) return status;
    }
    return {};
  }

  Status CheckRecording(const CheckedRecording& recording) {
    const fs::path file = store_.vault().PathOf(recording.name);
    std::error_code ignored;
    if (!fs::exists(file, ignored)) {
      if (options_.repair) {
        if (auto status = Forget(recording); !status) return status;
      }
      Found(FaultKind::kMissingRecording, file.filename().string() + " is missing",
            options_.repair);
      return {};
    }
    if (!options_.contents) return {};
    if (recording.learner != key_of_) {
      const auto key = RecordingKey(store_, {recording.learner});
      if (!key) return key.error();
      key_ = *key;
      key_of_ = recording.learner;
    }
    const auto content = store_.vault().Open(recording.name, key_);
    if (content) return {};
    if (content.error().code != Errc::kCorrupt) return content.error();
    if (options_.repair) {
      if (auto status = SetAside(file); !status) return status;
      if (auto status = Forget(recording); !status) return status;
    }
    Found(FaultKind::kDamagedRecording, file.filename().string() + " is damaged", options_.repair);
    return {};
  }

  /// Takes keep their scores, comments their text; they lose the recording.
  Status Forget(const CheckedRecording& recording) {
    return database_.Run("DELETE FROM recordings WHERE id = ?1", {recording.id});
  }

  Status SetAside(const fs::path& file) const {
    std::error_code failed;
    fs::create_directories(store_.folder() / "lost", failed);
    fs::rename(file, store_.folder() / "lost" / file.filename(), failed);
    if (failed) return Error{Errc::kIo, file.string() + ": cannot be moved: " + failed.message()};
    return {};
  }

  Status LeftOver() {
    std::optional<Error> failed;
    auto status = store_.vault().ForEachFile([&](const std::string& name, const fs::path& path) {
      if (known_.contains(name) && path == store_.vault().PathOf(name)) return;
      bool removed = false;
      if (options_.repair) {
        std::error_code error;
        removed = fs::remove(path, error);
        if (error) failed = Error{Errc::kIo, path.string() + ": " + error.message()};
      }
      Found(FaultKind::kLeftOver, path.filename().string() + " belongs to nothing", removed);
    });
    return failed ? Status(*failed) : status;
  }

  Store& store_;
  Database& database_;
  const CheckOptions& options_;
  std::vector<Fault> faults_;
  std::set<std::string> known_;
  std::int64_t key_of_ = 0;
  SecretKey key_;
};

}  // namespace

Result<std::vector<Fault>> CheckStore(Store& store, const CheckOptions& options) {
  // A recording on its way to its row would look left over.
  const auto alone = store.Writing(FileLock::Kind::kAlone);
  if (!alone) return alone.error();
  return Check(store, options).Run();
}

}  // namespace euphone
