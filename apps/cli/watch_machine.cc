#include "watch_machine.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "anomaly/machine_model.h"
#include "anomaly/windower.h"
#include "base/file.h"
#include "terminal.h"

namespace euphone::cli {
namespace {

constexpr std::size_t kMostNumbers = 8u << 20;  ///< Features of all windows: 32 MB.
constexpr std::size_t kMostModelBytes = 8u << 20;
constexpr std::size_t kReasons = 3;  ///< Features that an alarm names.
constexpr double kSameRate = 0.02;

Error OtherRate(const std::string& name, double rate, double wanted) {
  return {Errc::kInvalidArgument, fmt::format("{}: {:.6g} readings a second, but {:.6g} before; "
                                              "give recordings of one kind",
                                              Shortened(name), rate, wanted)};
}

bool SameRate(double a, double b) { return std::abs(a - b) <= kSameRate * b; }

/// Adds the windows of one input to `windows`; the first input fixes channels and rate.
Status AddWindows(const std::string& name, const WatchOptions& options, MachineModel& model,
                  Matrix& windows) {
  SensorOptions wanted = options.input;
  if (!model.channels.empty()) wanted.channels = model.channels;
  auto input = SensorInput::Open(name, wanted);
  if (!input) return input.error();
  if (model.channels.empty()) {
    model.channels = (*input)->channels();
    model.rate_hz = (*input)->rate_hz();
  }
  if (!SameRate((*input)->rate_hz(), model.rate_hz))
    return OtherRate(name, (*input)->rate_hz(), model.rate_hz);
  auto windower = Windower::Create(model.channels.size(), model.rate_hz, model.window_s);
  if (!windower) return Prefixed("--window", windower.error());
  SensorInstant instant;
  for (;;) {
    auto more = (*input)->Next(instant);
    if (!more) return more.error();
    if (!*more) return {};
    if (instant.missing_s > 0.0) windower->Skip(instant.missing_s);
    if (!windower->Push(instant.values)) continue;
    const std::vector<float>& features = windower->window().features;
    if (windows.values.size() + features.size() > kMostNumbers)
      return Error{Errc::kTooLarge, "too many windows to learn from; give a longer --window"};
    windows.columns = features.size();
    ++windows.rows;
    windows.values.insert(windows.values.end(), features.begin(), features.end());
  }
}

/// What happened, as a line of text or of JSON.
class Reporter {
 public:
  Reporter(const MachineModel& model, const WatchOptions& options, double threshold,
           double origin_s)
      : model_(model),
        names_(Windower::Names(model.channels)),
        json_(options.json),
        threshold_(threshold),
        origin_s_(origin_s) {}

  ExitCode Tell(const char* event, const DescribedWindow& window, double score) const {
    const auto reasons = Explain(model_.detector, window.features, kReasons);
    const double start = origin_s_ + window.start_s;
    if (json_) {
      nlohmann::ordered_json json{{"event", event},
                                  {"start_s", Rounded(start)},
                                  {"end_s", Rounded(origin_s_ + window.end_s)},
                                  {"score", Rounded(score)},
                                  {"threshold", Rounded(threshold_)},
                                  {"features", nlohmann::ordered_json::array()}};
      for (const Contribution& reason : reasons) {
        json["features"].push_back({{"name", names_[reason.feature]},
                                    {"share", Rounded(reason.share)},
                                    {"deviation", Rounded(reason.deviation)}});
      }
      return Show(json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
    }
    std::string line = fmt::format("{:<6} {:.3f} s  score {:.2f} (threshold {:.2f})", event, start,
                                   score, threshold_);
    for (const Contribution& reason : reasons) {
      line += fmt::format("{} {} {:.1f} {}", reason.feature == reasons.front().feature ? " " : ",",
                          names_[reason.feature], std::abs(reason.deviation),
                          reason.deviation > 0.0 ? "above normal" : "below normal");
    }
    return Show(line + "\n");
  }

  ExitCode End(std::size_t windows, std::size_t above, std::size_t alarms) const {
    if (!json_)
      return Show(fmt::format("end    {} windows, {} over the threshold, {} alarm{}\n", windows,
                              above, alarms, alarms == 1 ? "" : "s"));
    const nlohmann::ordered_json json{
        {"event", "end"}, {"windows", windows}, {"above", above}, {"alarms", alarms}};
    return Show(json.dump() + "\n");
  }

 private:
  static double Rounded(double value) { return std::round(value * 1e4) / 1e4; }

  const MachineModel& model_;
  std::vector<std::string> names_;
  bool json_;
  double threshold_;
  double origin_s_;
};

ExitCode Watch(SensorInput& input, Windower windower, const MachineModel& model,
               const WatchOptions& options) {
  const double threshold = options.threshold > 0.0 ? options.threshold : model.detector.threshold;
  const Reporter reporter(model, options, threshold, input.origin_s());
  Alarm alarm(model.alarm);
  std::size_t windows = 0, above = 0, alarms = 0;
  SensorInstant instant;
  for (;;) {
    auto more = input.Next(instant);
    if (!more) return Report(more.error());
    if (!*more) break;
    if (instant.missing_s > 0.0) windower.Skip(instant.missing_s);
    if (!windower.Push(instant.values)) continue;
    const double score = model.detector.Score(windower.window().features);
    const Alarm::Change change = alarm.Push(score > threshold);
    ++windows;
    if (score > threshold) ++above;
    if (change == Alarm::Change::kBegins) ++alarms;
    if (change == Alarm::Change::kNone && !options.all) continue;
    const char* event = change == Alarm::Change::kBegins ? "alarm"
                        : change == Alarm::Change::kEnds ? "fine"
                                                         : "window";
    if (const ExitCode shown = reporter.Tell(event, windower.window(), score);
        shown != ExitCode::kOk)
      return shown;
  }
  if (windows == 0 && !Interrupted()) {
    ReportLine("too short for one window of " + fmt::format("{:.6g} s", model.window_s));
    return ExitCode::kBadInput;
  }
  const ExitCode shown = reporter.End(windows, above, alarms);
  if (shown != ExitCode::kOk) return shown;
  if (alarms > 0) return ExitCode::kAlarm;
  return Interrupted() ? ExitCode::kInterrupted : ExitCode::kOk;
}

}  // namespace

std::optional<AlarmRule> ParseAlarmRule(std::string_view text) {
  AlarmRule rule;
  const char* end = text.data() + text.size();
  const auto hits = std::from_chars(text.data(), end, rule.hits);
  if (hits.ec != std::errc() || hits.ptr == end || *hits.ptr != '/') return std::nullopt;
  const auto windows = std::from_chars(hits.ptr + 1, end, rule.windows);
  if (windows.ec != std::errc() || windows.ptr != end) return std::nullopt;
  if (rule.hits < 1 || rule.hits > rule.windows || rule.windows > 1000) return std::nullopt;
  return rule;
}

ExitCode LearnMachine(const WatchOptions& options) {
  MachineModel model;
  model.window_s = options.window_s;
  model.alarm = *ParseAlarmRule(options.alarm);
  Matrix windows;
  for (const std::string& file : options.files) {
    if (auto status = AddWindows(file, options, model, windows); !status)
      return Report(status.error());
    if (Interrupted()) return ExitCode::kInterrupted;
  }
  DetectorConfig config = options.detector;
  config.alarm = model.alarm;
  config.kind = options.method == "gmm" ? DetectorKind::kMixture : DetectorKind::kKmeans;
  config.scaling = options.scaling == "standard" ? ScalingKind::kStandard : ScalingKind::kRobust;
  auto detector = Learn(windows, Windower::LeastScales(model.channels.size()), config);
  if (!detector) return Report(detector.error());
  model.detector = *std::move(detector);
  if (auto status = WriteFileAtomically(options.out, ToJson(model)); !status)
    return Report(status.error());
  if (options.json) {
    const nlohmann::ordered_json json{{"windows", windows.rows},
                                      {"channels", model.channels},
                                      {"rate_hz", model.rate_hz},
                                      {"threshold", model.detector.threshold},
                                      {"out", options.out}};
    return Show(json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
  }
  return Show(fmt::format(
      "learned from {} windows of {:.6g} s, {} channel{} at {:.6g} Hz; threshold "
      "{:.2f}; written to {}\n",
      windows.rows, model.window_s, model.channels.size(), model.channels.size() == 1 ? "" : "s",
      model.rate_hz, model.detector.threshold, options.out));
}

ExitCode WatchMachine(const WatchOptions& options) {
  const std::string& name = options.files.front();
  auto text = ReadFile(name, kMostModelBytes);
  if (!text) return Report(text.error());
  auto model = ParseMachineModel(*text);
  if (!model) return Report(Prefixed(Shortened(name), model.error()));
  SensorOptions wanted = options.input;
  wanted.channels = model->channels;
  auto input = SensorInput::Open(options.files.back(), wanted);
  if (!input) return Interrupted() ? ExitCode::kInterrupted : Report(input.error());
  if (!SameRate((*input)->rate_hz(), model->rate_hz))
    return Report(OtherRate(options.files.back(), (*input)->rate_hz(), model->rate_hz));
  auto windower = Windower::Create(model->channels.size(), model->rate_hz, model->window_s);
  if (!windower) return Report(Prefixed(Shortened(name), windower.error()));
  return Watch(**input, *std::move(windower), *model, options);
}

}  // namespace euphone::cli
