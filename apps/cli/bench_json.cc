#include <nlohmann/json.hpp>

#include "bench_report.h"
#include "report/format.h"

namespace euphone::cli {
namespace {

using Document = nlohmann::ordered_json;

constexpr int kDecimals = 4;

Document JsonFigure(double value) { return Rounded(value, kDecimals); }
Document JsonFigure(const std::optional<double>& value) {
  return value ? Document(Rounded(*value, kDecimals)) : Document(nullptr);
}

Document Bounds(const Interval& interval) {
  return {{"value", JsonFigure(interval.value)},
          {"low", JsonFigure(interval.low)},
          {"high", JsonFigure(interval.high)}};
}

Document SpreadJson(const Spread& spread) {
  return {{"count", spread.count},
          {"mean", JsonFigure(spread.mean)},
          {"least", JsonFigure(spread.least)},
          {"most", JsonFigure(spread.most)},
          {"p50", Bounds(spread.p50)},
          {"p90", Bounds(spread.p90)},
          {"p99", spread.p99 ? Bounds(*spread.p99) : Document(nullptr)}};
}

Document MachineJson(const MachineFacts& machine) {
  return {{"processor", machine.processor},
          {"system", machine.system},
          {"governor", machine.governor},
          {"cores", machine.cores},
          {"memory_mb", Rounded(machine.memory_mb, 0)},
          {"load_before", JsonFigure(machine.load_before)},
          {"load_after", JsonFigure(machine.load_after)},
          {"busy", machine.busy()}};
}

Document SweepJson(const std::vector<SweepCell>& sweep) {
  Document cells = Document::array();
  for (const SweepCell& cell : sweep) {
    cells.push_back({{"threads", cell.threads},
                     {"seconds", cell.seconds},
                     {"count", cell.count},
                     {"real_time_factor",
                      {{"value", Rounded(cell.real_time_factor.value, 6)},
                       {"low", Rounded(cell.real_time_factor.low, 6)},
                       {"high", Rounded(cell.real_time_factor.high, 6)}}}});
  }
  return cells;
}

Document MemoryJson(const MemoryResult& memory) {
  Document points = Document::array();
  for (const MemoryPoint& point : memory.points)
    points.push_back(
        {{"at_s", Rounded(point.at_s, 3)},
         {"resident_mb", Rounded(point.resident_mb, 2)},
         {"proportional_mb", point.proportional_mb ? Document(Rounded(*point.proportional_mb, 2))
                                                   : Document(nullptr)}});
  return {{"analyses", memory.analyses},
          {"peak_mb", Rounded(memory.peak_mb, 2)},
          {"growth_percent", JsonFigure(memory.growth_percent)},
          {"points", std::move(points)}};
}

std::string DumpedText(const Document& json) {
  return json.dump(2, ' ', false, Document::error_handler_t::replace) + "\n";
}

Document SideJson(const CompareSide& side) {
  return {{"name", side.name}, {"program", side.program}, {"arguments", side.arguments}};
}

const char* VerdictName(Comparison verdict) {
  switch (verdict) {
    case Comparison::kFaster:
      return "less";
    case Comparison::kSlower:
      return "more";
    case Comparison::kNoDifference:
      break;
  }
  return "no_difference";
}

}  // namespace

std::string BenchJson(const BenchResult& result) {
  Document steps = Document::array();
  for (const StepTime& step : result.steps)
    steps.push_back({{"name", step.name}, {"us", Bounds(step.us)}});
  Document latencies = Document::array();
  for (const double ms : result.latencies_ms) latencies.push_back(Rounded(ms, 3));
  Document json = {{"schema", "euphone.bench/1"},
                   {"date", result.date},
                   {"program", result.program},
                   {"model", result.model},
                   {"speech", result.speech},
                   {"effort", result.effort},
                   {"machine", MachineJson(result.machine)},
                   {"model_mb", JsonFigure(result.model_mb)},
                   {"open_ms", JsonFigure(result.open_ms)},
                   {"clip",
                    {{"seconds", result.clip_seconds},
                     {"latency_ms", SpreadJson(result.latency_ms)},
                     {"processor_ms", JsonFigure(result.processor_ms)},
                     {"each_ms", std::move(latencies)},
                     {"steps", std::move(steps)}}},
                   {"sweep", SweepJson(result.sweep)},
                   {"start",
                    {{"cold_ms", JsonFigure(result.start.cold_ms)},
                     {"warm_ms", SpreadJson(result.start.warm_ms)}}},
                   {"memory", MemoryJson(result.memory)},
                   {"energy",
                    {{"joules_per_clip", JsonFigure(result.energy.joules_per_clip)},
                     {"watts", JsonFigure(result.energy.watts)},
                     {"measured", result.energy.measured},
                     {"how", result.energy.how}}},
                   {"live", nullptr},
                   {"accuracy", nullptr},
                   {"notes", result.notes}};
  if (result.live) json["live"] = {{"word_ms", SpreadJson(result.live->word_ms)}};
  if (const auto& accuracy = result.accuracy) {
    json["accuracy"] = {{"corpus", accuracy->corpus},
                        {"phone_pcc", JsonFigure(accuracy->phone_pcc)},
                        {"word_pcc", JsonFigure(accuracy->word_pcc)},
                        {"sentence_pcc", JsonFigure(accuracy->sentence_pcc)}};
  }
  return DumpedText(json);
}

std::string ComparisonJson(const ComparisonResult& result) {
  Document figures = Document::array();
  for (const ComparedFigure& figure : result.figures)
    figures.push_back({{"id", figure.id},
                       {"what", figure.what},
                       {"unit", figure.unit},
                       {"a", JsonFigure(figure.a)},
                       {"b", JsonFigure(figure.b)},
                       {"ratio", Bounds(figure.ratio.ratio)},
                       {"b_takes", VerdictName(figure.ratio.verdict)}});
  return DumpedText({{"schema", "euphone.bench_comparison/1"},
                     {"date", result.date},
                     {"speech", result.speech},
                     {"effort", result.effort},
                     {"machine", MachineJson(result.machine)},
                     {"a", SideJson(result.a)},
                     {"b", SideJson(result.b)},
                     {"clip_seconds", result.clip_seconds},
                     {"pairs", result.pairs},
                     {"figures", std::move(figures)}});
}

}  // namespace euphone::cli
