#include "model_ort/device_trial.h"
#include "model_ort/execution_provider.h"
#include "model_ort/ort_runtime.h"

// What of ONNX Runtime is asked for where a program is built without it: there is the processor,
// and nothing else to try.

namespace euphone {

Result<std::string> RuntimeVersion() {
  return Error{Errc::kUnsupported, "this program was built without ONNX Runtime"};
}

Result<std::vector<ComputeDevice>> DevicesOfRuntime() {
  return std::vector<ComputeDevice>{ComputeDevice::kCpu};
}

Result<DeviceTrial> TryDevice(const Bundle& bundle, const ModelOptions&) {
  return Error{Errc::kUnsupported, bundle.name() +
                                       ": devices are tried by ONNX Runtime, which "
                                       "this program was built without"};
}

}  // namespace euphone
