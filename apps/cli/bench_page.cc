#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "bench_report.h"
#include "curves/scene.h"
#include "evaluate/plots.h"

namespace euphone::cli {
namespace {

constexpr const char* kBenchStyle = R"css(
:root { color-scheme: light dark; --paper: #ffffff; --words: #1f2328; --dim: #566270; --line: #d5dbe2;
  --band: #f4f6f9; --bar: #0072b2; --warn: #8a4b00; --warnpaper: #fff4e0; }
@media (prefers-color-scheme: dark) { :root { --paper: #14181d; --words: #e6edf3; --dim: #9fabb8;
  --line: #333c46; --band: #1c2229; --bar: #56b4e9; --warn: #ffd08a; --warnpaper: #3a2a10; } }
@media print { :root { --paper: #fff; --words: #000; --dim: #444; --line: #ccc; --band: #fff;
  --bar: #0072b2; } section { break-inside: avoid; } body { max-width: none; padding: 0; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 62rem; background: var(--paper);
  color: var(--words); font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; }
p { max-width: 46rem; margin: .5rem 0; }
.dim { color: var(--dim); }
.warn { background: var(--warnpaper); color: var(--warn); padding: .5rem .75rem; border-radius: .4rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: .75rem 0; }
th, td { padding: .3rem .8rem; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
th:first-child { text-align: left; padding-left: .4rem; font-weight: 500; }
thead th { color: var(--dim); font-weight: 600; }
tbody tr:nth-child(even) { background: var(--band); }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: .75rem; margin: 1.25rem 0; }
.fact { border: 1px solid var(--line); border-radius: .5rem; padding: .6rem .8rem; }
.fact b { display: block; font-size: 1.5rem; line-height: 1.25; }
.fact span { color: var(--dim); font-size: .85rem; }
.bar { display: block; height: .7rem; min-width: 1px; background: var(--bar);
  print-color-adjust: exact; -webkit-print-color-adjust: exact; }
td.wide { width: 22rem; }
svg { display: block; width: 100%; height: auto; max-width: 47.5rem; }
)css";

std::string Html(const std::string& text) { return ::euphone::Escaped(text); }

std::string PageHead(const std::string& title) {
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<title>{0}</title>\n<style>{1}</style></head>\n<body>\n<main>\n<h1>{0}</h1>\n",
      Html(title), kBenchStyle);
}

constexpr const char* kPageEnd = "</main>\n</body></html>\n";

std::string Fact(const std::string& value, const std::string& what) {
  return "<div class=\"fact\"><b>" + Html(value) + "</b><span>" + Html(what) + "</span></div>\n";
}

std::string PageMachine(const MachineFacts& machine) {
  std::string html = fmt::format(
      "<p class=\"dim\">{}, {} cores, {:.1f} GB of memory; {}; load {:.1f} before, {:.1f} "
      "after{}</p>\n",
      Html(machine.processor.empty() ? "Processor unknown" : machine.processor), machine.cores,
      machine.memory_mb / 1000.0, Html(machine.system), machine.load_before, machine.load_after,
      machine.governor.empty() ? "" : "; governor " + Html(machine.governor));
  const std::string warning = BusyWarning(machine);
  if (!warning.empty()) html += "<p class=\"warn\" role=\"note\">" + Html(warning) + ".</p>\n";
  return html;
}

std::string PageSection(const std::string& title, const std::string& body) {
  return "<section><h2>" + title + "</h2>\n" + body + "</section>\n";
}

std::string PageTable(const std::vector<std::string>& head,
                      const std::vector<std::vector<std::string>>& rows) {
  std::string html = "<div class=\"scroll\"><table><thead><tr>";
  for (const std::string& name : head) html += "<th scope=\"col\">" + name + "</th>";
  html += "</tr></thead><tbody>\n";
  for (const auto& row : rows) {
    html += "<tr><th scope=\"row\">" + row.front() + "</th>";
    for (std::size_t c = 1; c < row.size(); ++c)
      html += (row[c].starts_with("<span class=\"bar\"") ? "<td class=\"wide\">" : "<td>") +
              row[c] + "</td>";
    html += "</tr>\n";
  }
  return html + "</tbody></table></div>\n";
}

/// From 0 on, so that nothing looks larger than it is.
std::string Drawn(CurveChart chart, const std::string& name) {
  double most = 0.0;
  for (const ChartLine& line : chart.lines)
    for (const CurvePoint& point : line.points) most = std::max(most, point.high.value_or(point.y));
  chart.whole_scale = true;
  chart.scale.best = most > 0.0 ? 1.05 * most : 1.0;
  return "<figure style=\"margin:0\">" + SvgOf(SceneOf(chart), name) + "</figure>\n";
}

std::string LatencyDrawing(const BenchResult& result) {
  std::vector<double> sorted = result.latencies_ms;
  std::ranges::sort(sorted);
  ChartLine line{.name = "share of the clips that were finished by then", .joined = true};
  for (std::size_t i = 0; i < sorted.size(); ++i)
    line.points.push_back(
        {.x = sorted[i],
         .y = 100.0 * static_cast<double>(i + 1) / static_cast<double>(sorted.size())});
  return Drawn({.title = fmt::format("A clip of {:g} s: time to the result", result.clip_seconds),
                .x_title = "ms",
                .y_title = "% of the clips",
                .lines = {std::move(line)}},
               "latency");
}

std::string SweepDrawing(const BenchResult& result) {
  std::map<int, ChartLine> lines;
  for (const SweepCell& cell : result.sweep) {
    ChartLine& line = lines[cell.threads];
    line.name = fmt::format("{} thread{}", cell.threads, cell.threads == 1 ? "" : "s");
    line.joined = true;
    line.points.push_back({.x = cell.seconds,
                           .y = cell.real_time_factor.value,
                           .low = cell.real_time_factor.low,
                           .high = cell.real_time_factor.high});
  }
  CurveChart chart{.title = "Seconds to score a second of speech",
                   .x_title = "length of the clip, s",
                   .y_title = "× real time",
                   .logarithmic = true};
  for (auto& [threads, line] : lines) chart.lines.push_back(std::move(line));
  return Drawn(std::move(chart), "sweep");
}

std::string MemoryDrawing(const BenchResult& result) {
  ChartLine resident{.name = "resident", .joined = true};
  ChartLine proportional{.name = "proportional: shared pages by their share", .joined = true};
  for (const MemoryPoint& point : result.memory.points) {
    resident.points.push_back({.x = point.at_s, .y = point.resident_mb});
    if (point.proportional_mb)
      proportional.points.push_back({.x = point.at_s, .y = *point.proportional_mb});
  }
  CurveChart chart{.title = fmt::format("A process that scores {} clips", result.memory.analyses),
                   .x_title = "s",
                   .y_title = "MB",
                   .lines = {std::move(resident)}};
  if (!proportional.points.empty()) chart.lines.push_back(std::move(proportional));
  return Drawn(std::move(chart), "memory");
}

std::string StepsTable(const BenchResult& result) {
  double most = 1.0;
  for (const StepTime& step : result.steps) most = std::max(most, step.us.value);
  std::vector<std::vector<std::string>> rows;
  for (const StepTime& step : result.steps)
    rows.push_back({step.name, WithBounds(step.us, 0),
                    fmt::format("<span class=\"bar\" style=\"width:{:.1f}%\"></span>",
                                100.0 * step.us.value / most)});
  return PageTable({"step", "µs", ""}, rows);
}

std::string SpreadRows(const BenchResult& result) {
  std::vector<std::vector<std::string>> rows;
  const auto add = [&](const std::string& what, const Spread& spread, int decimals) {
    rows.push_back({what, std::to_string(spread.count), WithBounds(spread.p50, decimals),
                    WithBounds(spread.p90, decimals),
                    spread.p99 ? WithBounds(*spread.p99, decimals) : "–",
                    fmt::format("{:.{}f}", spread.most, decimals)});
  };
  add(fmt::format("a clip of {:g} s", result.clip_seconds), result.latency_ms, 1);
  add("start, one clip, end", result.start.warm_ms, 0);
  if (result.live) add("a word’s end to its score, live", result.live->word_ms, 0);
  return PageTable({"ms", "times", "median", "90 % below", "99 % below", "longest"}, rows);
}

std::string PageFacts(const BenchResult& result) {
  std::string html = "<div class=\"facts\">\n";
  html += Fact(fmt::format("{:.1f} ms", result.latency_ms.p50.value),
               fmt::format("to score {:g} s of speech, one thread", result.clip_seconds));
  html += Fact(fmt::format("{:.4f} ×", result.latency_ms.p50.value / (1000 * result.clip_seconds)),
               "real time");
  html += Fact(fmt::format("{:.0f} ms", result.start.warm_ms.p50.value),
               "a process that scores one clip");
  html += Fact(fmt::format("{:.0f} MB", result.memory.peak_mb), "memory at most");
  html += Fact(fmt::format("{:.2f} J", result.energy.joules_per_clip),
               result.energy.measured ? "a clip, measured" : "a clip, estimated");
  html += Fact(fmt::format("{:.1f} MB", result.model_mb), "model on disk");
  if (result.live)
    html += Fact(fmt::format("{:.0f} ms", result.live->word_ms.p50.value),
                 "from a word’s end to its score, live");
  if (result.accuracy && result.accuracy->sentence_pcc)
    html += Fact(fmt::format("{:.3f}", *result.accuracy->sentence_pcc),
                 "correlation with raters, sentences");
  return html + "</div>\n";
}

std::string PageNotes(const BenchResult& result) {
  std::string html = "<ul>\n<li>Speech: " + Html(result.speech) +
                     ".</li>\n<li>Energy: " + Html(result.energy.how) +
                     ".</li>\n<li>Brackets are 95 % intervals (bootstrap, 1000 draws).</li>\n";
  if (result.start.cold_ms)
    html += fmt::format(
        "<li>With models and lexicon out of the page cache, the start took {:.0f} "
        "ms, once.</li>\n",
        *result.start.cold_ms);
  if (result.memory.growth_percent)
    html += fmt::format("<li>Resident memory over the last third of the clips: {:+.1f} %.</li>\n",
                        *result.memory.growth_percent);
  for (const std::string& note : result.notes) html += "<li>" + Html(note) + ".</li>\n";
  return html + "</ul>\n";
}

}  // namespace

std::string BenchPage(const BenchResult& result) {
  std::string html = PageHead("How fast Euphone is here");
  html += "<p class=\"dim\">" + Html(result.program) + ", model " + Html(result.model) + ", " +
          Html(result.date) + "</p>\n" + PageMachine(result.machine) + PageFacts(result);
  html += PageSection("Times", SpreadRows(result) + LatencyDrawing(result));
  html += PageSection("Where the time goes", StepsTable(result));
  if (!result.sweep.empty()) html += PageSection("Length and threads", SweepDrawing(result));
  if (!result.memory.points.empty()) html += PageSection("Memory", MemoryDrawing(result));
  return html + PageSection("Notes", PageNotes(result)) + kPageEnd;
}

std::string ComparisonPage(const ComparisonResult& result) {
  std::vector<std::vector<std::string>> rows;
  for (const ComparedFigure& figure : result.figures) {
    const Comparison verdict = figure.ratio.verdict;
    rows.push_back({Html(figure.what) + ", " + figure.unit, fmt::format("{:.1f}", figure.a),
                    fmt::format("{:.1f}", figure.b), WithBounds(figure.ratio.ratio, 3),
                    verdict == Comparison::kFaster   ? "B takes less"
                    : verdict == Comparison::kSlower ? "B takes more"
                                                     : "no difference"});
  }
  return PageHead("Two of them, in turns") +
         fmt::format(
             "<p>A: {}<br>B: {}</p>\n<p class=\"dim\">{}, {} pairs of processes in turns, a "
             "clip of {:g} s: {}</p>\n",
             Html(result.a.name), Html(result.b.name), Html(result.date), result.pairs,
             result.clip_seconds, Html(result.speech)) +
         PageMachine(result.machine) +
         PageTable({"medians", "A", "B", "B / A, 95 % interval", ""}, rows) +
         "<p class=\"dim\">Ratios are of pairs, one process right after the other. Less than 2 % "
         "apart, or an interval that holds 1, counts as no difference.</p>\n" +
         kPageEnd;
}

}  // namespace euphone::cli
