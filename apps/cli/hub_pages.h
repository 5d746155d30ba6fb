#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace euphone::cli {

/// A hub's replies for people (docs/formats/hub.md), by their schema.
std::string HubPage(const nlohmann::json& reply);

}  // namespace euphone::cli
