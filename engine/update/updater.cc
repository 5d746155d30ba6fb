#include "update/updater.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "model/bundle.h"
#include "update/in_use.h"

namespace euphone {
namespace {

namespace fs = std::filesystem;

Status MakeFolder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return Error{Errc::kIo, folder.string() + ": " + error.message()};
  return {};
}

void RemoveAll(const fs::path& path) {
  std::error_code ignored;
  fs::remove_all(path, ignored);
}

UpdateEvent EventOf(std::string_view name, const InstalledRelease& release, const char* what,
                    std::string reason, std::int64_t now) {
  return {.number = 0,
          .at = now,
          .name = std::string(name),
          .version = release.version,
          .what = what,
          .reason = std::move(reason)};
}

/// Takes what is in use out of it again.
void TakeBack(DeviceState& state, std::string_view name, const std::string& reason,
              std::int64_t now) {
  SlotState& slots = state.bundles.find(name)->second;
  const InstalledRelease failed = *slots.in(*slots.active);
  slots.bad.push_back({.release = failed, .reason = reason, .at = now});
  slots.in(*slots.active).reset();
  slots.active = slots.previous;
  slots.previous.reset();
  slots.probation = 0;
  state.Tell(EventOf(name, failed, "rolled_back", reason, now));
}

}  // namespace

Result<FileLock> HoldForLesson(const fs::path& updates) {
  if (auto status = MakeFolder(updates); !status) return status.error();
  return FileLock::Take(updates / "lesson.lock", FileLock::Kind::kShared,
                        FileLock::Patience::kWait);
}

fs::path ShadowFile(const fs::path& updates, std::string_view name) {
  return updates / "shadow" / (std::string(name) + ".jsonl");
}

Result<FileLock> Updater::Lock() const {
  if (auto status = MakeFolder(config_.updates); !status) return status.error();
  return FileLock::Take(config_.updates / "state.lock", FileLock::Kind::kAlone,
                        FileLock::Patience::kWait);
}

Status Updater::Write(const DeviceState& state, std::string_view step) const {
  Step(step);
  return WriteDeviceState(config_.updates, state);
}

std::string Updater::VersionInUse(const DeviceState& state, std::string_view name) const {
  if (const auto found = state.bundles.find(name); found != state.bundles.end()) {
    if (found->second.active) return found->second.in(*found->second.active)->version;
  }
  const auto factory = Bundle::Open(config_.factory / name);
  return factory ? factory->manifest().version : std::string();
}

Result<DownloadReport> Updater::Stage(const Release& release, UpdateSource& source,
                                      const DownloadOptions& options, std::int64_t now) {
  const auto lock = Lock();
  if (!lock) return lock.error();
  auto state = ReadDeviceState(config_.updates);
  if (!state) return state.error();
  SlotState& slots = state->bundles[release.name];
  const std::string in_use = VersionInUse(*state, release.name);
  const InstalledRelease wanted{.version = release.version, .id = release.id()};
  if (auto status = Admit(release, config_.platform, slots, in_use); !status) {
    // A hub asks again and again; it is told once.
    const bool told =
        !state->events.empty() && state->events.back().reason == status.error().message;
    if (status.error().code == Errc::kUnsupported && !told) {
      state->Tell(EventOf(release.name, wanted, "refused", status.error().message, now));
      if (auto written = Write(*state, "refused"); !written) return written.error();
    }
    return status.error();
  }
  if (slots.probation > 0) {
    return Error{Errc::kInvalidArgument, release.label() + ": waits until " + release.name + " " +
                                             in_use + ", which is new, has done well"};
  }
  if (!slots.candidate || slots.candidate->release.id != wanted.id) {
    const Slot free = slots.active ? Other(*slots.active) : Slot::kA;
    // What was there is no longer somewhere to go back to.
    slots.in(free).reset();
    if (slots.previous == free) slots.previous.reset();
    slots.candidate = Candidate{.slot = free, .release = wanted};
    if (auto status = Write(*state, "staging"); !status) return status.error();
    RemoveAll(ShadowFile(config_.updates, release.name));
  }
  if (slots.candidate->phase != Phase::kStaging) return DownloadReport{};  // It is there already.
  const fs::path folder = SlotFolder(config_.updates, release.name, slots.candidate->slot);
  DownloadOptions with_installed = options;
  with_installed.installed.push_back(slots.active
                                         ? SlotFolder(config_.updates, release.name, *slots.active)
                                         : config_.factory / release.name);
  Step("download");
  auto report = Download(release, source, folder, with_installed);
  if (!report) return report.error();
  slots.candidate->phase = Phase::kStaged;
  state->Tell(EventOf(release.name, wanted, "staged", {}, now));
  if (auto status = Write(*state, "staged"); !status) return status.error();
  return report;
}

Status Updater::Prove(const fs::path& folder, const Candidate& candidate,
                      std::string_view name) const {
  const auto bundle = Bundle::Open(folder);
  if (!bundle) return bundle.error();
  if (bundle->manifest().name != name || bundle->manifest().version != candidate.release.version) {
    return Error{Errc::kCorrupt,
                 "its manifest says " + bundle->manifest().label() + ", its release another"};
  }
  return bundle->Verify();
}

Result<Progressed> Updater::Advance(std::string_view name, std::int64_t now) {
  const auto lock = Lock();
  if (!lock) return lock.error();
  auto state = ReadDeviceState(config_.updates);
  if (!state) return state.error();
  const auto found = state->bundles.find(name);
  if (found == state->bundles.end()) return Progressed::kNothing;
  if (found->second.probation > 0) return Settle(*state, name, now);
  if (!found->second.candidate) return Progressed::kNothing;
  Candidate& candidate = *found->second.candidate;
  const fs::path folder = SlotFolder(config_.updates, name, candidate.slot);
  switch (candidate.phase) {
    case Phase::kStaging:
      return Progressed::kWaits;
    case Phase::kStaged: {
      if (auto status = Prove(folder, candidate, name); !status)
        return Fail(*state, name, status.error().message, now);
      return On(*state, name, Phase::kVerified, now);
    }
    case Phase::kVerified: {
      // Written before: a candidate that takes the whole device with it is not tried for ever.
      if (++candidate.attempts > config_.self_tests) {
        return Fail(
            *state, name,
            "its self-test did not end in " + std::to_string(config_.self_tests) + " attempts",
            now);
      }
      if (auto status = Write(*state, "testing"); !status) return status.error();
      if (auto status = config_.self_test(folder); !status)
        return Fail(*state, name, status.error().message, now);
      return On(*state, name, Phase::kTested, now);
    }
    case Phase::kTested:
      return JudgeByShadow(*state, name, now);
    case Phase::kShadowed:
      return Commit(*state, name, now);
  }
  return Progressed::kNothing;
}

Result<Progressed> Updater::Settle(DeviceState& state, std::string_view name,
                                   std::int64_t now) const {
  SlotState& slots = state.bundles.find(name)->second;
  const InstalledRelease release = *slots.in(*slots.active);
  const TrialRecord record = ReadTrial(config_.updates, name, release.id);
  if (record.starts < kMostStarts && record.good < slots.probation) return Progressed::kWaits;
  const bool good = record.starts < kMostStarts;
  if (good) {
    slots.probation = 0;
    state.Tell(EventOf(name, release, "good", {}, now));
  } else {
    TakeBack(state, name, "was begun " + std::to_string(record.starts) + " times and never ended",
             now);
  }
  if (auto status = Write(state, good ? "good" : "rolled_back"); !status) return status.error();
  ForgetTrial(config_.updates, name);
  return good ? Progressed::kGood : Progressed::kRolledBack;
}

Result<Progressed> Updater::On(DeviceState& state, std::string_view name, Phase phase,
                               std::int64_t now) const {
  Candidate& candidate = *state.bundles.find(name)->second.candidate;
  candidate.phase = phase;
  candidate.attempts = 0;
  state.Tell(EventOf(name, candidate.release, PhaseName(phase), {}, now));
  if (auto status = Write(state, PhaseName(phase)); !status) return status.error();
  return Progressed::kOn;
}

Result<Progressed> Updater::Fail(DeviceState& state, std::string_view name, std::string reason,
                                 std::int64_t now) const {
  SlotState& slots = state.bundles.find(name)->second;
  const Candidate candidate = *slots.candidate;
  reason.resize(std::min<std::size_t>(reason.size(), 500));
  slots.bad.push_back({.release = candidate.release, .reason = reason, .at = now});
  slots.candidate.reset();
  state.Tell(EventOf(name, candidate.release, "failed", std::move(reason), now));
  if (auto status = Write(state, "failed"); !status) return status.error();
  RemoveAll(SlotFolder(config_.updates, name, candidate.slot));
  RemoveAll(ShadowFile(config_.updates, name));
  return Progressed::kFailed;
}

Result<Progressed> Updater::JudgeByShadow(DeviceState& state, std::string_view name,
                                          std::int64_t now) const {
  const auto runs = ReadShadowRuns(ShadowFile(config_.updates, name));
  if (!runs) return runs.error();
  const ShadowJudgement judgement = JudgeShadow(*runs, config_.shadow);
  // Where nothing is in use yet, there is nothing to be compared with.
  const bool first = VersionInUse(state, name).empty() || config_.shadow.utterances == 0;
  if (judgement.verdict == ShadowVerdict::kBad) return Fail(state, name, judgement.reason, now);
  if (judgement.verdict == ShadowVerdict::kMore && !first) return Progressed::kWaits;
  return On(state, name, Phase::kShadowed, now);
}

Result<Progressed> Updater::Commit(DeviceState& state, std::string_view name,
                                   std::int64_t now) const {
  const auto no_lesson = FileLock::Take(config_.updates / "lesson.lock", FileLock::Kind::kAlone,
                                        FileLock::Patience::kNone);
  if (!no_lesson) return Progressed::kWaits;
  SlotState& slots = state.bundles.find(name)->second;
  const Candidate candidate = *slots.candidate;
  // It may have lain there for days.
  if (auto status = Prove(SlotFolder(config_.updates, name, candidate.slot), candidate, name);
      !status)
    return Fail(state, name, status.error().message, now);
  slots.previous = slots.active;
  slots.active = candidate.slot;
  slots.in(candidate.slot) = candidate.release;
  slots.candidate.reset();
  slots.highest = candidate.release.version;
  slots.probation = config_.probation;
  state.Tell(EventOf(name, candidate.release, "in_use", {}, now));
  ForgetTrial(config_.updates, name);
  if (auto status = Write(state, "in_use"); !status) return status.error();
  RemoveAll(ShadowFile(config_.updates, name));
  return Progressed::kInUse;
}

Status Updater::RollBack(std::string_view name, const std::string& reason, std::int64_t now) {
  const auto lock = Lock();
  if (!lock) return lock.error();
  auto state = ReadDeviceState(config_.updates);
  if (!state) return state.error();
  const auto found = state->bundles.find(name);
  if (found == state->bundles.end() || !found->second.active) {
    return Error{Errc::kInvalidArgument,
                 std::string(name) +
                     ": what came with the program is in use; there is nothing to "
                     "go back from"};
  }
  TakeBack(*state, name, reason, now);
  if (auto status = Write(*state, "rolled_back"); !status) return status;
  ForgetTrial(config_.updates, name);
  return {};
}

Status Updater::Recall(std::string_view name, std::int64_t now) {
  const auto lock = Lock();
  if (!lock) return lock.error();
  auto state = ReadDeviceState(config_.updates);
  if (!state) return state.error();
  const auto found = state->bundles.find(name);
  if (found == state->bundles.end() || !found->second.candidate) return {};
  const Candidate candidate = *found->second.candidate;
  found->second.candidate.reset();
  state->Tell(EventOf(name, candidate.release, "recalled", {}, now));
  if (auto status = Write(*state, "recalled"); !status) return status;
  RemoveAll(SlotFolder(config_.updates, name, candidate.slot));
  RemoveAll(ShadowFile(config_.updates, name));
  return {};
}

}  // namespace euphone
