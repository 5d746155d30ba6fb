#include <benchmark/benchmark.h>

#include "curves/plateau.h"
#include "curves/synthetic_learner_fixture.h"

namespace euphone {
namespace {

/// A learner's curve with its interval, forecast and plateau, out of so many days.
void FitOfDays(benchmark::State& state) {
  const auto points = fixture::PointsOf({.days = static_cast<std::size_t>(state.range(0))}, 1);
  for (auto _ : state) {
    const CurveOutcome outcome = FitCurve(points);
    benchmark::DoNotOptimize(FindPlateau(points, outcome));
    benchmark::DoNotOptimize(outcome.fit->At(outcome.fit->now + 20.0));
    benchmark::DoNotOptimize(outcome.fit->Until(80.0));
  }
}
BENCHMARK(FitOfDays)->Arg(30)->Arg(365)->Unit(benchmark::kMicrosecond);

/// What its intervals are worth: of so many learners whose curve is known, the share in which the
/// interval of 20 practices ahead holds it.
void Coverage(benchmark::State& state) {
  double holds = 0.0, fits = 0.0;
  for (auto _ : state) {
    for (const double noise : {4.0, 8.0, 12.0}) {
      for (const auto& truth : {CurveParameters{CurveShape::kPower, 85.0, -45.0, 0.4},
                                CurveParameters{CurveShape::kExponential, 85.0, -45.0, 0.015}}) {
        for (std::uint64_t seed = 0; seed < 200; ++seed) {
          const auto fit = FitCurve(fixture::PointsOf({.truth = truth, .noise = noise}, seed)).fit;
          if (!fit) continue;
          const double x = fit->now + 20.0;
          const CurveValue told = fit->At(x);
          fits += 1.0;
          holds += told.low <= truth.At(x) && truth.At(x) <= told.high ? 1.0 : 0.0;
        }
      }
    }
  }
  state.counters["coverage"] = holds / fits;
}
BENCHMARK(Coverage)->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace euphone
