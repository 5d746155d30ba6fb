#include "watch_microphone.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "anomaly/drift.h"
#include "anomaly/microphone_changes.h"
#include "audio/audio_reader.h"
#include "audio/quality_gate.h"
#include "base/file.h"
#include "terminal.h"

namespace euphone::cli {
namespace {

constexpr std::size_t kMostHistoryBytes = 64u << 20;  ///< Some 150,000 recordings.

std::string DateOfTime(std::time_t time) {
  std::tm local{};
  ::localtime_r(&time, &local);
  return fmt::format("{:04}-{:02}-{:02}", local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
}

/// When a recording was made, as far as its file tells.
std::string DayOfFile(const std::string& file) {
  struct stat status {};
  return DateOfTime(::stat(file.c_str(), &status) == 0 ? status.st_mtime : std::time(nullptr));
}

Result<std::vector<MicrophoneTake>> ReadHistory(const std::string& file) {
  auto text = ReadFile(file, kMostHistoryBytes);
  if (!text) return text.error();
  auto takes = ParseHistory(*text);
  if (!takes) return Prefixed(Shortened(file), takes.error());
  return takes;
}

/// One recording's line of the history. Fails: as ReadRecording; kUnsupported, where there is no
/// speech by which a microphone could be judged.
Result<MicrophoneTake> Measure(const std::string& file, const std::string& day) {
  ReadOptions read;
  read.stop = InterruptDescriptor();
  auto recording = ReadRecording(std::filesystem::path(file), read);
  if (!recording) return recording.error();
  QualityReport quality = AssessQuality(recording->samples, kRecordingRate);
  AddSourceFindings(recording->source, quality);
  if (quality.speech_seconds <= 0.0) {
    return Error{Errc::kUnsupported,
                 Shortened(file) + ": not counted: " + quality.findings.front().message};
  }
  return MicrophoneTake{day.empty() ? DayOfFile(file) : day,
                        std::filesystem::path(file).filename().string(),
                        MeasureMicrophone(recording->samples, kRecordingRate, quality)};
}

/// Puts a take behind those of its day and before; not again one that is there.
void Insert(MicrophoneTake take, std::vector<MicrophoneTake>& takes) {
  const std::string line = ToLine(take);
  for (const MicrophoneTake& known : takes)
    if (known.day == take.day && ToLine(known) == line) return;
  const auto later = std::find_if(takes.begin(), takes.end(), [&](const MicrophoneTake& known) {
    return known.day > take.day;
  });
  takes.insert(later, std::move(take));
}

Status WriteHistory(const std::string& file, const std::vector<MicrophoneTake>& takes) {
  std::string text;
  for (const MicrophoneTake& take : takes) text += ToLine(take) + "\n";
  return WriteFileAtomically(file, text);
}

bool IsTooEarly(const std::vector<MicrophoneTake>& takes) {
  std::vector<int> days;
  for (const MicrophoneTake& take : takes) days.push_back(*DayNumber(take.day));
  return FirstTakes(days) == 0;
}

std::string AsJson(const std::vector<MicrophoneTake>& takes,
                   const std::vector<MicrophoneChange>& changes) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const MicrophoneChange& change : changes) {
    list.push_back({{"trouble", NameOf(change.trouble)},
                    {"since", change.since},
                    {"change", change.change},
                    {"unit", change.unit},
                    {"gradual", change.gradual},
                    {"message", change.message},
                    {"advice", change.advice}});
  }
  const nlohmann::ordered_json json{
      {"recordings", takes.size()}, {"too_early", IsTooEarly(takes)}, {"changes", list}};
  return json.dump() + "\n";
}

std::string AsText(const std::vector<MicrophoneTake>& takes,
                   const std::vector<MicrophoneChange>& changes) {
  std::string text;
  for (const MicrophoneChange& change : changes)
    text += change.message + "\n  " + change.advice + "\n";
  if (!text.empty()) return text;
  if (IsTooEarly(takes)) {
    return fmt::format(
        "too early to tell: {} recording{} so far; the first {}, on {} days or more, show what "
        "is normal, and later ones are held against them\n",
        takes.size(), takes.size() == 1 ? "" : "s", kFirstTakes, kFirstDays);
  }
  return fmt::format("as in the first days: {} recordings since {}\n", takes.size(),
                     WrittenDay(takes.front().day));
}

}  // namespace

Result<KnownMicrophone> ReadKnownMicrophone(const std::string& file) {
  auto takes = ReadHistory(file);
  if (!takes) return takes.error();
  return KnownMicrophone{*std::move(takes), DateOfTime(std::time(nullptr))};
}

ExitCode WatchMicrophone(const WatchOptions& options) {
  const std::string& file = options.files.front();
  std::vector<MicrophoneTake> takes;
  if (auto known = ReadHistory(file)) {
    takes = *std::move(known);
  } else if (known.error().code != Errc::kNotFound || options.files.size() == 1) {
    return Report(known.error());
  }
  ExitCode worst = ExitCode::kOk;
  for (auto recording = options.files.begin() + 1; recording != options.files.end(); ++recording) {
    if (Interrupted()) return ExitCode::kInterrupted;
    auto take = Measure(*recording, options.day);
    if (take) {
      Insert(*std::move(take), takes);
      continue;
    }
    const bool no_speech = take.error().code == Errc::kUnsupported;
    const ExitCode code = Report(take.error());
    worst = Worse(worst, no_speech ? ExitCode::kNotScored : code);
  }
  if (takes.empty()) return worst;
  if (options.files.size() > 1) {
    if (auto status = WriteHistory(file, takes); !status) return Report(status.error());
  }
  const std::vector<MicrophoneChange> changes = FindMicrophoneChanges(takes);
  const ExitCode shown = Show(options.json ? AsJson(takes, changes) : AsText(takes, changes));
  return Worse(Worse(worst, changes.empty() ? ExitCode::kOk : ExitCode::kAlarm), shown);
}

}  // namespace euphone::cli
