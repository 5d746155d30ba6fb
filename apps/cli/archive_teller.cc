#include "archive_teller.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "exit_code.h"
#include "terminal.h"

namespace euphone::cli {
namespace {

constexpr std::chrono::seconds kLineOfArchiveEvery{10};
constexpr std::chrono::seconds kRateOver{30};

}  // namespace

ArchiveTeller::ArchiveTeller(std::string run, std::int64_t total, bool as_json, double finish_in_s)
    : run_(std::move(run)),
      as_json_(as_json),
      finish_in_s_(finish_in_s),
      bar_("Scoring", static_cast<std::size_t>(total)) {
  pace_.total = total;
}

void ArchiveTeller::Take(const fleet::ArchiveTally& tally) {
  const auto now = Clock::now();
  pace_.tally = tally;
  past_.emplace_back(now, tally.done());
  while (past_.size() > 2 && now - past_.front().first > kRateOver) past_.pop_front();
  const double seconds = std::chrono::duration<double>(now - past_.front().first).count();
  const auto gained = static_cast<double>(tally.done() - past_.front().second);
  if (seconds > 0.5) pace_.per_second = gained / seconds;
}

void ArchiveTeller::Show(bool at_the_end) {
  if (as_json_) {
    if (!Print(Line())) broken_ = true;
    return;
  }
  bar_.Update(static_cast<std::size_t>(pace_.tally.done()), Note());
  if (::isatty(STDERR_FILENO) == 1 || at_the_end) return;
  const auto now = Clock::now();
  if (now - last_line_ < kLineOfArchiveEvery) return;
  last_line_ = now;
  ReportLine(fmt::format("{}: {} of {}, {}", run_, pace_.tally.done(), pace_.total, Note()));
}

void ArchiveTeller::Say(const std::string& what) {
  bar_.Clear();
  if (what == said_) return;
  said_ = what;
  ReportLine(what);
}

std::string ArchiveTeller::Note() const {
  std::string note = fmt::format("{:.1f}/s", pace_.per_second);
  if (const auto left = pace_.seconds_left()) note += fmt::format(", {:.0f} s left", *left);
  if (const auto wanted = pace_.WorkersFor(finish_in_s_); wanted && *wanted > 0) {
    note += fmt::format(", {} worker{} would do it in {:.3g} h", *wanted, *wanted == 1 ? "" : "s",
                        finish_in_s_ / 3600.0);
  }
  return note;
}

std::string ArchiveTeller::Line() const {
  nlohmann::json line = {{"run", run_},
                         {"total", pace_.total},
                         {"done", pace_.tally.done()},
                         {"rate", std::round(pace_.per_second * 100.0) / 100.0}};
  for (const auto& [state, count] : pace_.tally.count) line[fleet::NameOf(state)] = count;
  if (const auto left = pace_.seconds_left()) line["seconds_left"] = std::round(*left);
  if (const auto wanted = pace_.WorkersFor(finish_in_s_)) line["suggested_workers"] = *wanted;
  return line.dump() + "\n";
}

}  // namespace euphone::cli
