#include "fleet_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "curves/text_chart.h"
#include "terminal.h"

namespace euphone::cli {
namespace {

/// "3 d 04:05" after the start.
std::string SinceStart(const Moment& moment) {
  if (!moment) return "–";
  return fmt::format("{} d {:02}:{:02}", *moment / 86400, *moment / 3600 % 24, *moment / 60 % 60);
}

/// The same to the hour, for a table.
std::string HourOf(const Moment& moment) {
  if (!moment) return "–";
  return fmt::format("{}d {:02}h", *moment / 86400, *moment / 3600 % 24);
}

std::string WaveTable(const SimulationResult& result, bool colour) {
  constexpr const char* kRow = "{:>4} {:>7} {:>7} {:>7} {:>7} {:>7} {:>6} {:>5} {:>5} {:>7} {:>6}";
  const std::string heading = fmt::format(kRow, "wave", "devices", "started", "reached", "ended",
                                          "have it", "failed", "back", "lost", "skipped", "open");
  std::string text = (colour ? "\033[1m" + heading + "\033[0m" : heading) + "\n";
  for (std::size_t i = 0; i < result.waves.size(); ++i) {
    const SimulatedWave& wave = result.waves[i];
    const WaveTally& tally = wave.tally;
    text +=
        fmt::format(kRow, i + 1, wave.size, HourOf(wave.started), HourOf(wave.reached),
                    HourOf(wave.ended), tally.Of(DeviceStage::kSucceeded),
                    tally.Of(DeviceStage::kFailed), tally.Of(DeviceStage::kRolledBack),
                    tally.Of(DeviceStage::kLost), tally.Of(DeviceStage::kSkipped), tally.open()) +
        "\n";
  }
  return text;
}

std::string WhatCameOfIt(const SimulationResult& result) {
  std::string state(kRolloutStateNames[static_cast<std::size_t>(result.state)]);
  std::ranges::replace(state, '_', ' ');
  if (!result.ended) return fmt::format("It is {} when the days are over; more: --days.\n", state);
  return fmt::format("It is {} after {}: {}.\n", state, SinceStart(result.ended), result.reason);
}

std::string Facts(const SimulationResult& result) {
  std::string text = WhatCameOfIt(result);
  if (result.half)
    text += fmt::format("50 % of the devices have it after {}, 90 % after {}, 99 % after {}.\n",
                        SinceStart(result.half), SinceStart(result.most),
                        SinceStart(result.nearly_all));
  text += fmt::format(
      "{} broken: they ran it and crashed, or were not heard of again.\n",
      result.broken == 1 ? std::string("1 device") : fmt::format("{} devices", result.broken));
  return text + fmt::format("{} offers, at most {} in flight, {:.1f} GB downloaded.\n",
                            result.offers, result.peak_in_flight, result.gigabytes);
}

std::string Chart(const SimulationResult& result) {
  if (result.hours.size() < 2 || result.targets == 0) return {};
  CurveChart chart{.kind = "runs",
                   .title = "Share of the devices, in percent",
                   .x_title = "day",
                   .y_title = "%"};
  const auto line = [&](const char* name, std::size_t SimulatedHour::*count) {
    ChartLine drawn{.name = name, .joined = true};
    for (const SimulatedHour& hour : result.hours)
      drawn.points.push_back(
          {.x = hour.hours / 24.0,
           .y = 100.0 * static_cast<double>(hour.*count) / static_cast<double>(result.targets)});
    chart.lines.push_back(std::move(drawn));
  };
  line("have it", &SimulatedHour::succeeded);
  line("went wrong", &SimulatedHour::errors);
  // Where little happened, the axis ends there.
  chart.whole_scale = std::ranges::any_of(chart.lines.front().points,
                                          [](const CurvePoint& point) { return point.y > 20.0; });
  return "\n" + TextChart(chart, {.width = TerminalWidth(),
                                  .height = 12,
                                  .unicode = UsesUnicode(),
                                  .colour = UseColour(ColourMode::kAuto)});
}

std::string RangeTable(const std::vector<SimulationResult>& results, bool colour) {
  const std::string heading =
      fmt::format("{:<20} {:>6} {:>12} {:>12} {:>12}", "", "runs", "median", "95 % from", "to");
  std::string text = (colour ? "\033[1m" + heading + "\033[0m" : heading) + "\n";
  for (const SimulatedRange& range : RangesOf(results)) {
    std::string name = range.what;
    std::ranges::replace(name, '_', ' ');
    if (name.starts_with("hours to ") && name != "hours to the end") name += " %";
    text += fmt::format("{:<20} {:>6}", name, range.runs);
    if (range.runs > 0)
      text += fmt::format(" {:>12.1f} {:>12.1f} {:>12.1f}", range.median, range.low, range.high);
    text += "\n";
  }
  return text;
}

/// Of several runs: how they ended, and where they were halted.
std::string Endings(const std::vector<SimulationResult>& results) {
  std::map<std::string, std::size_t> endings;
  for (const SimulationResult& result : results) {
    std::string how(kRolloutStateNames[static_cast<std::size_t>(result.state)]);
    std::ranges::replace(how, '_', ' ');
    if (result.state == RolloutState::kHalted)
      how += " in " + result.reason.substr(0, result.reason.find(':'));
    ++endings[how];
  }
  std::string text;
  for (const auto& [how, count] : endings)
    text += (text.empty() ? "" : ", ") + fmt::format("{} of {} {}", count, results.size(), how);
  return text + ".\n";
}

}  // namespace

std::string FleetPage(const RolloutPlan& plan, const std::vector<SimulationResult>& results) {
  const bool colour = UseColour(ColourMode::kAuto);
  const SimulationResult& first = results.front();
  std::string text =
      fmt::format("{} {} for {} of {} devices, simulated (rollout {}, seed {})\n\n", plan.bundle,
                  plan.version.Text(), first.targets, first.devices, plan.id, first.seed);
  if (results.size() > 1) return text + RangeTable(results, colour) + "\n" + Endings(results);
  return text + WaveTable(first, colour) + "\n" + Facts(first) + Chart(first);
}

}  // namespace euphone::cli
