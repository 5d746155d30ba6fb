#include "model_ort/ort_runtime.h"

#include <dlfcn.h>
#include <onnxruntime_c_api.h>

#include <charconv>
#include <utility>

namespace euphone {
namespace {

Error Unsupported(std::string_view version, unsigned api) {
  return {Errc::kUnsupported, "ONNX Runtime " + std::string(version) +
                                  " does not fit this program, which needs 1." +
                                  std::to_string(api) + " or later; install such a version"};
}

std::string& Library() {
  static std::string library = EUPHONE_ONNXRUNTIME_SONAME;
  return library;
}

}  // namespace

Status CheckRuntimeVersion(std::string_view version, unsigned api) {
  unsigned minor = 0;
  if (!version.starts_with("1.")) return Unsupported(version, api);
  const auto parsed = std::from_chars(version.data() + 2, version.data() + version.size(), minor);
  if (parsed.ec != std::errc() || minor < api) return Unsupported(version, api);
  return {};
}

Result<OrtRuntime> LoadRuntime(const std::string& name) {
  void* library = ::dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    const std::string reason = ::dlerror();
    const bool ours = name == EUPHONE_ONNXRUNTIME_SONAME;
    return Error{Errc::kNotFound,
                 "ONNX Runtime cannot be loaded: " + reason +
                     (ours ? "; install the program again, or put the library's folder into "
                             "LD_LIBRARY_PATH"
                           : "; name the file libonnxruntime.so of a release, or no library")};
  }
  using GetApiBase = const OrtApiBase*(ORT_API_CALL*)();
  const auto get_api_base = reinterpret_cast<GetApiBase>(::dlsym(library, "OrtGetApiBase"));
  if (get_api_base == nullptr) {
    return Error{Errc::kUnsupported, name + " is not ONNX Runtime"};
  }
  // Asked first, because the library prints to stderr when it is asked for an API it lacks.
  const std::string version = get_api_base()->GetVersionString();
  if (auto fits = CheckRuntimeVersion(version, ORT_API_VERSION); !fits) return fits.error();
  const OrtApi* api = get_api_base()->GetApi(ORT_API_VERSION);
  if (api == nullptr) return Unsupported(version, ORT_API_VERSION);
  OrtEnv* env = nullptr;
  if (OrtStatus* status = api->CreateEnv(ORT_LOGGING_LEVEL_FATAL, "euphone", &env)) {
    Error error{Errc::kInternal, std::string("ONNX Runtime: ") + api->GetErrorMessage(status)};
    api->ReleaseStatus(status);
    return error;
  }
  return OrtRuntime(library, api, env, version);
}

void* OrtRuntime::Function(const char* name) const { return ::dlsym(library_, name); }

void UseRuntimeLibrary(std::string library) { Library() = std::move(library); }

std::string RuntimeLibrary() { return Library(); }

Result<const OrtRuntime*> OrtRuntime::Get() {
  static const Result<OrtRuntime> runtime = LoadRuntime(Library());
  if (!runtime) return runtime.error();
  return &*runtime;
}

Result<std::string> RuntimeVersion() {
  const auto runtime = OrtRuntime::Get();
  if (!runtime) return runtime.error();
  return (*runtime)->version();
}

}  // namespace euphone
