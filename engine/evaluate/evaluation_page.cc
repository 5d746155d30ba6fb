#include "evaluate/evaluation_page.h"

#include <fmt/format.h>

#include <initializer_list>
#include <utility>
#include <vector>

#include "evaluate/distortion.h"
#include "evaluate/page_style.h"
#include "evaluate/plots.h"

namespace euphone {
namespace {

constexpr std::size_t kMostMissing = 100;

/// Rows of cells; the first cell of each names the row.
using Rows = std::vector<std::vector<std::string>>;

std::string Plain(const std::optional<double>& value, int decimals) {
  return value ? fmt::format("{:.{}f}", *value, decimals) : "–";
}

std::string WithInterval(const Estimate& estimate) {
  if (!estimate.low) return Plain(estimate.value, 3);
  return fmt::format("{} <span class=\"dim\">{} – {}</span>", Plain(estimate.value, 3),
                     Plain(estimate.low, 3), Plain(estimate.high, 3));
}

std::string Percent(std::size_t part, std::size_t whole) {
  if (whole == 0) return "–";
  return fmt::format("{:.1f} %", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

/// Cells are HTML already.
std::string TableOf(const std::string& caption, const std::vector<std::string>& head,
                    const Rows& rows) {
  std::string html =
      "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Table\"><table>";
  if (!caption.empty()) html += "<caption><span>" + caption + "</span></caption>";
  html += "<thead><tr>";
  for (const std::string& name : head) html += "<th scope=\"col\">" + name + "</th>";
  html += "</tr></thead><tbody>\n";
  for (const auto& row : rows) {
    html += "<tr>";
    for (std::size_t c = 0; c < row.size(); ++c)
      html += c == 0 ? "<th scope=\"row\">" + row[c] + "</th>" : "<td>" + row[c] + "</td>";
    html += "</tr>\n";
  }
  return html + "</tbody></table></div>\n";
}

std::string Section(const std::string& title, const std::string& body) {
  return body.empty() ? "" : "<h2>" + title + "</h2>\n" + body;
}

std::string Figure(const std::string& title, const std::string& svg) {
  return "<figure><h3>" + Escaped(title) + "</h3>\n" + svg + "</figure>\n";
}

/// Builds the page of one run; holds what many sections need.
class Page {
 public:
  Page(const Evaluation& evaluation, const RunDescription& run, const EvaluationOptions& options)
      : evaluation_(evaluation), run_(run), options_(options) {}

  std::string Head() const {
    const Coverage& coverage = evaluation_.coverage;
    return fmt::format(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<title>Agreement with raters: {0}</title>\n<style>{1}</style></head>\n<body>\n<main>\n"
        "<h1>Agreement with human raters</h1>\n<p class=\"dim\">{2} with {3}, on {0}{4}{5}</p>\n"
        "<p>{6} of {7} recordings of {8} readers were scored ({9} words, {10} sounds).</p>\n",
        Escaped(run_.corpus), kPageStyle, Escaped(run_.program), Escaped(run_.model),
        run_.half.empty() ? "" : ", half: " + Escaped(run_.half),
        run_.limit > 0 || run_.chosen_speakers ? ", a part of it" : "", coverage.scored,
        coverage.recordings, evaluation_.speakers, coverage.words_scored, coverage.phones_scored);
  }

  std::string Agreement() const {
    Rows rows;
    for (const LevelResult& level : evaluation_.levels) {
      const auto& all = level.groups.front();
      rows.push_back({Escaped(InfoOf(level.level).title), std::to_string(all.agreement.count),
                      std::to_string(all.not_scored), WithInterval(all.agreement.pearson),
                      WithInterval(all.agreement.spearman),
                      WithInterval(all.agreement.squared_error)});
    }
    return Section("Agreement",
                   TableOf(fmt::format("With 95 % intervals, {} draws of readers. Squared error on "
                                       "the corpus’ scales: sounds 0–2, all else 0–10. No n: the "
                                       "program gives no such score.",
                                       options_.draws),
                           {"", "n", "not scored", "Pearson", "Spearman", "squared error"}, rows));
  }

  std::string Densities(std::span<const RatedRecording> recordings, const Records& records) const {
    std::string figures;
    for (const LevelResult& level : evaluation_.levels) {
      const LevelPairs found = PairsOf(level.level, "all", recordings, records);
      const LevelInfo& info = InfoOf(level.level);
      if (found.pairs.size() > 0)
        figures += Figure(std::string(info.title), DensityPlot(found.pairs, info));
    }
    if (figures.empty()) return "";
    return Section("Predicted and rated",
                   "<p>Each square holds the pairs that fall into it, stronger for more on a "
                   "logarithmic scale. On the dashed line both are equal.</p>\n<div "
                   "class=\"figures\">" +
                       figures + "</div>\n");
  }

  std::string Groups() const {
    std::string figures;
    for (const LevelResult& level : evaluation_.levels) {
      if (level.groups.front().agreement.count > 0)
        figures += Figure(std::string(InfoOf(level.level).title), GroupPlot(level));
    }
    if (figures.empty()) return "";
    return Section("Groups of readers",
                   "<p>Pearson’s correlation, 0 to 1, with its 95 % interval; a child is under "
                   "16.</p>\n<div class=\"figures\">" +
                       figures + "</div>\n");
  }

  std::string Detections() const {
    Rows rows;
    AddDetection("Words rated below 5 of 10", evaluation_.low_words, rows);
    AddDetection("Sounds rated below 0.5 of 2", evaluation_.wrong_phones, rows);
    if (rows.empty()) return "";
    return Section(
        "What is marked as wrong",
        TableOf("“Best” is the threshold that these ratings like best: a bound, no result.",
                {"", "below", "rated so", "marked", "precision", "recall", "F1"}, rows));
  }

  std::string Claims() const {
    Rows rows;
    AddCertainty("Words", evaluation_.certain_words, rows);
    AddCertainty("Sounds", evaluation_.certain_phones, rows);
    if (rows.empty()) return "";
    return Section("What is called certain",
                   TableOf("The others are shown as not sure. Agreement: the raters say the same, "
                           "with its 95 % interval.",
                           {"", "of all", "agreement", "called right", "agreed", "called wrong",
                            "agreed", "of all wrong"},
                           rows));
  }

  std::string Calibration() const {
    if (evaluation_.calibration.empty()) return "";
    Rows rows;
    for (const CalibrationBin& bin : evaluation_.calibration) {
      const bool some = bin.count > 0;
      rows.push_back({fmt::format("{:g}–{:g}", bin.from, bin.to), std::to_string(bin.count),
                      some ? Plain(bin.predicted, 2) : "–", some ? Plain(bin.rated, 2) : "–"});
    }
    return Section(
        "Calibration of words",
        fmt::format("<p>Expected calibration error: {} points of 100.</p>\n",
                    Plain(evaluation_.calibration_error, 1)) +
            "<div class=\"figures\"><figure>" +
            CalibrationPlot(evaluation_.calibration, kBestMark) + "</figure>\n" +
            TableOf("Means of each bin of predictions", {"", "words", "predicted", "rated"}, rows) +
            "</div>\n");
  }

  std::string WrongText() const {
    if (!evaluation_.wrong_text) return "";
    const WrongTextResult& texts = *evaluation_.wrong_text;
    return Section("Another text",
                   TableOf("Each recording against its own plain text and that of another sentence "
                           "about as long",
                           {"", "pairs", "called another text"},
                           {{"own text", std::to_string(texts.right),
                             Percent(texts.right_flagged, texts.right)},
                            {"another text", std::to_string(texts.wrong),
                             Percent(texts.wrong_flagged, texts.wrong)}}));
  }

  std::string Stability() const {
    Rows rows;
    for (const DistortionInfo& info : kDistortions) {
      for (const StabilityResult& result : evaluation_.stability) {
        if (result.distortion != info.name) continue;
        rows.push_back({std::string(info.title), std::to_string(result.recordings),
                        std::to_string(result.not_scored), std::to_string(result.words),
                        Plain(result.median, 1), Plain(result.p90, 1)});
      }
    }
    if (rows.empty()) return "";
    return Section(
        "Stability",
        TableOf("How far word accuracy moves when the recording is changed, points of 100",
                {"", "recordings", "no longer scored", "words", "median", "90 % below"}, rows));
  }

  std::string Confusion() const {
    if (evaluation_.confusion.empty()) return "";
    std::vector<Rows> parts(1);
    for (const ConfusionRow& row : evaluation_.confusion) {
      if (parts.back().size() == 17) parts.emplace_back();
      const std::string heard = row.heard == "-"   ? "nothing"
                                : row.heard == "?" ? "not sure"
                                                   : row.heard;
      parts.back().push_back({Escaped(row.expected), Escaped(heard), std::to_string(row.count)});
    }
    std::string tables;
    for (const Rows& part : parts) tables += TableOf("", {"expected", "heard", "times"}, part);
    return Section("Heard instead",
                   "<p>Sounds that raters mark as wrong, and what is said to be heard there; the "
                   "expected sound itself where the program heard no mistake.</p>\n<div "
                   "class=\"columns\">" +
                       tables + "</div>\n");
  }

  std::string Foot() const {
    std::string html;
    if (evaluation_.timing.audio_seconds > 0.0) {
      html += Section(
          "Time",
          fmt::format("<p>{:.0f} s of speech took {:.0f} s of one thread: "
                      "{:.3f} s for a second of speech.</p>\n",
                      evaluation_.timing.audio_seconds, evaluation_.timing.processor_seconds,
                      evaluation_.timing.processor_seconds / evaluation_.timing.audio_seconds));
    }
    return html + Section("Not scored", Missing()) + "</main>\n</body></html>\n";
  }

 private:
  std::string Missing() const {
    const auto& missing = evaluation_.coverage.missing;
    Rows rows;
    for (const Coverage::Missing& one : missing) {
      if (rows.size() == kMostMissing) break;
      rows.push_back({Escaped(one.utt), std::string(Name(one.verdict)), Escaped(one.reason)});
    }
    if (rows.empty()) return "";
    return TableOf(fmt::format("{} of {}", rows.size(), missing.size()), {"", "verdict", "reason"},
                   rows);
  }

  static void AddDetection(const std::string& what, const std::optional<DetectionResult>& result,
                           Rows& rows) {
    if (!result) return;
    for (const auto& [name, found] :
         {std::pair{what, &result->chosen}, {what + ", best", &result->oracle}}) {
      rows.push_back({name, Plain(found->threshold, 2), std::to_string(found->low),
                      std::to_string(found->flagged), Plain(found->precision, 3),
                      Plain(found->recall, 3), Plain(found->f1, 3)});
    }
  }

  static void AddCertainty(const std::string& what, const std::optional<CertaintyResult>& result,
                           Rows& rows) {
    if (!result) return;
    const ClaimCount &right = result->right, &wrong = result->wrong;
    rows.push_back({what, Percent(right.claimed + wrong.claimed, result->items),
                    WithInterval(result->agreement), std::to_string(right.claimed),
                    Percent(right.agreed, right.claimed), std::to_string(wrong.claimed),
                    Percent(wrong.agreed, wrong.claimed), Percent(wrong.agreed, wrong.rated)});
  }

  const Evaluation& evaluation_;
  const RunDescription& run_;
  const EvaluationOptions& options_;
};

}  // namespace

std::string EvaluationPage(const Evaluation& evaluation, const RunDescription& run,
                           const EvaluationOptions& options,
                           std::span<const RatedRecording> recordings, const Records& records) {
  const Page page(evaluation, run, options);
  return page.Head() + page.Agreement() + page.Densities(recordings, records) + page.Groups() +
         page.Detections() + page.Claims() + page.Calibration() + page.WrongText() +
         page.Stability() + page.Confusion() + page.Foot();
}

}  // namespace euphone
