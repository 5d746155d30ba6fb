#pragma once

#include <string>
#include <string_view>

namespace euphone::llm {

/// What was looked up (JSON, by a tool or a search), as a model gets it: marked as data, between
/// marks that it cannot forge.
std::string AsData(std::string_view from, std::string_view json);

}  // namespace euphone::llm
