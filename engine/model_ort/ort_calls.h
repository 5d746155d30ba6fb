#pragma once

#include <onnxruntime_c_api.h>

#include <algorithm>
#include <memory>
#include <string>

#include "base/result.h"

namespace euphone {

/// An object of the C API, released by one of its functions. Internal to this module, as it shows
/// the API.
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

}  // namespace euphone
