#include <algorithm>
#include <cctype>
#include <vector>

#include "base/compression.h"
#include "store/takes.h"

namespace euphone {
namespace {

constexpr std::size_t kMostRows = 1000;
constexpr const char* kTakeColumns =
    "SELECT takes.id, uuid, takes.learner, said_ms, takes.day, takes.text, lesson, item,"
    " duration_ms, recording IS NOT NULL, model, verdict, accuracy, fluency, completeness, prosody,"
    " total, uncertainty, findings, starred, takes.note,"
    " (SELECT count(*) FROM comments WHERE take = takes.id),"
    " (SELECT count(*) FROM comments WHERE take = takes.id AND seen = 0), ";

TakeRow RowOf(const SqlRow& row) {
  TakeRow take;
  take.id = {row.Integer(0)};
  take.uuid = row.Text(1);
  take.learner = {row.Integer(2)};
  take.said_ms = row.Integer(3);
  take.day = row.Integer(4);
  take.text = row.Text(5);
  take.lesson = row.Text(6);
  take.item = row.Text(7);
  take.duration_ms = row.Integer(8);
  take.has_recording = row.Flag(9);
  take.model = row.Text(10);
  take.verdict = row.Text(11);
  take.accuracy = row.MaybeReal(12);
  take.fluency = row.MaybeReal(13);
  take.completeness = row.MaybeReal(14);
  take.prosody = row.MaybeReal(15);
  take.total = row.MaybeReal(16);
  take.uncertainty = row.MaybeReal(17);
  take.findings = row.Text(18);
  take.starred = row.Flag(19);
  take.note = row.Text(20);
  take.comments = row.Integer(21);
  take.unseen = row.Integer(22);
  take.sound_mean = row.MaybeReal(23);
  return take;
}

/// What somebody typed as a full-text query: every word must be there, the last may go on. Signs
/// of the query language are no signs here. Empty where there is no word.
std::string MatchOf(std::string_view typed, std::optional<LearnerId> learner) {
  std::string words;
  for (std::size_t begin = 0; begin < typed.size();) {
    const auto end = std::min(typed.find_first_of(" \t\r\n\"", begin), typed.size());
    if (end > begin) {
      if (!words.empty()) words += " AND ";
      words += "\"" + std::string(typed.substr(begin, end - begin)) + "\"";
    }
    begin = end + 1;
  }
  if (words.empty()) return words;
  const bool whole = typed.back() == ' ' || typed.back() == '"';
  std::string match = "{text note} : (" + words + (whole ? ")" : "*)");
  if (learner) match += " AND learner : \"" + std::to_string(learner->value) + "\"";
  return match;
}

/// As the index take_sounds_by_mean has it.
constexpr const char* kSoundMean = "take_sounds.score_sum / take_sounds.count";

/// How an order goes on after a row: its columns, the direction, and the row's value of the first.
struct Ordering {
  const char* column;
  const char* number;  ///< What tells rows of the same value apart.
  bool falling;
};

Ordering OrderingOf(const TakeQuery& query) {
  const bool falling = query.order == TakeOrder::kNewest || query.order == TakeOrder::kBest;
  if (query.order == TakeOrder::kNewest || query.order == TakeOrder::kOldest)
    return {"said_ms", "takes.id", falling};
  if (query.sound.empty()) return {"total", "takes.id", falling};
  return {kSoundMean, "take_sounds.take", falling};
}

/// A row's score in an order by scores; absent: it has none, or is not there.
Result<std::optional<double>> ScoreOf(Store& store, TakeId take, const std::string& sound) {
  std::optional<double> score;
  const auto take_score = [&](const SqlRow& row) { score = row.MaybeReal(0); };
  auto status =
      sound.empty()
          ? store.database().Each("SELECT total FROM takes WHERE id = ?1", {take.value}, take_score)
          : store.database().Each(
                "SELECT score_sum / count FROM take_sounds WHERE take = ?1 AND sound = ?2",
                {take.value, std::string_view(sound)}, take_score);
  if (!status) return status.error();
  return score;
}

class Builder {
 public:
  void Where(const std::string& condition) {
    where_ += (where_.empty() ? " WHERE " : " AND ") + condition;
  }
  /// The number of the next value.
  std::string Bind(SqlValue value) {
    values.push_back(value);
    return "?" + std::to_string(values.size());
  }
  const std::string& where() const { return where_; }
  std::vector<SqlValue> values;

 private:
  std::string where_;
};

}  // namespace

std::optional<TakeOrder> TakeOrderNamed(std::string_view name) {
  if (name == "newest") return TakeOrder::kNewest;
  if (name == "oldest") return TakeOrder::kOldest;
  if (name == "worst") return TakeOrder::kWorst;
  return name == "best" ? std::optional(TakeOrder::kBest) : std::nullopt;
}

Result<std::vector<TakeRow>> FindTakes(Store& store, const TakeQuery& query) {
  Builder built;
  const std::string match = MatchOf(query.search, query.learner);
  const bool by_score = query.order == TakeOrder::kWorst || query.order == TakeOrder::kBest;
  const bool of_sound = !query.sound.empty(), by_sound = of_sound && by_score;
  // CROSS JOIN: SQLite is told where to begin, in the index that has the order of the page.
  std::string from = by_sound   ? "take_sounds CROSS JOIN takes ON takes.id = take_sounds.take"
                     : of_sound ? "takes CROSS JOIN take_sounds ON take_sounds.take = takes.id"
                                : "takes";
  if (!match.empty()) {
    from = "take_search JOIN takes ON takes.id = take_search.rowid";
    if (of_sound) from += " JOIN take_sounds ON take_sounds.take = takes.id";
    built.Where("take_search MATCH " + built.Bind(std::string_view(match)));
  }
  from.insert(0, std::string(of_sound ? kSoundMean : "NULL") + " FROM ");
  if (of_sound) built.Where("sound = " + built.Bind(std::string_view(query.sound)));
  if (query.learner) {
    // The index of sounds knows the learner: those of others are passed over without their takes.
    built.Where(std::string(by_sound ? "take_sounds" : "takes") +
                ".learner = " + built.Bind(query.learner->value));
  }
  if (!query.lesson.empty()) built.Where("lesson = " + built.Bind(std::string_view(query.lesson)));
  if (query.starred) built.Where("starred = 1");
  if (query.below) built.Where("total < " + built.Bind(*query.below));
  if (query.from_ms) built.Where("said_ms >= " + built.Bind(*query.from_ms));
  if (query.to_ms) built.Where("said_ms < " + built.Bind(*query.to_ms));
  const Ordering ordering = OrderingOf(query);
  if (by_score && !of_sound) built.Where("total IS NOT NULL");
  // Matches come in order of their numbers by themselves; to sort thousands of them takes longer
  // than a page may.
  const bool by_number = !match.empty() && !by_score;
  const std::string compared = ordering.falling ? " < " : " > ";
  const std::string direction = ordering.falling ? " DESC" : "";
  if (query.after) {
    const auto last = GetTake(store, *query.after);
    const auto score = ScoreOf(store, *query.after, query.sound);
    if (!score) return score.error();
    if (!last || (by_score && !*score)) {
      return Error{Errc::kInvalidArgument, "the take that the page should follow is not there"};
    }
    const SqlValue value = by_score ? SqlValue(**score) : SqlValue(last->said_ms);
    if (by_number) {
      built.Where("take_search.rowid" + compared + built.Bind(last->id.value));
    } else {
      built.Where("(" + std::string(ordering.column) + ", " + ordering.number + ")" + compared +
                  "(" + built.Bind(value) + ", " + built.Bind(last->id.value) + ")");
    }
  }
  const std::string order = by_number
                                ? "take_search.rowid" + direction
                                : ordering.column + direction + ", " + ordering.number + direction;
  const auto limit = static_cast<std::int64_t>(std::clamp<std::size_t>(query.limit, 1, kMostRows));
  const std::string statement =
      kTakeColumns + from + built.where() + " ORDER BY " + order + " LIMIT " + built.Bind(limit);
  std::vector<TakeRow> rows;
  if (auto status = store.database().Each(statement, built.values,
                                          [&](const SqlRow& row) { rows.push_back(RowOf(row)); });
      !status) {
    return status.error();
  }
  return rows;
}

namespace {

Result<TakeRow> OneTake(Store& store, const std::string& condition, SqlValue value) {
  std::optional<TakeRow> take;
  if (auto status = store.database().Each(kTakeColumns + ("NULL FROM takes WHERE " + condition),
                                          {value}, [&](const SqlRow& row) { take = RowOf(row); });
      !status) {
    return status.error();
  }
  if (!take) return Error{Errc::kNotFound, "there is no such take"};
  return *std::move(take);
}

}  // namespace

Result<TakeRow> GetTake(Store& store, TakeId id) { return OneTake(store, "id = ?1", id.value); }
Result<TakeRow> GetTake(Store& store, std::string_view uuid) {
  return OneTake(store, "uuid = ?1", uuid);
}

Result<std::vector<KeptJudgement>> JudgementsOf(Store& store, TakeId id) {
  std::vector<KeptJudgement> kept;
  std::optional<Error> failed;
  if (auto status = store.database().Each(
          "SELECT model, made_ms, document FROM analyses WHERE take = ?1 ORDER BY id", {id.value},
          [&](const SqlRow& row) {
            auto document = Decompressed(row.Bytes(2));
            if (!document) {
              failed = document.error();
              return;
            }
            kept.push_back({row.Text(0), row.Integer(1), *std::move(document)});
          });
      !status) {
    return status.error();
  }
  if (failed) return *failed;
  return kept;
}

}  // namespace euphone
