#pragma once

#include <memory>
#include <string>

#include "installation.h"
#include "model/bundle.h"

namespace euphone::cli {

/// What stands for the version of that bundle which is in use, and for a candidate that is to judge
/// beside it; empty where nothing was ever updated.
std::string UpdateMark(const std::string& name);

/// Held by who has a learner at work: no bundle changes meanwhile. Null where nothing was ever
/// updated, and where the lock cannot be had, which is no reason against a lesson. Thread: any.
std::shared_ptr<void> HeldForLesson();

/// What a program owes to updates while it judges with a bundle: it says that a new one does well,
/// and has the next one judge the same utterances, unseen, in processes of their own. Null where
/// there is nothing to watch, as nearly always.
std::shared_ptr<BundleWatch> WatchForUpdates(const Bundle& bundle,
                                             const InstallationOptions& options);

}  // namespace euphone::cli
