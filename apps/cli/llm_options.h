#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "llm/llm_config.h"

namespace CLI {
class App;
}

namespace euphone::cli {

/// Which language model's server is asked; empty = as llm.json in the user's configuration says.
struct LlmOptions {
  std::string url, model;
  std::string key_file;
};

/// --llm, --llm-model and --llm-key-file, with their variables of the environment.
void AddLlmOptions(CLI::App& command, LlmOptions& options);

/// The options, else the variables, else llm.json. Absent where nobody names a server: then nothing
/// is ever connected. The key comes from the file that --llm-key-file names, else from
/// EUPHONE_LLM_KEY, else from the file that llm.json names; one of llm.json is not sent to a server
/// that another place names. Fails: kInvalidArgument, naming the file; as ReadFile; kIo for a key
/// that others can read.
Result<std::optional<llm::LlmSettings>> OpenLlmSettings(const LlmOptions& options);

}  // namespace euphone::cli
