#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "assembly/device_trials.h"
#include "installation.h"
#include "model/bundle.h"

namespace euphone::cli {

/// Devices that the loaded ONNX Runtime knows, as they do for the acoustic network of a bundle; and
/// the one that the options name, if it knows none such. Measures where there are several.
std::vector<DeviceFinding> FindDevices(const Bundle& bundle, const InstallationOptions& options);

/// "runs 112 of 120 operations, in 9 parts; 24 ms for the reference run, the processor 9.6 ms (×
/// 0.40); opened in 950 ms"
std::string Described(const DeviceFinding& finding, const std::vector<DeviceFinding>& all);

/// What runs where: kinds of operations on this device, the longest first, a line each.
std::string NodeTable(const DeviceFinding& finding);
/// Each operation: {"name", "operation", "provider", "microseconds"}.
nlohmann::ordered_json NodesJson(const DeviceFinding& finding);

}  // namespace euphone::cli
