#include "model_ort/ort_session.h"

#include <onnxruntime_c_api.h>
#include <onnxruntime_session_options_config_keys.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <future>
#include <map>
#include <utility>

#include "model_ort/ort_runtime.h"

namespace euphone {
namespace {

/// An object of the C API, released by one of its functions.
template <class T>
using Owned = std::unique_ptr<T, void (*)(T*)>;

/// Keeps the first failure of a row of calls.
class Calls {
 public:
  explicit Calls(const OrtApi& api) : api_(api) {}

  /// Takes over `status`; tells whether it meant success.
  bool Ok(OrtStatus* status) {
    if (status == nullptr) return true;
    const Owned<OrtStatus> owned(status, api_.ReleaseStatus);
    std::string message = api_.GetErrorMessage(status);
    std::ranges::replace(message, '\n', ' ');
    if (first_) first_ = Error{Errc::kInternal, "ONNX Runtime: " + message};
    return false;
  }
  const Status& status() const { return first_; }

 private:
  const OrtApi& api_;
  Status first_;
};

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
  return type == ElementType::kFloat ? ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT
                                     : ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64;
}

Status CheckSignature(const OrtApi& api, const OrtSession* session, const SessionSpec& spec) {
  const auto inputs =
      List(api, session,
           {api.SessionGetInputCount, api.SessionGetInputName, api.SessionGetInputTypeInfo});
  if (!inputs) return inputs.error();
  if (*inputs != Tensors{{spec.input, OnnxType(spec.input_type)}}) {
    return Error{Errc::kCorrupt, "its input is not the one of the manifest, " + spec.input};
  }
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

Result<OrtSession*> CreateSession(const OrtRuntime& runtime, std::span<const std::byte> model,
                                  const ModelOptions& options) {
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
  OrtSession* session = nullptr;
  if (calls.status()) {
    calls.Ok(
        api.CreateSessionFromArray(runtime.env(), model.data(), model.size(), settings, &session));
  }
  if (!calls.status()) return Error{Errc::kCorrupt, calls.status().error().message};
  return session;
}

/// Copies a float tensor [1, rows, columns].
Result<Matrix> CopyTable(const OrtApi& api, OrtValue* value, std::size_t columns) {
  Calls calls(api);
  OrtTensorTypeAndShapeInfo* info = nullptr;
  if (!calls.Ok(api.GetTensorTypeAndShape(value, &info))) return calls.status().error();
  const Owned<OrtTensorTypeAndShapeInfo> owned(info, api.ReleaseTensorTypeAndShapeInfo);
  std::size_t rank = 0;
  std::array<std::int64_t, 3> shape = {};
  calls.Ok(api.GetDimensionsCount(info, &rank));
  if (rank == shape.size()) calls.Ok(api.GetDimensions(info, shape.data(), shape.size()));
  void* data = nullptr;
  calls.Ok(api.GetTensorMutableData(value, &data));
  if (!calls.status()) return calls.status().error();
  if (shape[0] != 1 || shape[1] < 1 || shape[2] != static_cast<std::int64_t>(columns)) {
    return Error{Errc::kInternal, "has not the shape [1, rows, " + std::to_string(columns) + "]"};
  }
  Matrix table{static_cast<std::size_t>(shape[1]), columns, {}};
  const auto* numbers = static_cast<const float*>(data);
  table.values.assign(numbers, numbers + table.rows * columns);
  if (!std::ranges::all_of(table.values, [](float x) { return std::isfinite(x); })) {
    return Error{Errc::kInternal, "holds numbers that are not finite"};
  }
  return table;
}

}  // namespace

void InferenceSession::Release::operator()(OrtSession* session) const {
  if (const auto runtime = OrtRuntime::Get(); runtime) (*runtime)->api().ReleaseSession(session);
}

Result<InferenceSession> InferenceSession::Open(const Bundle& bundle, SessionSpec spec,
                                                const ModelOptions& options) {
  const auto runtime = OrtRuntime::Get();
  if (!runtime) return runtime.error();
  const std::string path = bundle.manifest().Find(FileRole::kModel)->path;
  const std::string context = bundle.name() + ": " + path;
  // Hashing takes about as long as loading; together they take no longer than one of them.
  auto intact = std::async([&] { return bundle.Verify(path); });
  const auto session = CreateSession(**runtime, bundle.bytes(path), options);
  std::unique_ptr<OrtSession, Release> owned(session ? *session : nullptr);
  if (auto status = intact.get(); !status) return status.error();
  if (!session) return Prefixed(context, session.error());
  if (auto fits = CheckSignature((*runtime)->api(), owned.get(), spec); !fits) {
    return Prefixed(context, fits.error());
  }
  return InferenceSession(std::move(owned), std::move(spec), context);
}

Result<std::vector<Matrix>> InferenceSession::Run(std::span<const float> input) const {
  assert(spec_.input_type == ElementType::kFloat);
  return RunBytes(std::as_bytes(input), input.size());
}

Result<std::vector<Matrix>> InferenceSession::Run(std::span<const std::int64_t> input) const {
  assert(spec_.input_type == ElementType::kInt64);
  return RunBytes(std::as_bytes(input), input.size());
}

Result<std::vector<Matrix>> InferenceSession::RunBytes(std::span<const std::byte> input,
                                                       std::size_t elements) const {
  const auto runtime = OrtRuntime::Get();
  if (!runtime) return runtime.error();
  const OrtApi& api = (*runtime)->api();
  Calls calls(api);
  OrtMemoryInfo* memory = nullptr;
  if (!calls.Ok(api.CreateCpuMemoryInfo(OrtDeviceAllocator, OrtMemTypeDefault, &memory))) {
    return calls.status().error();
  }
  const Owned<OrtMemoryInfo> owned_memory(memory, api.ReleaseMemoryInfo);
  const std::array<std::int64_t, 2> shape = {1, static_cast<std::int64_t>(elements)};
  // The interface takes a pointer to mutable data, but an input is only read.
  auto* data = const_cast<std::byte*>(input.data());
  OrtValue* value = nullptr;
  if (!calls.Ok(api.CreateTensorWithDataAsOrtValue(memory, data, input.size(), shape.data(),
                                                   shape.size(), OnnxType(spec_.input_type),
                                                   &value))) {
    return calls.status().error();
  }
  const Owned<OrtValue> owned_value(value, api.ReleaseValue);

  const std::array<const char*, 1> input_names = {spec_.input.c_str()};
  std::vector<const char*> output_names;
  for (const std::string& name : spec_.outputs) output_names.push_back(name.c_str());
  std::vector<OrtValue*> outputs(output_names.size(), nullptr);
  calls.Ok(api.Run(session_.get(), nullptr, input_names.data(), &value, 1, output_names.data(),
                   output_names.size(), outputs.data()));
  std::vector<Owned<OrtValue>> owned_outputs;
  for (OrtValue* output : outputs) owned_outputs.emplace_back(output, api.ReleaseValue);
  if (!calls.status()) return Prefixed(context_, calls.status().error());

  std::vector<Matrix> tables;
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    auto table = CopyTable(api, outputs[i], spec_.columns);
    if (!table) return Prefixed(context_ + ": output " + spec_.outputs[i], table.error());
    tables.push_back(std::move(*table));
    if (tables[i].rows != tables[0].rows) {
      return Error{Errc::kInternal, context_ + ": its outputs differ in length"};
    }
  }
  return tables;
}

}  // namespace euphone
