#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "rollout/simulation.h"

namespace euphone {
namespace {

using Json = nlohmann::ordered_json;

Json MomentJson(const Moment& moment) { return moment ? Json(*moment) : Json(nullptr); }

Json CountsJson(const WaveTally& tally) {
  return {{"succeeded", tally.Of(DeviceStage::kSucceeded)},
          {"failed", tally.Of(DeviceStage::kFailed)},
          {"rolled_back", tally.Of(DeviceStage::kRolledBack)},
          {"lost", tally.Of(DeviceStage::kLost)},
          {"skipped", tally.Of(DeviceStage::kSkipped)},
          {"open", tally.open()}};
}

Json RunJson(const SimulationResult& result) {
  Json waves = Json::array();
  for (const SimulatedWave& wave : result.waves) {
    waves.push_back({{"size", wave.size},
                     {"started", MomentJson(wave.started)},
                     {"reached", MomentJson(wave.reached)},
                     {"ended", MomentJson(wave.ended)},
                     {"devices", CountsJson(wave.tally)}});
  }
  Json hours = Json::array();
  for (const SimulatedHour& hour : result.hours)
    hours.push_back({hour.hours, hour.succeeded, hour.errors, hour.in_flight});
  return {{"seed", result.seed},
          {"state", kRolloutStateNames[static_cast<std::size_t>(result.state)]},
          {"reason", result.reason},
          {"ended", MomentJson(result.ended)},
          {"devices", result.devices},
          {"targets", result.targets},
          {"waves", std::move(waves)},
          {"half", MomentJson(result.half)},
          {"ninety", MomentJson(result.most)},
          {"ninety_nine", MomentJson(result.nearly_all)},
          {"offers", result.offers},
          {"peak_in_flight", result.peak_in_flight},
          {"broken", result.broken},
          {"gigabytes", std::round(result.gigabytes * 1000.0) / 1000.0},
          {"decisions", result.decisions},
          {"reports", result.reports},
          {"hours", std::move(hours)}};
}

double HoursOf(const Moment& moment) { return static_cast<double>(*moment) / 3600.0; }

/// Between the two nearest of sorted values.
double Quantile(const std::vector<double>& sorted, double share) {
  const double at = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

}  // namespace

std::vector<SimulatedRange> RangesOf(const std::vector<SimulationResult>& results) {
  std::vector<SimulatedRange> ranges;
  const auto add = [&](const char* what, auto&& figure) {
    std::vector<double> values;
    for (const SimulationResult& result : results)
      if (const std::optional<double> value = figure(result)) values.push_back(*value);
    SimulatedRange range{.what = what, .runs = values.size()};
    if (!values.empty()) {
      std::ranges::sort(values);
      range.median = Quantile(values, 0.5);
      range.low = Quantile(values, 0.025);
      range.high = Quantile(values, 0.975);
    }
    ranges.push_back(range);
  };
  const auto hours = [&](const char* what, Moment SimulationResult::*moment) {
    add(what, [moment](const SimulationResult& result) -> std::optional<double> {
      if (!(result.*moment)) return std::nullopt;
      return HoursOf(result.*moment);
    });
  };
  hours("hours_to_50", &SimulationResult::half);
  hours("hours_to_90", &SimulationResult::most);
  hours("hours_to_99", &SimulationResult::nearly_all);
  hours("hours_to_the_end", &SimulationResult::ended);
  const auto count = [&](const char* what, auto&& figure) {
    add(what, [&figure](const SimulationResult& result) -> std::optional<double> {
      return static_cast<double>(figure(result));
    });
  };
  count("succeeded", [](const SimulationResult& r) { return r.Of(DeviceStage::kSucceeded); });
  count("failed", [](const SimulationResult& r) { return r.Of(DeviceStage::kFailed); });
  count("rolled_back", [](const SimulationResult& r) { return r.Of(DeviceStage::kRolledBack); });
  count("lost", [](const SimulationResult& r) { return r.Of(DeviceStage::kLost); });
  count("broken", [](const SimulationResult& r) { return r.broken; });
  return ranges;
}

Json SimulationJson(const RolloutPlan& plan, const std::vector<SimulationResult>& results) {
  Json runs = Json::array(), ranges = Json::array();
  for (const SimulationResult& result : results) runs.push_back(RunJson(result));
  for (const SimulatedRange& range : RangesOf(results)) {
    Json figure = {{"what", range.what}, {"runs", range.runs}};
    for (const auto& [key, value] : {std::pair("median", range.median), std::pair("low", range.low),
                                     std::pair("high", range.high)})
      figure[key] = range.runs == 0 ? Json(nullptr) : Json(value);
    ranges.push_back(std::move(figure));
  }
  return {
      {"schema", "euphone.simulation/1"}, {"rollout", plan.id},      {"bundle", plan.bundle},
      {"version", plan.version.Text()},   {"runs", std::move(runs)}, {"ranges", std::move(ranges)}};
}

}  // namespace euphone
