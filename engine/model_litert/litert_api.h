#pragma once

#include <cstddef>
#include <cstdint>

namespace euphone::litert {

/// As much of LiteRT's C API as this module calls, as LiteRT 2.3 has it (Apache-2.0; its functions
/// are looked up by name when the library is opened). Internal to this module.
using Code = int;  ///< 0 is success.
inline constexpr Code kOk = 0;

struct Environment;
struct Model;
struct Signature;
struct Tensor;
struct Options;
struct OpaqueOptions;
struct CompiledModel;
struct TensorBuffer;

struct Any {
  enum Type : int { kInt = 2 };
  int type = kInt;
  std::int64_t number = 0;
};

struct EnvironmentOption {
  /// Which accelerators are looked for at all, and from which severity on the library prints.
  enum Tag : int { kAccelerators = 24, kLeastSeverity = 25 };
  int tag = 0;
  Any value;
};
inline constexpr int kCpu = 1;     ///< Of the accelerators.
inline constexpr int kSilent = 4;  ///< Above every severity.
inline constexpr int kKeepErrors =
    2;  ///< Of what a compiled model does with its errors: no printing.

inline constexpr int kMaxRank = 8;

struct Layout {
  std::uint32_t rank_and_strides = 0;  ///< Lower seven bits: rank; the next one: there are strides.
  std::int32_t extents[kMaxRank] = {};
  std::uint32_t strides[kMaxRank] = {};

  std::size_t rank() const { return rank_and_strides & 0x7FU; }
};

struct TensorType {
  enum Element : int { kFloat32 = 1 };
  int element = kFloat32;
  Layout layout;
};
static_assert(sizeof(TensorType) == 72 && sizeof(EnvironmentOption) == 24);

enum LockMode : int { kRead = 0, kWrite = 1 };
inline constexpr int kHostMemory = 1;  ///< Of the kinds of tensor buffers.

/// X(member, name in the library after "LiteRt", return type, parameters)
#define EUPHONE_LITERT_FUNCTIONS(X)                                                               \
  X(create_environment, CreateEnvironment, Code, (int, const EnvironmentOption*, Environment**))  \
  X(create_model, CreateModelFromBuffer, Code, (Environment*, const void*, std::size_t, Model**)) \
  X(destroy_model, DestroyModel, void, (Model*))                                                  \
  X(signature_count, GetNumModelSignatures, Code, (Model*, std::size_t*))                         \
  X(signature, GetModelSignature, Code, (Model*, std::size_t, Signature**))                       \
  X(input_count, GetNumSignatureInputs, Code, (Signature*, std::size_t*))                         \
  X(input_name, GetSignatureInputName, Code, (Signature*, std::size_t, const char**))             \
  X(input_tensor, GetSignatureInputTensorByIndex, Code, (Signature*, std::size_t, Tensor**))      \
  X(output_count, GetNumSignatureOutputs, Code, (Signature*, std::size_t*))                       \
  X(output_name, GetSignatureOutputName, Code, (Signature*, std::size_t, const char**))           \
  X(output_tensor, GetSignatureOutputTensorByIndex, Code, (Signature*, std::size_t, Tensor**))    \
  X(tensor_type, GetRankedTensorType, Code, (Tensor*, TensorType*))                               \
  X(create_options, CreateOptions, Code, (Options**))                                             \
  X(destroy_options, DestroyOptions, void, (Options*))                                            \
  X(set_accelerators, SetOptionsHardwareAccelerators, Code, (Options*, int))                      \
  X(create_opaque, CreateOpaqueOptions, Code,                                                     \
    (const char*, void*, void (*)(void*), OpaqueOptions**))                                       \
  X(add_opaque, AddOpaqueOptions, Code, (Options*, OpaqueOptions*))                               \
  X(compile, CreateCompiledModel, Code, (Environment*, Model*, Options*, CompiledModel**))        \
  X(destroy_compiled, DestroyCompiledModel, void, (CompiledModel*))                               \
  X(resize_input, CompiledModelResizeInputTensor, Code,                                           \
    (CompiledModel*, std::size_t, std::size_t, const int*, std::size_t))                          \
  X(output_layouts, GetCompiledModelOutputTensorLayouts, Code,                                    \
    (CompiledModel*, std::size_t, std::size_t, Layout*, bool))                                    \
  X(run, RunCompiledModel, Code,                                                                  \
    (CompiledModel*, std::size_t, std::size_t, TensorBuffer**, std::size_t, TensorBuffer**))      \
  X(create_buffer, CreateManagedTensorBuffer, Code,                                               \
    (Environment*, int, const TensorType*, std::size_t, TensorBuffer**))                          \
  X(destroy_buffer, DestroyTensorBuffer, void, (TensorBuffer*))                                   \
  X(lock, LockTensorBuffer, Code, (TensorBuffer*, void**, int))                                   \
  X(unlock, UnlockTensorBuffer, Code, (TensorBuffer*))

struct Api {
#define EUPHONE_LITERT_MEMBER(member, name, result, parameters) result(*member) parameters;
  EUPHONE_LITERT_FUNCTIONS(EUPHONE_LITERT_MEMBER)
#undef EUPHONE_LITERT_MEMBER
};

}  // namespace euphone::litert
