#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "curves/chart.h"
#include "store/llm_runs.h"
#include "tutor/rubric.h"

namespace euphone::cli {

/// A figure of a run.
struct LlmMetric {
  std::string_view name;
  std::string_view title;
  double (*of)(const LlmAnswer& answer);  ///< NaN where an answer has none.
  Better better;
};

/// All of them, the one that counts first.
const std::vector<LlmMetric>& LlmMetrics();

/// Fails: kInvalidArgument, listing the names.
Result<LlmMetric> LlmMetricNamed(std::string_view name);

/// What a run came to.
struct LlmSummary {
  LlmRun run;
  std::size_t questions = 0, answers = 0, errors = 0;
  std::vector<std::optional<QuestionMean>> means;  ///< As LlmMetrics(); absent: no answer has it.
  std::vector<std::size_t> counts;                 ///< Of the questions that each is of.
};
LlmSummary Summarised(const LlmRun& run, const std::vector<LlmAnswer>& answers);

/// Price per million tokens, in whatever money; both 0: none is told.
struct LlmPrice {
  double prompt = 0.0, completion = 0.0;
};

/// What a hundred questions cost; absent without a price, or where the server told no tokens.
std::optional<double> CostOfHundred(const LlmSummary& summary, const LlmPrice& price);

/// One row a run; what the runs differ in stands in their names.
std::string LlmTable(const std::vector<LlmSummary>& summaries, const LlmPrice& price, bool colour);
std::string LlmJson(const std::vector<LlmSummary>& summaries, const LlmPrice& price);

/// A metric of runs over one of their settings: one line for each group of runs that differ in
/// nothing else. Fails: kInvalidArgument where fewer than two runs have a number there.
Result<CurveChart> LlmChart(const std::vector<LlmSummary>& summaries, const std::string& over,
                            const LlmMetric& metric);

/// Two runs beside each other, with the difference on the questions that both have, and its
/// interval.
struct LlmDifference {
  std::string_view metric;
  QuestionMean a, b, difference;
  std::size_t questions = 0;
};
std::vector<LlmDifference> Differences(const std::vector<LlmAnswer>& a,
                                       const std::vector<LlmAnswer>& b);

}  // namespace euphone::cli
