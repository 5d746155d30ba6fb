#pragma once

#include <memory>

#include "assembly/installation.h"

namespace euphone::cli {

/// Opens what is needed to analyse, for learners: what becomes of a bundle that came as an update
/// is followed (update_watch.h). Fails: as OpenEngine.
Result<Engine> OpenWatchedEngine(const InstallationOptions& options, const AnalyzerConfig& config,
                                 std::shared_ptr<const Lexicon> lexicon = nullptr);

}  // namespace euphone::cli
