#include "model_litert/litert_runtime.h"

#include <dlfcn.h>

#include <array>
#include <string>

namespace euphone {
namespace {

using litert::EnvironmentOption;

template <class Function>
bool LookUp(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(::dlsym(library, name));
  return function != nullptr;
}

}  // namespace

Result<LiteRtRuntime> LiteRtRuntime::Load(const char* soname) {
  void* library = ::dlopen(soname, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    const char* reason = ::dlerror();
    return Error{Errc::kNotFound, std::string("LiteRT cannot be loaded: ") + reason +
                                      "; install the program with it (EUPHONE_WITH_LITERT), or put "
                                      "the library's folder into LD_LIBRARY_PATH"};
  }
  LiteRtRuntime runtime;
  const char* missing = nullptr;
#define EUPHONE_LITERT_LOOK_UP(member, name, result, parameters) \
  if (!LookUp(library, "LiteRt" #name, runtime.api_.member)) missing = "LiteRt" #name;
  EUPHONE_LITERT_FUNCTIONS(EUPHONE_LITERT_LOOK_UP)
#undef EUPHONE_LITERT_LOOK_UP
  if (missing != nullptr) {
    return Error{Errc::kUnsupported, std::string(soname) + " lacks " + missing +
                                         " and so is no LiteRT 2.3; install such a version"};
  }
  const std::array options = {
      EnvironmentOption{EnvironmentOption::kAccelerators, {litert::Any::kInt, litert::kCpu}},
      EnvironmentOption{EnvironmentOption::kLeastSeverity, {litert::Any::kInt, litert::kSilent}}};
  const litert::Code code = runtime.api_.create_environment(static_cast<int>(options.size()),
                                                            options.data(), &runtime.environment_);
  if (code != litert::kOk || runtime.environment_ == nullptr) {
    return Error{Errc::kUnsupported, std::string(soname) + " makes no environment (code " +
                                         std::to_string(code) + "); LiteRT 2.3 does"};
  }
  return runtime;
}

Result<const LiteRtRuntime*> LiteRtRuntime::Get() {
  static const Result<LiteRtRuntime> runtime = Load(EUPHONE_LITERT_SONAME);
  if (!runtime) return runtime.error();
  return &*runtime;
}

}  // namespace euphone
