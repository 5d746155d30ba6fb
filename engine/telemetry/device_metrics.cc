#include "telemetry/device_metrics.h"

#include <array>
#include <optional>

namespace euphone {
namespace {

using enum MetricKind;

struct Family {
  const char* name;
  MetricKind kind;
  const char* help;
  std::optional<double> (*value)(const Telemetry&);
};

template <class Number>
std::optional<double> Of(Number number) {
  return static_cast<double>(number);
}

constexpr std::array kFamilies = {
    Family{"euphone_device_takes_total", kCounter, "Takes that were judged.",
           [](const Telemetry& t) { return Of(t.total.takes); }},
    Family{"euphone_device_takes_not_scored_total", kCounter,
           "Takes that were unfit to be heard, or of another text.",
           [](const Telemetry& t) { return Of(t.total.not_scored); }},
    Family{"euphone_device_xruns_total", kCounter, "Gaps in live audio.",
           [](const Telemetry& t) { return Of(t.total.xruns); }},
    Family{"euphone_device_audio_seconds_total", kCounter, "Audio in the takes that were judged.",
           [](const Telemetry& t) { return Of(t.total.audio_seconds); }},
    Family{"euphone_device_starts_total", kCounter, "Starts of the program.",
           [](const Telemetry& t) { return Of(t.starts); }},
    Family{"euphone_device_crashes_total", kCounter, "Starts that found no end.",
           [](const Telemetry& t) { return Of(t.crashes); }},
    Family{"euphone_device_crash_loops", kGauge,
           "Times of three crashes within ten minutes, in the last day or two.",
           [](const Telemetry& t) { return Of(t.crash_loops); }},
    Family{"euphone_device_anomaly_ratio", kGauge,
           "Share of takes that were not scored, in the last day or two.",
           [](const Telemetry& t) -> std::optional<double> {
             if (t.recent.counts.takes == 0) return std::nullopt;
             return t.anomaly_rate();
           }},
    Family{"euphone_device_memory_bytes", kGauge, "The most memory that the program had of late.",
           [](const Telemetry& t) -> std::optional<double> {
             if (!t.memory_mb) return std::nullopt;
             return *t.memory_mb * 1e6;
           }},
    Family{"euphone_device_temperature_celsius", kGauge, "The hottest zone of the device.",
           [](const Telemetry& t) { return t.temperature_c; }},
};

void AddLine(Exposition& out, std::string_view device, double value) {
  if (device.empty())
    out.Add({}, value);
  else
    out.Add({{"device", device}}, value);
}

void AddQuantiles(Exposition& out, std::string_view device, const Histogram& histogram) {
  if (histogram.count() == 0) return;
  for (const auto& [name, share] : {std::pair{"0.5", 0.5}, std::pair{"0.95", 0.95}}) {
    const double value = histogram.Quantile(share);
    if (device.empty())
      out.Add({{"share", name}}, value);
    else
      out.Add({{"device", device}, {"share", name}}, value);
  }
}

}  // namespace

void AddDeviceMetrics(Exposition& out, std::span<const DeviceTelemetry> devices) {
  if (devices.empty()) return;
  for (const Family& family : kFamilies) {
    out.Begin(family.name, family.kind, family.help);
    for (const auto& [device, telemetry] : devices)
      if (const auto value = family.value(*telemetry)) AddLine(out, device, *value);
  }
  out.Begin("euphone_device_real_time_factor", kGauge,
            "Work for a second of speech, in the last day or two.");
  for (const auto& [device, telemetry] : devices)
    AddQuantiles(out, device, telemetry->recent.speed);
  out.Begin("euphone_device_latency_seconds", kGauge,
            "From a take's end to its judgement, in the last day or two.");
  for (const auto& [device, telemetry] : devices)
    AddQuantiles(out, device, telemetry->recent.latency);
}

}  // namespace euphone
