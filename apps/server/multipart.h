#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace euphone::server {

/// One field of a form: multipart/form-data (RFC 7578).
struct FormField {
  std::string name;
  std::string_view content;  ///< Into the body that was parsed.
};

/// "multipart/form-data; boundary=…": the boundary; empty where it is no such type.
std::string BoundaryOf(std::string_view content_type);

/// Fields of a form, at most 16. The views are into `body`. Fails: kCorrupt.
Result<std::vector<FormField>> ParseForm(std::string_view body, std::string_view boundary);

/// Null: none of that name.
const FormField* FindField(const std::vector<FormField>& form, std::string_view name);

}  // namespace euphone::server
