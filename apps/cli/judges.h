#pragma once

#include <memory>

#include "base/result.h"
#include "installation.h"
#include "lexicon/lexicon.h"
#include "server/judge_shelf.h"

namespace euphone::cli {

/// The bundles that can judge for a server, and the one that `options` name, opened. Each of them
/// judges with options.threads and hears live speech with `live_threads`. Fails: as OpenEngine and
/// OpenLiveParts.
Result<server::Judges> OpenJudges(const InstallationOptions& options, int live_threads,
                                  std::shared_ptr<const Lexicon> lexicon);

}  // namespace euphone::cli
