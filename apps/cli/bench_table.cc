#include <fmt/format.h>

#include "bench_report.h"

namespace euphone::cli {
namespace {

std::string BenchLine(const std::string& what, const std::string& value) {
  return fmt::format("  {:<26} {}\n", what, value);
}

std::string SpreadText(const Spread& spread, int decimals) {
  std::string text = fmt::format("median {}, 90 % below {}", WithBounds(spread.p50, decimals),
                                 WithBounds(spread.p90, decimals));
  if (spread.p99) text += ", 99 % below " + WithBounds(*spread.p99, decimals);
  return text + fmt::format("  ({} times)", spread.count);
}

std::string SweepTable(const BenchResult& result) {
  std::string table = "\n  seconds to score a second of speech\n    threads";
  std::vector<double> lengths;
  for (const SweepCell& cell : result.sweep) {
    if (cell.threads == result.sweep.front().threads) lengths.push_back(cell.seconds);
  }
  for (const double length : lengths) table += fmt::format("{:>10}", fmt::format("{:g} s", length));
  int threads = 0;
  for (const SweepCell& cell : result.sweep) {
    if (cell.threads != threads) table += fmt::format("\n    {:>7}", cell.threads);
    threads = cell.threads;
    table += fmt::format("{:>10.4f}", cell.real_time_factor.value);
  }
  return table + "\n";
}

std::string StepTable(const BenchResult& result) {
  std::string table = "\n  steps of it, median, µs\n";
  for (const StepTime& step : result.steps)
    table += fmt::format("    {:<10} {:>10.0f}\n", step.name, step.us.value);
  return table;
}

std::string MemoryText(const MemoryResult& memory) {
  std::string text = fmt::format("{:.0f} MB at most", memory.peak_mb);
  if (memory.growth_percent)
    text += fmt::format("; {:+.1f} % over the last third of {} clips", *memory.growth_percent,
                        memory.analyses);
  return text;
}

std::string EnergyText(const EnergyResult& energy) {
  return fmt::format("{:.2f} J a clip, {:.1f} W\n{:29}({})", energy.joules_per_clip, energy.watts,
                     "", energy.how);
}

std::string MachineText(const MachineFacts& machine) {
  std::string text = fmt::format(
      "{}, {} cores, {:.1f} GB; load {:.1f} before, {:.1f} after",
      machine.processor.empty() ? "processor unknown" : machine.processor, machine.cores,
      machine.memory_mb / 1000.0, machine.load_before, machine.load_after);
  if (!machine.governor.empty()) text += "; governor " + machine.governor;
  return text;
}

std::string VerdictText(Comparison verdict, const std::string& unit) {
  const bool size = unit == "MB";
  switch (verdict) {
    case Comparison::kFaster:
      return size ? "B takes less" : "B is faster";
    case Comparison::kSlower:
      return size ? "B takes more" : "B is slower";
    case Comparison::kNoDifference:
      break;
  }
  return "no difference";
}

}  // namespace

std::string WithBounds(const Interval& interval, int decimals) {
  return fmt::format("{:.{}f} ({:.{}f}–{:.{}f})", interval.value, decimals, interval.low, decimals,
                     interval.high, decimals);
}

std::string BusyWarning(const MachineFacts& machine) {
  if (!machine.busy()) return {};
  return fmt::format(
      "the machine is busy (load {:.1f} on {} cores): times are too long; believe ratios within "
      "one run",
      machine.load_before, machine.cores);
}

std::string BenchTable(const BenchResult& result) {
  const BenchResult& r = result;
  std::string table = fmt::format("\n  {}, model {}, {}\n  {}\n\n", r.program, r.model, r.date,
                                  MachineText(r.machine));
  table +=
      BenchLine(fmt::format("a clip of {:g} s, ms", r.clip_seconds), SpreadText(r.latency_ms, 1));
  table += BenchLine("  processor time, ms", fmt::format("{:.1f}", r.processor_ms));
  std::string start = SpreadText(r.start.warm_ms, 0);
  if (r.start.cold_ms) start += fmt::format("; {:.0f} out of a cold cache", *r.start.cold_ms);
  table += BenchLine("start, one clip, end, ms", start);
  table += BenchLine("opening the models, ms", fmt::format("{:.0f}", r.open_ms));
  table += BenchLine("memory", MemoryText(r.memory));
  table += BenchLine("model on disk", fmt::format("{:.1f} MB", r.model_mb));
  table += BenchLine("energy", EnergyText(r.energy));
  if (r.live)
    table += BenchLine("a word's end to its score", SpreadText(r.live->word_ms, 0) + ", ms, live");
  if (r.accuracy) {
    const auto shown = [](std::optional<double> value) {
      return value ? fmt::format("{:.3f}", *value) : std::string("–");
    };
    table += BenchLine(
        "agreement with raters",
        fmt::format("sounds {}, words {}, sentences {} (Pearson)", shown(r.accuracy->phone_pcc),
                    shown(r.accuracy->word_pcc), shown(r.accuracy->sentence_pcc)));
  }
  table += StepTable(r) + SweepTable(r);
  table += fmt::format("\n  Speech: {}. Brackets: 95 % intervals.\n", r.speech);
  for (const std::string& note : r.notes) table += "  Note: " + note + ".\n";
  return table;
}

std::string ComparisonTable(const ComparisonResult& result) {
  std::string table = fmt::format(
      "\n  A  {}\n  B  {}\n  {}\n  {} pairs of processes in turns, {}; a clip of {:g} s\n\n",
      result.a.name, result.b.name, MachineText(result.machine), result.pairs, result.date,
      result.clip_seconds);
  table += fmt::format("  {:<24} {:>10} {:>10}   {:<20} {}\n", "", "A", "B", "B / A", "");
  for (const ComparedFigure& figure : result.figures) {
    table +=
        fmt::format("  {:<24} {:>10.1f} {:>10.1f}   {:<20} {}\n", figure.what + ", " + figure.unit,
                    figure.a, figure.b, WithBounds(figure.ratio.ratio, 3),
                    VerdictText(figure.ratio.verdict, figure.unit));
  }
  return table +
         "\n  Medians; brackets: 95 % intervals. Less than 2 % apart counts as no difference.\n";
}

}  // namespace euphone::cli
