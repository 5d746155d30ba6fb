#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "http/wait.h"

namespace euphone::http {

/// The addresses of a host, as numbers, in the order to try them. Fails: kNotFound for a name that
/// nobody knows; kIo where the wait is over before.
Result<std::vector<std::string>> Resolve(const std::string& host, const Wait& wait);

}  // namespace euphone::http
