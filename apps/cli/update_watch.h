#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "audio/audio_reader.h"
#include "installation.h"
#include "model/bundle.h"
#include "score/analysis.h"

namespace euphone::cli {

/// Where bundles that came as updates lie: $EUPHONE_UPDATES, else the user's folder; empty where
/// the variable is, and where nobody says where the user's files are.
std::filesystem::path UpdatesFolder();

/// The slot of a bundle that came as an update and is in use; empty: what came with the program. A
/// slot that cannot be read is passed over: a lesson goes on.
std::filesystem::path UpdatedBundle(const std::string& name);

/// What stands for the version of that bundle which is in use, and for a candidate that is to judge
/// beside it; empty where nothing was ever updated.
std::string UpdateMark(const std::string& name);

/// Held by who has a learner at work: no bundle changes meanwhile. Null where nothing was ever
/// updated, and where the lock cannot be had, which is no reason against a lesson. Thread: any.
std::shared_ptr<void> HeldForLesson();

/// What a program owes to updates while it judges with a bundle: it says that a new one does well,
/// and has the next one judge the same utterances, unseen, in processes of their own.
/// Thread: any.
class UpdateWatch {
 public:
  /// Null where there is nothing to watch, as nearly always.
  static std::shared_ptr<UpdateWatch> For(const Bundle& bundle, const InstallationOptions& options);
  virtual ~UpdateWatch() = default;

  /// A recording was judged; returns at once. Each is a good use.
  virtual void Judged(const Recording& recording, std::string_view text) = 0;
  /// The bundle could not be used.
  virtual void Failed() = 0;
};

}  // namespace euphone::cli
