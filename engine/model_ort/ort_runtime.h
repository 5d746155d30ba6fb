#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

struct OrtApi;
struct OrtEnv;

namespace euphone {

/// The ONNX Runtime library of this process: loaded on first use, kept to the end, silent except
/// for what it returns. Thread: all functions may be called from several threads.
class OrtRuntime {
 public:
  /// Loads the library and makes its environment. Fails: kNotFound if the library is not there;
  /// kUnsupported if it is older than the headers this program was built with. A failure is final.
  static Result<const OrtRuntime*> Get();

  const OrtApi& api() const { return *api_; }
  OrtEnv* env() const { return env_; }
  const std::string& version() const { return version_; }  ///< "1.22.1", of the loaded library.

  /// What the library exports under this name; null if nothing.
  void* Function(const char* name) const;

 private:
  friend Result<OrtRuntime> LoadRuntime(const std::string& library);
  OrtRuntime(void* library, const OrtApi* api, OrtEnv* env, std::string version)
      : library_(library), api_(api), env_(env), version_(std::move(version)) {}

  void* library_;
  const OrtApi* api_;
  OrtEnv* env_;
  std::string version_;
};

/// Has this process load another library than the one that the program came with: a path, or a name
/// that the loader finds. REQUIRES: called before any other function here, or of this folder.
void UseRuntimeLibrary(std::string library);
/// The one that is used, as it was named.
std::string RuntimeLibrary();

/// Version of the loaded library; for diagnostics. Fails as OrtRuntime::Get.
Result<std::string> RuntimeVersion();

/// Tells whether a library that calls itself `version` serves programs built for C API `api`: 1.N.x
/// serves every API up to N. Fails: kUnsupported, saying which version would do.
Status CheckRuntimeVersion(std::string_view version, unsigned api);

}  // namespace euphone
