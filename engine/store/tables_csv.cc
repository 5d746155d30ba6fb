#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "report/csv_line.h"
#include "report/format.h"
#include "store/learners.h"
#include "store/portable.h"
#include "store/progress.h"

namespace euphone {
namespace {

/// A text that a spreadsheet would take for a formula gets a sign before it, as OWASP advises.
std::string Harmless(std::string text) {
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos)
    text.insert(0, 1, '\'');
  return text;
}

std::string NumberOf(const SqlRow& row, int column) {
  return row.IsNull(column) ? std::string() : Decimal(row.Real(column), 2);
}

/// "[3,7]", for json_each.
std::string ListOf(const std::vector<TakeId>& takes) {
  std::string list;
  for (const TakeId take : takes) list += (list.empty() ? "[" : ",") + std::to_string(take.value);
  return list + "]";
}

template <std::size_t kColumns>
Result<std::string> Table(
    Store& store, const TakeSelection& selection, std::string statement,
    const std::array<std::string, kColumns>& names,
    const std::function<std::array<std::string, kColumns>(const SqlRow&)>& fields) {
  std::string csv;
  AddCsvLine(names, csv);
  const bool one = selection.learner.has_value(), chosen = !selection.takes.empty();
  const std::string takes = chosen ? ListOf(selection.takes) : "";
  statement += one ? " WHERE takes.learner = ?1" : " WHERE ?1 IS NULL";
  statement += chosen ? " AND takes.id IN (SELECT value FROM json_each(?2))" : " AND ?2 = ''";
  statement += " ORDER BY said_ms, takes.id";
  if (auto status = store.database().Each(
          statement,
          {one ? SqlValue(selection.learner->value) : SqlValue(nullptr), std::string_view(takes)},
          [&](const SqlRow& row) { AddCsvLine(fields(row), csv); });
      !status) {
    return status.error();
  }
  return csv;
}

}  // namespace

Result<std::string> TakesCsv(Store& store, const TakeSelection& selection) {
  static const std::array<std::string, 17> names = {
      "take",          "learner",        "said_utc",      "text",
      "lesson",        "item",           "seconds",       "verdict",
      "total_0_100",   "accuracy_0_100", "fluency_0_100", "completeness_0_100",
      "prosody_0_100", "uncertainty",    "findings",      "starred",
      "note"};
  return Table<17>(
      store, selection,
      "SELECT takes.uuid, name, strftime('%Y-%m-%dT%H:%M:%SZ', said_ms / 1000, 'unixepoch'), text,"
      " lesson, item, duration_ms / 1000.0, verdict, total, accuracy, fluency, completeness,"
      " prosody, uncertainty, findings, starred, note"
      " FROM takes JOIN learners ON learners.id = takes.learner",
      names, [](const SqlRow& row) {
        return std::array<std::string, 17>{
            row.Text(0),           Harmless(row.Text(1)), row.Text(2),       Harmless(row.Text(3)),
            Harmless(row.Text(4)), Harmless(row.Text(5)), NumberOf(row, 6),  row.Text(7),
            NumberOf(row, 8),      NumberOf(row, 9),      NumberOf(row, 10), NumberOf(row, 11),
            NumberOf(row, 12),     NumberOf(row, 13),     row.Text(14),      row.Text(15),
            Harmless(row.Text(16))};
      });
}

Result<std::string> SoundsCsv(Store& store, const TakeSelection& selection) {
  static const std::array<std::string, 6> names = {"take",  "said_utc",         "arpabet",
                                                   "count", "mean_score_0_100", "wrong"};
  return Table<6>(
      store, selection,
      "SELECT uuid, strftime('%Y-%m-%dT%H:%M:%SZ', said_ms / 1000, 'unixepoch'), sound, count,"
      " score_sum / count, wrong FROM takes JOIN take_sounds ON take_sounds.take = takes.id",
      names, [](const SqlRow& row) {
        return std::array<std::string, 6>{row.Text(0), row.Text(1),      row.Text(2),
                                          row.Text(3), NumberOf(row, 4), row.Text(5)};
      });
}

namespace {

constexpr std::int64_t kRecentDays = 28;

using SoundMeans = std::map<std::string, Mean>;

Result<std::map<std::int64_t, SoundMeans>> MeansOfSounds(Store& store) {
  std::map<std::int64_t, SoundMeans> means;
  if (auto status = store.database().Each(
          "SELECT learner, sound, sum(count), sum(score_sum), sum(square_sum) FROM sound_days"
          " GROUP BY learner, sound",
          {},
          [&](const SqlRow& row) {
            means[row.Integer(0)][row.Text(1)] = MeanOf(row.Integer(2), row.Real(3), row.Real(4));
          });
      !status) {
    return status.error();
  }
  return means;
}

/// The hardest for the class first; every learner counts the same.
std::vector<std::string> ByDifficulty(const std::map<std::int64_t, SoundMeans>& means) {
  std::map<std::string, std::pair<double, double>> sums;
  for (const auto& [learner, sounds] : means) {
    for (const auto& [sound, mean] : sounds) {
      sums[sound].first += mean.value;
      sums[sound].second += 1.0;
    }
  }
  std::vector<std::string> sounds;
  for (const auto& [sound, sum] : sums) sounds.push_back(sound);
  std::ranges::stable_sort(
      sounds, {}, [&](const std::string& sound) { return sums[sound].first / sums[sound].second; });
  return sounds;
}

struct RecentDays {
  std::int64_t days = 0;
  Mean total;
};

Result<std::map<std::int64_t, RecentDays>> Recent(Store& store, std::int64_t today) {
  std::map<std::int64_t, RecentDays> recent;
  if (auto status = store.database().Each(
          "SELECT learner, count(*), sum(scored), sum(total_sum), sum(square_sum)"
          " FROM learner_days WHERE day > ?1 GROUP BY learner",
          {today - kRecentDays},
          [&](const SqlRow& row) {
            recent[row.Integer(0)] = {row.Integer(1),
                                      MeanOf(row.Integer(2), row.Real(3), row.Real(4))};
          });
      !status) {
    return status.error();
  }
  return recent;
}

std::string ValueOf(const Mean& mean) { return mean.count > 0 ? Decimal(mean.value, 2) : ""; }

}  // namespace

Result<std::string> ClassCsv(Store& store, std::int64_t today) {
  const auto learners = AllLearners(store);
  if (!learners) return learners.error();
  auto means = MeansOfSounds(store);
  if (!means) return means.error();
  auto recent = Recent(store, today);
  if (!recent) return recent.error();
  const std::vector<std::string> sounds = ByDifficulty(*means);
  std::vector<std::string> fields = {
      "learner",          "first_language", "takes", "days_practised_of_28",
      "mean_score_0_100", "standard_error"};
  for (const std::string& sound : sounds) {
    fields.push_back(sound + "_mean_0_100");
    fields.push_back(sound + "_count");
  }
  std::string csv;
  AddCsvLine(fields, csv);
  for (const Learner& learner : *learners) {
    const RecentDays& now = (*recent)[learner.id.value];
    fields = {Harmless(learner.name),
              Harmless(learner.first_language),
              std::to_string(learner.takes),
              std::to_string(now.days),
              ValueOf(now.total),
              now.total.count > 0 ? Decimal(now.total.error, 2) : ""};
    for (const std::string& sound : sounds) {
      const Mean& mean = (*means)[learner.id.value][sound];
      fields.push_back(ValueOf(mean));
      fields.push_back(std::to_string(mean.count));
    }
    AddCsvLine(fields, csv);
  }
  return csv;
}

}  // namespace euphone
