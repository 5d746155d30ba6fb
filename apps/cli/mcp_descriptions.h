#pragma once

#include "mcp/tool.h"

namespace euphone::cli {

/// What a client is told of each tool: all but who does the work.
mcp::Tool DescribeAnalyzeRecording();
mcp::Tool DescribeExplain();
mcp::Tool DescribePlanPractice();
mcp::Tool DescribeLookUpWord();
mcp::Tool DescribeListLearners();

}  // namespace euphone::cli
