#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>

#include "base/result.h"

namespace euphone::mcp {

using Json = nlohmann::ordered_json;

/// What a tool gives.
struct ToolResult {
  std::string text;  ///< For whoever reads: a person or a language model.
  Json document;     ///< An object that is as Tool::output says.
};

/// Something that a client can have done.
struct Tool {
  std::string name;   ///< As clients call it: lower case, "_" between words.
  std::string title;  ///< As people see it.
  std::string description;
  Json input;          ///< JSON Schema of the arguments, of what CheckArguments() knows.
  Json output;         ///< JSON Schema of the document.
  bool keeps = false;  ///< Whether it may add to what is kept on the device.
  /// Whether it is there now; null: always.
  std::function<bool()> offered = nullptr;
  /// Gets arguments that the schema allows. An error is told to the client as the tool's.
  std::function<Result<ToolResult>(const Json& arguments)> call;
};

}  // namespace euphone::mcp
