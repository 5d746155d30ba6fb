// An ONNX Runtime that says it was built with OpenVINO, and takes sessions for it, but has the
// processor run them as the real one does that it stands before (EUPHONE_REAL_ONNXRUNTIME). What a
// program makes of a device that takes nothing can so be tried without one.
#include <dlfcn.h>
#include <onnxruntime_c_api.h>

#include <cstdlib>
#include <cstring>

namespace {

const OrtApi* real = nullptr;
OrtApi pretended;

OrtStatus* ORT_API_CALL Providers(char*** names, int* count) noexcept {
  auto** list = static_cast<char**>(std::malloc(2 * sizeof(char*)));
  list[0] = ::strdup("OpenVINOExecutionProvider");
  list[1] = ::strdup("CPUExecutionProvider");
  *names = list;
  *count = 2;
  return nullptr;
}

OrtStatus* ORT_API_CALL Release(char** names, int count) noexcept {
  for (int i = 0; i < count; ++i) std::free(names[i]);
  std::free(names);
  return nullptr;
}

OrtStatus* ORT_API_CALL Append(OrtSessionOptions* options, const char* name,
                               const char* const* keys, const char* const* values,
                               size_t count) noexcept {
  return std::strcmp(name, "OpenVINO") == 0
             ? nullptr
             : real->SessionOptionsAppendExecutionProvider(options, name, keys, values, count);
}

const OrtApiBase* Base() {
  static void* library = nullptr;
  if (library == nullptr)
    library = dlopen(std::getenv("EUPHONE_REAL_ONNXRUNTIME"), RTLD_NOW | RTLD_LOCAL);
  return reinterpret_cast<const OrtApiBase* (*)()>(dlsym(library, "OrtGetApiBase"))();
}

const OrtApi* ORT_API_CALL Api(uint32_t version) noexcept {
  real = Base()->GetApi(version);
  if (real == nullptr) return nullptr;
  std::memcpy(&pretended, real, sizeof pretended);
  pretended.GetAvailableProviders = Providers;
  pretended.ReleaseAvailableProviders = Release;
  pretended.SessionOptionsAppendExecutionProvider = Append;
  return &pretended;
}

const char* ORT_API_CALL Version() noexcept { return Base()->GetVersionString(); }

}  // namespace

extern "C" const OrtApiBase* ORT_API_CALL OrtGetApiBase() noexcept {
  static const OrtApiBase base = {Api, Version};
  return &base;
}
