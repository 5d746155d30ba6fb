#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "llm/chat_client.h"

namespace euphone::llm {

/// What a user's llm.json says (docs/formats/llm-config.md).
struct LlmSettings {
  LlmConfig config;
  std::string key_file = {};  ///< Where the key is; empty: nowhere.
  bool redact = true;         ///< Hide learners' names.
};

/// Fails: kInvalidArgument for what is no such document, a member that nobody knows, or one out of
/// its range. A key itself is refused: it belongs into a file of its own. Pure.
Result<LlmSettings> ParseLlmSettings(std::string_view json);

}  // namespace euphone::llm
