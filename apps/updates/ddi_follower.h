#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "update/updater.h"
#include "updates/ddi_server.h"
#include "updates/ddi_source.h"

namespace euphone::updates {

struct DdiFollowerConfig {
  UpdaterConfig updater;
  /// What the server is told of this device, when it asks.
  std::function<std::map<std::string, std::string>()> attributes;
  /// Told of bytes as they come; false stops, for instance at Ctrl-C.
  std::function<bool(std::int64_t fetched, std::int64_t done, std::int64_t all)> progress = {};
  std::function<void(const std::string& line)> tell = {};  ///< What happens, for people.
  /// Between two questions during a download, whether it was cancelled.
  std::chrono::seconds ask_again{60};
};

/// Does what a hawkBit server says, one poll after the other, as far as releases allow it that this
/// device's owner has signed: a server can choose among those, and when, but make none. What it is
/// told is where each release is in the device's own state (docs/formats/device-updates.md), so
/// that a device which lost power tells the same. Thread: one at a time.
class DdiFollower {
 public:
  DdiFollower(DdiServer server, DdiFollowerConfig config);

  /// One poll and what it asks for; gives how long to wait for the next one. A deployment that
  /// fails is told to the server and no failure here. Fails: as DdiServer; kIo.
  Result<std::chrono::seconds> Step(std::int64_t now);

 private:
  /// Where a release of a deployment is.
  struct Standing {
    enum class Kind { kNew, kUnderWay, kProbation, kGood, kFailed } kind = Kind::kNew;
    std::string told = {};  ///< For people at the server.
  };
  /// Which action is being followed, kept over restarts.
  struct Followed {
    std::string action;
    std::map<std::string, std::string> releases;  ///< Versions by names.
    std::string told;                             ///< What the server was last told.
  };

  Status Deploy(const DdiDeployment& deployment, std::int64_t now);
  Status Cancel(const std::string& action, std::int64_t now);
  /// Follows no action any more; what it brought and is not in use yet goes.
  Status GiveUp(std::int64_t now);
  Result<TargetsMetadata> Releases(const DdiDeployment& deployment, DdiSource& source,
                                   std::int64_t now);
  Result<Standing> Bring(const Release& release, const DdiDeployment& deployment, DdiSource& source,
                         Updater& updater, std::int64_t now);
  Status Stage(const Release& release, const DdiDeployment& deployment, DdiSource& source,
               Updater& updater, std::int64_t now);
  Result<Standing> StandingOf(const std::string& name, const std::string& version) const;
  /// Tells the server, unless it was told the same last.
  Status Tell(const DdiFeedback& feedback, std::int64_t now);
  /// Of a download: told at each tenth, and asked whether it goes on.
  bool Meanwhile(const Release& release, std::int64_t fetched, std::int64_t done, std::int64_t all);
  void Say(const std::string& line) const {
    if (config_.tell) config_.tell(line);
  }

  std::filesystem::path Folder() const { return config_.updater.updates / "hawkbit"; }
  Result<Followed> Recall() const;
  Status Remember() const;

  DdiServer server_;
  DdiServer aside_;  ///< The same, while the first one's connection brings a file.
  DdiFollowerConfig config_;
  Followed followed_;
  bool recalled_ = false;
  std::int64_t now_ = 0;  ///< Of the step.
  int tenths_ = 0;        ///< Of the download under way, told.
  std::chrono::steady_clock::time_point asked_{};
  bool cancelled_ = false;
};

}  // namespace euphone::updates
