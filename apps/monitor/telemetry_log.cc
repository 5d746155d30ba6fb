#include "monitor/telemetry_log.h"

#include <unistd.h>

#include <atomic>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/file.h"
#include "monitor/machine_state.h"
#include "telemetry/telemetry_book.h"

namespace euphone::monitor {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::minutes kBetweenWrites{1};
constexpr int kMostRuns = 64;  ///< Looked at, in one start.

std::int64_t Now() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

fs::path BookIn(const fs::path& folder) { return folder / "book.json"; }
fs::path RunsIn(const fs::path& folder) { return folder / "runs"; }

/// Empty where there is none yet.
Result<TelemetryBook> ReadBook(const fs::path& folder) {
  const auto text = ReadFile(BookIn(folder), kMostBookBytes);
  if (!text) {
    if (text.error().code == Errc::kNotFound) return TelemetryBook();
    return text.error();
  }
  auto book = TelemetryBook::Read(*text);
  if (!book) return Prefixed(BookIn(folder).string(), book.error());
  return book;
}

/// Changes the book while nobody else does. One that cannot be read is begun anew: what it counted
/// is gone, and not worth a lesson.
template <class Change>
Status ChangeBook(const fs::path& folder, Change change) {
  const auto lock =
      FileLock::Take(folder / "lock", FileLock::Kind::kAlone, FileLock::Patience::kWait);
  if (!lock) return lock.error();
  auto book = ReadBook(folder);
  if (!book && book.error().code == Errc::kIo) return book.error();
  TelemetryBook changed = book ? *std::move(book) : TelemetryBook();
  change(changed);
  return WriteFileAtomically(BookIn(folder), changed.ToJson());
}

/// How many programs are gone without having said so: nobody holds the locks of their files.
int CountCrashes(const fs::path& folder) {
  int crashes = 0;
  int seen = 0;
  std::error_code none;
  for (const auto& run : fs::directory_iterator(RunsIn(folder), none)) {
    if (++seen > kMostRuns) break;
    if (!FileLock::Take(run.path(), FileLock::Kind::kAlone, FileLock::Patience::kNone)) continue;
    if (fs::remove(run.path(), none)) ++crashes;
  }
  return crashes;
}

}  // namespace

Tally TallyOf(const JudgedTake& take) {
  const Analysis& analysis = take.analysis;
  Tally tally;
  const double seconds = static_cast<double>(analysis.samples) / static_cast<double>(analysis.rate);
  tally.times.counts = {.takes = 1, .audio_seconds = seconds};
  tally.times.latency.Add(take.latency_seconds);
  if (seconds > 0.0) tally.times.speed.Add(take.pass_seconds / seconds);
  if (analysis.verdict != Verdict::kScored) {
    tally.times.counts.not_scored = 1;
    return tally;
  }
  const std::string_view model = analysis.model;
  const std::size_t space = model.rfind(' ');
  if (space == 0 || space >= 64 || model.size() - space > 64) return tally;
  ScoreCounts& scores = tally.scores.emplace_back();
  scores.bundle = model.substr(0, space);
  scores.version = model.substr(space + 1);
  scores.takes = 1;
  for (const WordScore& word : analysis.words) {
    if (word.accuracy) scores.words.Add(*word.accuracy);
    for (const PhoneScore& phone : word.phones)
      if (word.accuracy) scores.phones.Add(phone.score);
  }
  if (analysis.scores.accuracy) scores.sentences.Add(*analysis.scores.accuracy);
  return tally;
}

std::shared_ptr<TelemetryLog> TelemetryLog::Open(const fs::path& folder) {
  std::error_code failed;
  if (folder.empty() || !fs::is_directory(folder, failed)) return nullptr;
  fs::create_directory(RunsIn(folder), failed);
  static std::atomic<int> opened{0};
  const fs::path run =
      RunsIn(folder) / (std::to_string(::getpid()) + "-" + std::to_string(opened.fetch_add(1)));
  int crashes = 0;
  std::optional<FileLock> alive;
  const Status told = ChangeBook(folder, [&](TelemetryBook& book) {
    crashes = CountCrashes(folder);
    auto taken = FileLock::Take(run, FileLock::Kind::kAlone, FileLock::Patience::kNone);
    if (taken) alive = *std::move(taken);
    for (int i = 0; i < crashes; ++i) book.Crashed(Now());
    book.Started(Now());
  });
  if (!told || !alive) return nullptr;
  return std::shared_ptr<TelemetryLog>(new TelemetryLog(folder, run, *std::move(alive)));
}

TelemetryLog::~TelemetryLog() {
  Flush();
  std::error_code ignored;
  fs::remove(run_, ignored);
}

void TelemetryLog::Judged(const JudgedTake& take) { Add(TallyOf(take)); }

void TelemetryLog::CountXruns(std::uint64_t gaps) {
  Tally tally;
  tally.times.counts.xruns = gaps;
  Add(tally);
}

void TelemetryLog::Add(const Tally& tally) {
  const std::lock_guard lock(mutex_);
  waiting_.times.Merge(tally.times);
  for (const ScoreCounts& scores : tally.scores) MergeScores(waiting_.scores, scores);
  if (std::chrono::steady_clock::now() - written_ >= kBetweenWrites) Flush();
}

void TelemetryLog::Flush() {
  written_ = std::chrono::steady_clock::now();
  const Status told = ChangeBook(folder_, [this](TelemetryBook& book) {
    book.Add(waiting_, Now());
    book.Measured(PeakMemoryMb(), TemperatureC());
  });
  if (told) waiting_ = Tally();
}

Result<Telemetry> TelemetryLog::Tell(const std::string& program) {
  const std::lock_guard lock(mutex_);
  auto book = ReadBook(folder_);
  if (!book) return book.error();
  book->Add(waiting_, Now());
  book->Measured(PeakMemoryMb(), TemperatureC());
  return book->Tell(program, Now());
}

Status BeginTelemetry(const fs::path& folder) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (!failed) return {};
  return Error{Errc::kIo, folder.string() + ": cannot make this folder: " + failed.message()};
}

Result<Telemetry> ReadTelemetryFolder(const fs::path& folder, const std::string& program) {
  std::error_code failed;
  if (!fs::is_directory(folder, failed)) {
    return Error{Errc::kNotFound, folder.string() +
                                      ": this device does not count what it does; `euphone "
                                      "telemetry begin` has it do so"};
  }
  auto book = ReadBook(folder);
  if (!book) return book.error();
  book->Measured(std::nullopt, TemperatureC());
  return book->Tell(program, Now());
}

Result<std::string> TelemetryText(const fs::path& folder, const std::string& program) {
  const auto telemetry = ReadTelemetryFolder(folder, program);
  if (!telemetry) return telemetry.error();
  return ToJson(*telemetry);
}

}  // namespace euphone::monitor
