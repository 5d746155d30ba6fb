#include "evaluate_table.h"

#include <fmt/format.h>

#include "evaluate/distortion.h"
#include "evaluate/evaluation_json.h"

namespace euphone::cli {
namespace {

std::string Plain(const std::optional<double>& value, int decimals) {
  return value ? fmt::format("{:.{}f}", *value, decimals) : "–";
}

std::string WithInterval(const Estimate& estimate, int decimals) {
  if (!estimate.value) return "–";
  if (!estimate.low) return Plain(estimate.value, decimals);
  return fmt::format("{} [{}, {}]", Plain(estimate.value, decimals), Plain(estimate.low, decimals),
                     Plain(estimate.high, decimals));
}

std::string TableHeading(const std::string& text, bool colour) {
  return colour ? "\033[1m" + text + "\033[0m\n" : text + "\n";
}

std::string LevelRows(const Evaluation& evaluation, bool colour) {
  std::string text = TableHeading(
      fmt::format("{:<36} {:>7} {:>21} {:>21} {:>8}", "", "n", "Pearson", "Spearman", "MSE"),
      colour);
  for (const LevelResult& level : evaluation.levels) {
    const Agreement& all = level.groups.front().agreement;
    if (all.count == 0) continue;
    text += fmt::format("{:<36} {:>7} {:>21} {:>21} {:>8}\n", InfoOf(level.level).title, all.count,
                        WithInterval(all.pearson, 3), WithInterval(all.spearman, 3),
                        Plain(all.squared_error.value, 3));
  }
  return text;
}

std::string DetectionRow(const char* what, const std::optional<DetectionResult>& result) {
  if (!result || result->chosen.low == 0) return {};
  const Detection& found = result->chosen;
  return fmt::format("{:<36} F1 {} (precision {}, recall {}); at best {}, below {}\n", what,
                     Plain(found.f1, 3), Plain(found.precision, 3), Plain(found.recall, 3),
                     Plain(result->oracle.f1, 3), Plain(result->oracle.threshold, 2));
}

std::string Percent(std::size_t part, std::size_t whole) {
  if (whole == 0) return "–";
  return fmt::format("{:.1f} %", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

std::string CertaintyRow(const char* what, const std::optional<CertaintyResult>& result) {
  if (!result) return {};
  const ClaimCount &right = result->right, &wrong = result->wrong;
  return fmt::format("{:<36} {} of all, raters agree with {} of them\n", what,
                     Percent(right.claimed + wrong.claimed, result->items),
                     WithInterval(result->agreement, 3));
}

std::string OtherRows(const Evaluation& evaluation) {
  std::string text;
  if (evaluation.calibration_error) {
    text += fmt::format("{:<36} {:.1f} points\n", "Calibration error of words",
                        *evaluation.calibration_error);
  }
  if (const auto& texts = evaluation.wrong_text) {
    text += fmt::format("{:<36} {} flagged, {} of right texts\n", "Another sentence's text",
                        Percent(texts->wrong_flagged, texts->wrong),
                        Percent(texts->right_flagged, texts->right));
  }
  for (const DistortionInfo& info : kDistortions) {
    for (const StabilityResult& result : evaluation.stability) {
      if (result.distortion != info.name) continue;
      text += fmt::format("{:<36} words move {} points, 90 % less than {}\n",
                          fmt::format("Under {}", info.title), Plain(result.median, 1),
                          Plain(result.p90, 1));
    }
  }
  if (evaluation.timing.audio_seconds > 0.0) {
    text += fmt::format("{:<36} {:.3f} s of a thread for a second of speech\n", "Time",
                        evaluation.timing.processor_seconds / evaluation.timing.audio_seconds);
  }
  return text;
}

}  // namespace

std::string EvaluationTable(const Evaluation& evaluation, bool colour) {
  const Coverage& coverage = evaluation.coverage;
  return fmt::format("{} of {} recordings scored, {} speakers\n\n", coverage.scored,
                     coverage.recordings, evaluation.speakers) +
         LevelRows(evaluation, colour) + "\n" +
         DetectionRow("Words rated low", evaluation.low_words) +
         DetectionRow("Sounds rated wrong", evaluation.wrong_phones) +
         CertaintyRow("Words called certain", evaluation.certain_words) +
         CertaintyRow("Sounds called certain", evaluation.certain_phones) + OtherRows(evaluation);
}

}  // namespace euphone::cli
