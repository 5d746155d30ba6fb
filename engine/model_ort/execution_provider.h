#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/compute_device.h"
#include "model/model_options.h"

struct OrtSessionOptions;

namespace euphone {

class OrtRuntime;

/// What ONNX Runtime calls the device: "OpenVINOExecutionProvider".
std::string_view ProviderOf(ComputeDevice device);

/// Devices that the loaded library was built for, the processor first. Whether the machine has
/// them, only opening a model there tells. Fails: as OrtRuntime::Get.
Result<std::vector<ComputeDevice>> DevicesOfRuntime();

/// Has sessions made with `settings` run on `options.device` what it can run; the processor runs
/// the rest. Nothing is to be done for the processor itself. Internal to this module. Fails:
/// kUnsupported, naming the device, where the library was not built for it, or not what it needs is
/// there.
Status AppendProvider(const OrtRuntime& runtime, OrtSessionOptions* settings,
                      const ModelOptions& options);

/// What a message of ONNX Runtime says beyond where in its source it arose and which macro wrote
/// it. Internal to this module.
std::string Plain(std::string message);

}  // namespace euphone
