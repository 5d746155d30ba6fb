#pragma once

#include <string>

#include "mcp/tool.h"

namespace euphone::mcp {

/// What is wrong with arguments by a JSON Schema, naming the argument ("count must be a whole
/// number from 1 to 100"); empty if nothing is. Knows what tools need: an object with `properties`
/// and `required`, which takes no others; of these `type` string (with `minLength`, `maxLength` in
/// characters) and integer (with `minimum`, `maximum`). Pure.
/// REQUIRES: `arguments` is an object.
std::string CheckArguments(const Json& schema, const Json& arguments);

}  // namespace euphone::mcp
