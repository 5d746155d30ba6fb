#include "bench_compare.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "assembly/elapsed.h"
#include "evaluate/statistics.h"
#include "run_self.h"
#include "terminal.h"

namespace euphone::cli {
namespace {

constexpr std::size_t kLeastPairs = 6, kFurther = 8;
constexpr double kLongestRun = 600.0;

/// What one process took.
struct RunCost {
  double wall_ms = 0.0, processor_ms = 0.0, peak_mb = 0.0;
};

/// What a side costs in one turn: a process with one clip, and the share of a further clip.
struct TurnCost {
  double start_ms = 0.0, clip_ms = 0.0, processor_ms = 0.0, peak_mb = 0.0;
};

/// What both are given: the clip once, and several times.
struct Lists {
  UnseenFile clip, once, often;
};

Result<RunCost> RunList(const CompareSide& side, const std::string& list) {
  std::vector<std::string> arguments = side.arguments;
  arguments.insert(arguments.end(), {"--threads", "1", "analyze", "--jobs", "1", "--format", "ctm",
                                     "--manifest", list});
  const auto end =
      RunProgram(side.program, arguments,
                 {.seconds = kLongestRun, .watch = [](int, double) { return !Interrupted(); }});
  if (!end) return Prefixed(side.program, end.error());
  if (!end->failure.empty()) return Error{Errc::kInvalidArgument, side.name + ": " + end->failure};
  return RunCost{end->wall_ms, end->cpu_ms, end->peak_mb * 1.048576};
}

Result<TurnCost> TakeTurn(const CompareSide& side, const Lists& lists) {
  const auto once = RunList(side, lists.once.path());
  if (!once) return once.error();
  const auto often = RunList(side, lists.often.path());
  if (!often) return often.error();
  const auto share = [](double all, double one) {
    return std::max(1e-6, (all - one) / static_cast<double>(kFurther));
  };
  return TurnCost{.start_ms = once->wall_ms,
                  .clip_ms = share(often->wall_ms, once->wall_ms),
                  .processor_ms = share(often->processor_ms, once->processor_ms),
                  .peak_mb = often->peak_mb};
}

Result<Lists> MakeLists(const BenchClip& clip) {
  const auto bytes = BenchFile(clip);
  if (!bytes) return bytes.error();
  auto file = UnseenFile::Holding(*bytes);
  if (!file) return file.error();
  std::string once, often;
  for (std::size_t i = 0; i <= kFurther; ++i) {
    const std::string line = file->path() + "\t" + clip.text + "\t" + std::to_string(i) + "\n";
    if (i == 0) once = line;
    often += line;
  }
  auto one = UnseenFile::Holding(once);
  if (!one) return one.error();
  auto many = UnseenFile::Holding(often);
  if (!many) return many.error();
  return Lists{*std::move(file), *std::move(one), *std::move(many)};
}

using Field = double TurnCost::*;

ComparedFigure FigureOf(const char* id, const char* what, const char* unit, Field field,
                        const std::array<std::vector<TurnCost>, 2>& turns) {
  std::array<std::vector<double>, 2> values;
  for (std::size_t side = 0; side < 2; ++side)
    for (const TurnCost& turn : turns[side]) values[side].push_back(turn.*field);
  return {.id = id,
          .what = what,
          .unit = unit,
          .a = *Quantile(values[0], 0.5),
          .b = *Quantile(values[1], 0.5),
          .ratio = RatioOf(values[0], values[1])};
}

}  // namespace

Status MeasureComparison(const BenchClip& clip, double seconds, const BenchProgress& progress,
                         ComparisonResult& result) {
  const auto lists = MakeLists(clip);
  if (!lists) return lists.error();
  const std::array<const CompareSide*, 2> sides{&result.a, &result.b};
  std::array<std::vector<TurnCost>, 2> turns;
  for (const CompareSide* side : sides)  // Fills the page cache, and finds out what does not work.
    if (const auto warm = RunList(*side, lists->once.path()); !warm) return warm.error();
  const auto began = std::chrono::steady_clock::now();
  double passed = 0.0;
  for (std::size_t pair = 0; passed < seconds || pair < kLeastPairs; ++pair) {
    for (std::size_t turn = 0; turn < 2; ++turn) {
      const std::size_t side = (pair + turn) % 2;
      const auto cost = TakeTurn(*sides[side], *lists);
      if (!cost) return cost.error();
      turns[side].push_back(*cost);
    }
    passed = MillisSince(began) / 1000.0;
    if (!progress(std::min(1.0, passed / seconds))) return Error{Errc::kInternal, "was stopped"};
  }
  result.pairs = turns[0].size();
  result.clip_seconds = clip.seconds;
  result.figures = {
      FigureOf("clip_ms", "a further clip", "ms", &TurnCost::clip_ms, turns),
      FigureOf("processor_ms", "its processor time", "ms", &TurnCost::processor_ms, turns),
      FigureOf("start_ms", "start, one clip, end", "ms", &TurnCost::start_ms, turns),
      FigureOf("peak_mb", "peak memory", "MB", &TurnCost::peak_mb, turns)};
  return {};
}

}  // namespace euphone::cli
