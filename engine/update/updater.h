#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "base/file_lock.h"
#include "base/result.h"
#include "update/admission.h"
#include "update/device_state.h"
#include "update/download.h"
#include "update/shadow.h"
#include "update/source.h"

namespace euphone {

struct UpdaterConfig {
  std::filesystem::path updates;  ///< Where slots and state lie; made where it is missing.
  std::filesystem::path factory;  ///< What came with the program: a folder with bundles in it.
  Platform platform;
  ShadowRules shadow;
  int self_tests = 3;  ///< That may begin without an end, before a candidate is given up.
  int probation = 20;  ///< Uses in which a new bundle must do well before it is trusted.
  /// Runs a bundle on its reference inputs and says whether it did as it should. It must survive
  /// whatever the bundle does, and so happens in a process of its own.
  std::function<Status(const std::filesystem::path& bundle)> self_test;
  /// Told of each change just before it is made; for tests, which cut the power there.
  std::function<void(std::string_view step)> at_step = {};
};

/// What has become of the bundles of a name in one step.
enum class Progressed {
  kNothing,     ///< There is nothing to be done.
  kOn,          ///< A candidate is one phase on.
  kWaits,       ///< For its files, for real utterances, or for the end of a lesson.
  kInUse,       ///< It is in use from now on, on probation.
  kGood,        ///< What is in use has come through its probation.
  kFailed,      ///< A candidate failed and will not be tried again; the reason is in the state.
  kRolledBack,  ///< What was in use failed, and what was before is in use again.
};

/// Brings one new bundle after the other into use: staged, verified, tested, shadowed, in use on
/// probation, good; and back where it does not do well. Each step is one change of state.json, so
/// that a loss of power leaves what was or what is. What is in use is never written to: a candidate
/// lies in the other slot. (A/B updates as in RAUC and Mender, for bundles.) Thread: one at a time;
/// programs keep apart by a lock that each call takes.
class Updater {
 public:
  explicit Updater(UpdaterConfig config) : config_(std::move(config)) {}

  /// Fetches a release that was signed for into the slot that is free, and makes it the candidate
  /// of its name; one that was there before is given up. Goes on where it was cut short. Fails:
  /// kUnsupported where it is not for this device (told as an event, once); kNotFound where it is
  /// in use; kInvalidArgument while what is in use is on probation; as Download.
  Result<DownloadReport> Stage(const Release& release, UpdateSource& source,
                               const DownloadOptions& options, std::int64_t now);

  /// Takes what there is of that name one step on. Fails: kIo, kCorrupt where the state cannot be
  /// read or written; what is wrong with a candidate is no failure but kFailed.
  Result<Progressed> Advance(std::string_view name, std::int64_t now);

  /// Back to what was in use before, by hand. Fails: kInvalidArgument where nothing was.
  Status RollBack(std::string_view name, const std::string& reason, std::int64_t now);
  /// Gives a candidate up by hand: its hub has recalled it. It may come again.
  Status Recall(std::string_view name, std::int64_t now);

  Result<DeviceState> state() const { return ReadDeviceState(config_.updates); }
  /// The version in use of that name: a slot's, else the factory's; empty where there is none.
  std::string VersionInUse(const DeviceState& state, std::string_view name) const;

  const UpdaterConfig& config() const { return config_; }

 private:
  Result<FileLock> Lock() const;
  void Step(std::string_view step) const {
    if (config_.at_step) config_.at_step(step);
  }
  Status Write(const DeviceState& state, std::string_view step) const;
  Status Prove(const std::filesystem::path& folder, const Candidate& candidate,
               std::string_view name) const;
  Result<Progressed> Settle(DeviceState& state, std::string_view name, std::int64_t now) const;
  Result<Progressed> Fail(DeviceState& state, std::string_view name, std::string reason,
                          std::int64_t now) const;
  Result<Progressed> On(DeviceState& state, std::string_view name, Phase phase,
                        std::int64_t now) const;
  Result<Progressed> JudgeByShadow(DeviceState& state, std::string_view name,
                                   std::int64_t now) const;
  Result<Progressed> Commit(DeviceState& state, std::string_view name, std::int64_t now) const;

  UpdaterConfig config_;
};

/// Held while a learner is at work: no bundle changes meanwhile. Any number at a time.
/// Fails: kIo.
Result<FileLock> HoldForLesson(const std::filesystem::path& updates);

/// Where runs of the candidate of that name beside the one in use are written down.
std::filesystem::path ShadowFile(const std::filesystem::path& updates, std::string_view name);

}  // namespace euphone
