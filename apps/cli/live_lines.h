#pragma once

#include "exit_code.h"
#include "live_plan.h"
#include "live_stage.h"

namespace euphone::cli {

/// Listens to one text and writes what happens to standard output, as JSON lines or in words, until
/// the input ends, Ctrl-C or, if asked, the end of the text. What was said until then is judged.
ExitCode RunLiveLines(LiveStage& stage, const LiveOptions& options);

}  // namespace euphone::cli
