#pragma once

#include "exit_code.h"
#include "live_plan.h"
#include "live_stage.h"

namespace euphone::cli {

/// The screen: shows what is read while it is read, and does what the keys ask for, until q, Ctrl-C
/// or, if asked, the end of the last text.
ExitCode RunLiveLesson(LiveStage& stage, const LiveOptions& options);

}  // namespace euphone::cli
