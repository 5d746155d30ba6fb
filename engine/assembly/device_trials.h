#pragma once

#include <span>
#include <string>
#include <vector>

#include "model/bundle.h"
#include "model/compute_device.h"
#include "model/model_options.h"
#include "model_ort/device_trial.h"

namespace euphone {

/// How the acoustic network of a bundle does on one device.
struct DeviceFinding {
  ComputeDevice device = ComputeDevice::kCpu;
  std::string refusal = {};  ///< Why it does not run there; empty where it does.
  double opening_ms = 0;
  double run_ms = 0;  ///< To hear the reference input once: median.
  double difference = 0;
  std::size_t on_device = 0;  ///< Operations that the device runs itself.
  NodeMap nodes = {};
};

/// Tries each device and measures those that run: turn by turn, so that what else this machine does
/// is borne by all of them.
std::vector<DeviceFinding> TryDevices(const Bundle& bundle, const ModelOptions& options,
                                      std::span<const ComputeDevice> devices);

/// The one that costs least time over a lesson (opening, and a hundred sentences); another than the
/// processor only if it saves a tenth of that. The processor where none runs.
ComputeDevice BestOf(std::span<const DeviceFinding> findings);

/// Times as fast as the processor; 0 where either does not run.
double GainOf(const DeviceFinding& finding, std::span<const DeviceFinding> findings);

}  // namespace euphone
