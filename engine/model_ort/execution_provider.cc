#include "model_ort/execution_provider.h"

#include <algorithm>
#include <array>
#include <map>

#include "model_ort/ort_calls.h"
#include "model_ort/ort_runtime.h"

namespace euphone {
namespace {

/// How a device is called elsewhere.
struct Provider {
  ComputeDevice device;
  std::string_view name;     ///< Among those that the library lists.
  const char* appended;      ///< To SessionOptionsAppendExecutionProvider; null: by another call.
  std::string_view written;  ///< In messages.
  std::string_view needs;    ///< Beside the library.
};

constexpr std::array kProviders = {
    Provider{ComputeDevice::kCpu, "CPUExecutionProvider", nullptr, "the processor", ""},
    Provider{ComputeDevice::kCuda, "CUDAExecutionProvider", nullptr, "CUDA",
             "NVIDIA's driver, CUDA and cuDNN"},
    Provider{ComputeDevice::kTensorRt, "TensorrtExecutionProvider", nullptr, "TensorRT",
             "NVIDIA's driver, CUDA, cuDNN and TensorRT"},
    Provider{ComputeDevice::kOpenVino, "OpenVINOExecutionProvider", "OpenVINO", "OpenVINO",
             "OpenVINO's libraries, and the unit's driver"},
    Provider{ComputeDevice::kWebGpu, "WebGpuExecutionProvider", "WebGPU", "WebGPU",
             "a driver for Vulkan, Metal or Direct3D 12"},
    Provider{ComputeDevice::kCoreMl, "CoreMLExecutionProvider", "CoreML", "Core ML",
             "macOS or iOS"},
    Provider{ComputeDevice::kQnn, "QNNExecutionProvider", "QNN", "QNN", "Qualcomm's libraries"},
    Provider{ComputeDevice::kNnapi, "NnapiExecutionProvider", nullptr, "NNAPI", "Android"},
    Provider{ComputeDevice::kXnnpack, "XnnpackExecutionProvider", "XNNPACK", "XNNPACK",
             "a library that was built with it"},
};
static_assert(kProviders.size() == kComputeDevices.size());

const Provider& Of(ComputeDevice device) {
  return *std::ranges::find(kProviders, device, &Provider::device);
}

using Settings = std::map<std::string, std::string>;

/// The same as the C API wants them. Refers to `settings`.
struct Lists {
  explicit Lists(const Settings& settings) {
    for (const auto& [key, value] : settings) {
      keys.push_back(key.c_str());
      values.push_back(value.c_str());
    }
  }
  std::vector<const char*> keys, values;
};

Settings OpenVinoSettings(const ModelOptions& options) {
  Settings settings = {{"device_type", options.unit.empty() ? "CPU" : options.unit}};
  if (settings["device_type"] == "CPU")
    settings["num_of_threads"] = std::to_string(options.threads);
  if (!options.device_cache.empty()) settings["cache_dir"] = options.device_cache;
  return settings;
}

Settings CoreMlSettings(const ModelOptions& options) {
  Settings settings = {{"ModelFormat", "MLProgram"},
                       {"MLComputeUnits", options.unit.empty() ? "ALL" : options.unit}};
  if (!options.device_cache.empty()) settings["ModelCacheDirectory"] = options.device_cache;
  return settings;
}

Settings QnnSettings(const ModelOptions& options) {
  const std::string unit = options.unit.empty() ? "htp" : options.unit;
  return {{"backend_type", unit}};
}

Settings SettingsOf(const ModelOptions& options) {
  switch (options.device) {
    case ComputeDevice::kOpenVino:
      return OpenVinoSettings(options);
    case ComputeDevice::kCoreMl:
      return CoreMlSettings(options);
    case ComputeDevice::kQnn:
      return QnnSettings(options);
    case ComputeDevice::kXnnpack:
      return {{"intra_op_num_threads", std::to_string(options.threads)}};
    default:
      return {};
  }
}

/// Which of several cards.
std::string Card(const ModelOptions& options) { return options.unit.empty() ? "0" : options.unit; }

void AppendCuda(const OrtApi& api, Calls& calls, OrtSessionOptions* settings,
                const ModelOptions& options) {
  OrtCUDAProviderOptionsV2* cuda = nullptr;
  if (!calls.Ok(api.CreateCUDAProviderOptions(&cuda))) return;
  // Clips differ in length: a search for the fastest convolution of each would take longer than it.
  const Settings wanted = {{"device_id", Card(options)}, {"cudnn_conv_algo_search", "HEURISTIC"}};
  const Lists lists(wanted);
  if (calls.Ok(api.UpdateCUDAProviderOptions(cuda, lists.keys.data(), lists.values.data(),
                                             lists.keys.size()))) {
    calls.Ok(api.SessionOptionsAppendExecutionProvider_CUDA_V2(settings, cuda));
  }
  api.ReleaseCUDAProviderOptions(cuda);
}

/// Engines fit one model, one card and one version of TensorRT, so they are built where they will
/// run, and kept there.
void AppendTensorRt(const OrtApi& api, Calls& calls, OrtSessionOptions* settings,
                    const ModelOptions& options) {
  OrtTensorRTProviderOptionsV2* engine = nullptr;
  if (!calls.Ok(api.CreateTensorRTProviderOptions(&engine))) return;
  Settings wanted = {{"device_id", Card(options)}};
  if (!options.device_cache.empty()) {
    wanted["trt_engine_cache_enable"] = wanted["trt_timing_cache_enable"] = "1";
    wanted["trt_engine_cache_path"] = wanted["trt_timing_cache_path"] = options.device_cache;
  }
  const Lists lists(wanted);
  if (calls.Ok(api.UpdateTensorRTProviderOptions(engine, lists.keys.data(), lists.values.data(),
                                                 lists.keys.size()))) {
    calls.Ok(api.SessionOptionsAppendExecutionProvider_TensorRT_V2(settings, engine));
  }
  api.ReleaseTensorRTProviderOptions(engine);
  // What TensorRT leaves over is better off on the same card.
  if (calls.status()) AppendCuda(api, calls, settings, options);
}

/// Android's libraries export a function for it; the API has none.
void AppendNnapi(const OrtRuntime& runtime, Calls& calls, OrtSessionOptions* settings) {
  using Append = OrtStatus*(ORT_API_CALL*)(OrtSessionOptions*, std::uint32_t);
  const auto append =
      reinterpret_cast<Append>(runtime.Function("OrtSessionOptionsAppendExecutionProvider_Nnapi"));
  calls.Ok(append != nullptr
               ? append(settings, 0)
               : runtime.api().CreateStatus(ORT_NOT_IMPLEMENTED, "it exports no NNAPI"));
}

std::string Listed(const std::vector<ComputeDevice>& devices) {
  std::string names;
  for (const ComputeDevice device : devices)
    names += (names.empty() ? "" : ", ") + std::string(NameOf(device));
  return names;
}

Error NotBuiltIn(const OrtRuntime& runtime, const Provider& provider,
                 const std::vector<ComputeDevice>& others) {
  return {Errc::kUnsupported, "this ONNX Runtime (" + runtime.version() + ") was built without " +
                                  std::string(provider.written) + "; it has: " + Listed(others) +
                                  ". Name a library that has it with --onnxruntime"};
}

}  // namespace

std::string_view ProviderOf(ComputeDevice device) { return Of(device).name; }

std::string Plain(std::string message) {
  // "ONNX Runtime: /src/core/session.cc:12 Status onnxruntime::Load(…) what went wrong"
  for (const std::string_view mark : {"with error: ", " was false. ", "Status Message: "}) {
    if (const auto at = message.rfind(mark); at != std::string::npos)
      message.erase(0, at + mark.size());
  }
  while (!message.empty() && (message.back() == ' ' || message.back() == '.')) message.pop_back();
  return message;
}

Result<std::vector<ComputeDevice>> DevicesOfRuntime() {
  const auto runtime = OrtRuntime::Get();
  if (!runtime) return runtime.error();
  const OrtApi& api = (*runtime)->api();
  char** names = nullptr;
  int count = 0;
  Calls calls(api);
  if (!calls.Ok(api.GetAvailableProviders(&names, &count))) return calls.status().error();
  std::vector<ComputeDevice> devices;
  for (const Provider& provider : kProviders) {
    if (std::find(names, names + count, provider.name) != names + count)
      devices.push_back(provider.device);
  }
  calls.Ok(api.ReleaseAvailableProviders(names, count));
  return devices;
}

Status AppendProvider(const OrtRuntime& runtime, OrtSessionOptions* settings,
                      const ModelOptions& options) {
  if (options.device == ComputeDevice::kCpu) return {};
  const Provider& provider = Of(options.device);
  const auto devices = DevicesOfRuntime();
  if (!devices) return devices.error();
  if (!std::ranges::count(*devices, options.device)) return NotBuiltIn(runtime, provider, *devices);
  const OrtApi& api = runtime.api();
  Calls calls(api);
  if (options.device == ComputeDevice::kCuda) {
    AppendCuda(api, calls, settings, options);
  } else if (options.device == ComputeDevice::kTensorRt) {
    AppendTensorRt(api, calls, settings, options);
  } else if (options.device == ComputeDevice::kNnapi) {
    AppendNnapi(runtime, calls, settings);
  } else {
    const Settings wanted = SettingsOf(options);
    const Lists lists(wanted);
    calls.Ok(api.SessionOptionsAppendExecutionProvider(
        settings, provider.appended, lists.keys.data(), lists.values.data(), lists.keys.size()));
  }
  if (calls.status()) return {};
  return Error{Errc::kUnsupported, std::string(provider.written) + " cannot be had (" +
                                       Plain(calls.status().error().message) + "); it needs " +
                                       std::string(provider.needs)};
}

}  // namespace euphone
