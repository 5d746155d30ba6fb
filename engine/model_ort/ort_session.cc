#include "model_ort/ort_session.h"

#include <onnxruntime_session_options_config_keys.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <future>
#include <map>
#include <utility>

#include "base/file.h"
#include "model_ort/execution_provider.h"
#include "model_ort/ort_calls.h"
#include "model_ort/ort_runtime.h"

namespace euphone {
namespace {

/// How the C API lists the inputs of a session, or the outputs.
struct Listing {
  OrtStatus*(ORT_API_CALL* count)(const OrtSession*, std::size_t*);
  OrtStatus*(ORT_API_CALL* name)(const OrtSession*, std::size_t, OrtAllocator*, char**);
  OrtStatus*(ORT_API_CALL* type)(const OrtSession*, std::size_t, OrtTypeInfo**);
};

/// Element type of each tensor of a listing, by name.
using Tensors = std::map<std::string, ONNXTensorElementDataType>;

Result<Tensors> List(const OrtApi& api, const OrtSession* session, const Listing& listing) {
  Tensors tensors;
  Calls calls(api);
  std::size_t count = 0;
  OrtAllocator* allocator = nullptr;
  calls.Ok(listing.count(session, &count));
  calls.Ok(api.GetAllocatorWithDefaultOptions(&allocator));
  for (std::size_t i = 0; i < count && calls.status(); ++i) {
    char* name = nullptr;
    if (!calls.Ok(listing.name(session, i, allocator, &name))) break;
    ONNXTensorElementDataType& type = tensors[name];
    calls.Ok(api.AllocatorFree(allocator, name));
    OrtTypeInfo* info = nullptr;
    if (!calls.Ok(listing.type(session, i, &info))) break;
    const Owned<OrtTypeInfo> owned(info, api.ReleaseTypeInfo);
    const OrtTensorTypeAndShapeInfo* tensor = nullptr;
    calls.Ok(api.CastTypeInfoToTensorInfo(info, &tensor));
    if (tensor != nullptr) calls.Ok(api.GetTensorElementType(tensor, &type));
  }
  if (!calls.status()) return calls.status().error();
  return tensors;
}

ONNXTensorElementDataType OnnxType(ElementType type) {
  return type == ElementType::kFloat  ? ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT
         : type == ElementType::kBool ? ONNX_TENSOR_ELEMENT_DATA_TYPE_BOOL
                                      : ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64;
}

Status CheckInputs(const Tensors& inputs, const SessionSpec& spec) {
  Tensors wanted;
  std::string names;
  for (const InputSpec& input : spec.inputs) {
    wanted[input.name] = OnnxType(input.type);
    names += (names.empty() ? "" : ", ") + input.name;
  }
  if (inputs == wanted) return {};
  return Error{Errc::kCorrupt,
               (spec.inputs.size() == 1 ? "its input is not the one of the manifest, "
                                        : "its inputs are not those of the manifest, ") +
                   names};
}

Status CheckSignature(const OrtApi& api, const OrtSession* session, const SessionSpec& spec) {
  const auto inputs =
      List(api, session,
           {api.SessionGetInputCount, api.SessionGetInputName, api.SessionGetInputTypeInfo});
  if (!inputs) return inputs.error();
  if (auto fit = CheckInputs(*inputs, spec); !fit) return fit;
  const auto outputs =
      List(api, session,
           {api.SessionGetOutputCount, api.SessionGetOutputName, api.SessionGetOutputTypeInfo});
  if (!outputs) return outputs.error();
  for (const std::string& name : spec.outputs) {
    const auto found = outputs->find(name);
    if (found == outputs->end() || found->second != ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT) {
      return Error{Errc::kCorrupt, "lacks the float output " + name + " of the manifest"};
    }
  }
  return {};
}

/// What went wrong on a device may be the device's fault rather than the file's.
Error NotMade(const Error& error, ComputeDevice device) {
  if (device == ComputeDevice::kCpu) return {Errc::kCorrupt, error.message};
  return {Errc::kUnsupported,
          std::string(NameOf(device)) + " cannot run it (" + Plain(error.message) + ")"};
}

Result<OrtSession*> CreateSession(const OrtRuntime& runtime, std::span<const std::byte> model,
                                  const ModelOptions& options, const ProfileFolder& profile) {
  const OrtApi& api = runtime.api();
  Calls calls(api);
  OrtSessionOptions* settings = nullptr;
  if (!calls.Ok(api.CreateSessionOptions(&settings))) return calls.status().error();
  const Owned<OrtSessionOptions> owned(settings, api.ReleaseSessionOptions);
  calls.Ok(api.SetIntraOpNumThreads(settings, std::clamp(options.threads, 1, 64)));
  calls.Ok(api.SetInterOpNumThreads(settings, 1));
  // Clips differ in length, so blocks kept for the next run seldom fit it; without them runs are as
  // fast and a process that judges many clips stays small.
  calls.Ok(api.DisableCpuMemArena(settings));
  calls.Ok(api.DisableMemPattern(settings));
  calls.Ok(api.AddSessionConfigEntry(settings, kOrtSessionOptionsConfigAllowIntraOpSpinning, "0"));
  if (!options.optimise) calls.Ok(api.SetSessionGraphOptimizationLevel(settings, ORT_DISABLE_ALL));
  if (!profile.path().empty())
    calls.Ok(api.EnableProfiling(settings, (profile.path() / "profile").c_str()));
  if (auto status = AppendProvider(runtime, settings, options); !status) return status.error();
  OrtSession* session = nullptr;
  if (calls.status()) {
    calls.Ok(
        api.CreateSessionFromArray(runtime.env(), model.data(), model.size(), settings, &session));
  }
  if (!calls.status()) return NotMade(calls.status().error(), options.device);
  return session;
}

/// "[1, rows, 40]"
std::string Written(const Shape& wish) {
  std::string text;
  for (const std::int64_t extent : wish) {
    text += (text.empty() ? "[" : ", ") + (extent == kAny ? "rows" : std::to_string(extent));
  }
  return text + "]";
}

bool Fits(const Shape& shape, const Shape& wish) {
  return std::ranges::equal(shape, wish, [](std::int64_t got, std::int64_t wanted) {
    return wanted == kAny ? got >= 1 : got == wanted;
  });
}

/// Copies a float tensor.
Result<OutputTensor> CopyTensor(const OrtApi& api, OrtValue* value, const Shape& wish) {
  Calls calls(api);
  OrtTensorTypeAndShapeInfo* info = nullptr;
  if (!calls.Ok(api.GetTensorTypeAndShape(value, &info))) return calls.status().error();
  const Owned<OrtTensorTypeAndShapeInfo> owned(info, api.ReleaseTensorTypeAndShapeInfo);
  std::size_t rank = 0;
  calls.Ok(api.GetDimensionsCount(info, &rank));
  OutputTensor tensor{Shape(rank), {}};
  calls.Ok(api.GetDimensions(info, tensor.shape.data(), rank));
  void* data = nullptr;
  calls.Ok(api.GetTensorMutableData(value, &data));
  if (!calls.status()) return calls.status().error();
  if (!Fits(tensor.shape, wish)) {
    return Error{Errc::kInternal, "has not the shape " + Written(wish)};
  }
  std::size_t count = 1;
  for (const std::int64_t extent : tensor.shape) count *= static_cast<std::size_t>(extent);
  const auto* numbers = static_cast<const float*>(data);
  tensor.numbers.assign(numbers, numbers + count);
  if (!std::ranges::all_of(tensor.numbers, [](float x) { return std::isfinite(x); })) {
    return Error{Errc::kInternal, "holds numbers that are not finite"};
  }
  return tensor;
}

/// Values that refer to the numbers of `inputs`.
Result<std::vector<Owned<OrtValue>>> Wrap(const OrtApi& api, std::span<const InputTensor> inputs) {
  Calls calls(api);
  OrtMemoryInfo* memory = nullptr;
  if (!calls.Ok(api.CreateCpuMemoryInfo(OrtDeviceAllocator, OrtMemTypeDefault, &memory))) {
    return calls.status().error();
  }
  const Owned<OrtMemoryInfo> owned_memory(memory, api.ReleaseMemoryInfo);
  std::vector<Owned<OrtValue>> values;
  for (const InputTensor& input : inputs) {
    // The interface takes a pointer to mutable data, but an input is only read.
    static constexpr std::byte kNothing{};
    auto* data = const_cast<std::byte*>(input.bytes.empty() ? &kNothing : input.bytes.data());
    OrtValue* value = nullptr;
    if (!calls.Ok(api.CreateTensorWithDataAsOrtValue(memory, data, input.bytes.size(),
                                                     input.shape.data(), input.shape.size(),
                                                     OnnxType(input.type), &value))) {
      return calls.status().error();
    }
    values.emplace_back(value, api.ReleaseValue);
  }
  return values;
}

}  // namespace

void InferenceSession::Release::operator()(OrtSession* session) const {
  if (const auto runtime = OrtRuntime::Get(); runtime) (*runtime)->api().ReleaseSession(session);
}

Result<InferenceSession> InferenceSession::Open(const Bundle& bundle, SessionSpec spec,
                                                const ModelOptions& options) {
  const auto runtime = OrtRuntime::Get();
  if (!runtime) return runtime.error();
  const std::string path = bundle.manifest().Find(spec.file)->path;
  const std::string context = bundle.name() + ": " + path;
  ProfileFolder profile;
  if (spec.profiled) {
    auto made = ProfileFolder::Make();
    if (!made) return made.error();
    profile = *std::move(made);
  }
  // Hashing takes about as long as loading; together they take no longer than one of them.
  // Both read the file once, early, and then its pages only add to what is resident.
  auto intact = std::async([&] {
    auto status = bundle.Verify(path);
    bundle.Forget(path);
    return status;
  });
  const auto session = CreateSession(**runtime, bundle.bytes(path), options, profile);
  std::unique_ptr<OrtSession, Release> owned(session ? *session : nullptr);
  if (auto status = intact.get(); !status) return status.error();
  if (!session) return Prefixed(context, session.error());
  if (auto fits = CheckSignature((*runtime)->api(), owned.get(), spec); !fits) {
    return Prefixed(context, fits.error());
  }
  bundle.Forget(path);  // The session has copies of its own.
  return InferenceSession(std::move(owned), std::move(spec), context, std::move(profile));
}

Result<NodeMap> InferenceSession::TakeNodeMap() {
  constexpr std::size_t kMost = 64 << 20;
  const auto runtime = OrtRuntime::Get();
  if (!runtime) return runtime.error();
  const OrtApi& api = (*runtime)->api();
  Calls calls(api);
  OrtAllocator* allocator = nullptr;
  char* name = nullptr;
  calls.Ok(api.GetAllocatorWithDefaultOptions(&allocator));
  if (!calls.status() || !calls.Ok(api.SessionEndProfiling(session_.get(), allocator, &name)))
    return Prefixed(context_, calls.status().error());
  const auto text = ReadFile(name, kMost);
  calls.Ok(api.AllocatorFree(allocator, name));
  profile_ = ProfileFolder();
  if (!text) return text.error();
  auto map = ReadProfile(*text);
  if (!map) return Error{Errc::kInternal, context_ + ": " + map.error().message};
  return map;
}

Result<std::vector<OutputTensor>> InferenceSession::Run(std::span<const InputTensor> inputs,
                                                        std::span<const Shape> wishes) const {
  assert(inputs.size() == spec_.inputs.size() && wishes.size() <= spec_.outputs.size());
  const auto runtime = OrtRuntime::Get();
  if (!runtime) return runtime.error();
  const OrtApi& api = (*runtime)->api();
  const auto wrapped = Wrap(api, inputs);
  if (!wrapped) return Prefixed(context_, wrapped.error());
  std::vector<const OrtValue*> values;
  std::vector<const char*> input_names, output_names;
  for (const auto& value : *wrapped) values.push_back(value.get());
  for (const InputSpec& input : spec_.inputs) input_names.push_back(input.name.c_str());
  for (std::size_t i = 0; i < wishes.size(); ++i) output_names.push_back(spec_.outputs[i].c_str());
  std::vector<OrtValue*> outputs(output_names.size(), nullptr);
  Calls calls(api);
  calls.Ok(api.Run(session_.get(), nullptr, input_names.data(), values.data(), values.size(),
                   output_names.data(), output_names.size(), outputs.data()));
  std::vector<Owned<OrtValue>> owned_outputs;
  for (OrtValue* output : outputs) owned_outputs.emplace_back(output, api.ReleaseValue);
  if (!calls.status()) return Prefixed(context_, calls.status().error());

  std::vector<OutputTensor> tensors;
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    auto tensor = CopyTensor(api, outputs[i], wishes[i]);
    if (!tensor) return Prefixed(context_ + ": output " + spec_.outputs[i], tensor.error());
    tensors.push_back(std::move(*tensor));
  }
  return tensors;
}

}  // namespace euphone
