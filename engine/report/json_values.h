#pragma once

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "report/format.h"

namespace euphone {

/// Keeps the order in which keys are written: part of "same input, same bytes".
using Json = nlohmann::ordered_json;

/// A number rounded to `decimals`; null if it is not finite.
inline Json Number(double value, int decimals) {
  return std::isfinite(value) ? Json(Rounded(value, decimals)) : Json(nullptr);
}

/// As Number; null where nothing was measured.
inline Json OptionalNumber(const std::optional<double>& value, int decimals) {
  return value ? Number(*value, decimals) : Json(nullptr);
}

/// The document and a line feed. Bytes that are not UTF-8 (a file's name may have some) become
/// U+FFFD.
inline std::string Dump(const Json& json, bool pretty) {
  return json.dump(pretty ? 2 : -1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace euphone
