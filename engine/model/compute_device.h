#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace euphone {

/// What computes a network. Which of them there are is the runtime's affair; the processor always.
enum class ComputeDevice {
  kCpu,
  kCuda,
  kTensorRt,
  kOpenVino,
  kWebGpu,
  kCoreMl,
  kQnn,
  kNnapi,
  kXnnpack,
};

struct NamedDevice {
  ComputeDevice device;
  std::string_view name;  ///< As people write it: --device openvino.
};

inline constexpr std::array<NamedDevice, 9> kComputeDevices{{
    {ComputeDevice::kCpu, "cpu"},
    {ComputeDevice::kCuda, "cuda"},
    {ComputeDevice::kTensorRt, "tensorrt"},
    {ComputeDevice::kOpenVino, "openvino"},
    {ComputeDevice::kWebGpu, "webgpu"},
    {ComputeDevice::kCoreMl, "coreml"},
    {ComputeDevice::kQnn, "qnn"},
    {ComputeDevice::kNnapi, "nnapi"},
    {ComputeDevice::kXnnpack, "xnnpack"},
}};

constexpr std::string_view NameOf(ComputeDevice device) {
  for (const NamedDevice& named : kComputeDevices) {
    if (named.device == device) return named.name;
  }
  return "";
}

constexpr std::optional<ComputeDevice> DeviceNamed(std::string_view name) {
  for (const NamedDevice& named : kComputeDevices) {
    if (named.name == name) return named.device;
  }
  return std::nullopt;
}

}  // namespace euphone
