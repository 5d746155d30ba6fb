#pragma once

#include <span>
#include <string_view>

#include "telemetry/exposition.h"
#include "telemetry/telemetry.h"

namespace euphone {

/// What one device says of itself.
struct DeviceTelemetry {
  std::string_view device;  ///< Its name; empty: it tells of itself, and needs none.
  const Telemetry* telemetry = nullptr;
};

/// The families euphone_device_*, docs/formats/metrics.md; none without devices. The lines of a
/// family stand together, as Prometheus wants them, so all devices are needed at once.
void AddDeviceMetrics(Exposition& out, std::span<const DeviceTelemetry> devices);

}  // namespace euphone
