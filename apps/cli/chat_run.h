#pragma once

#include <optional>
#include <string>

#include "chat_voice.h"
#include "exit_code.h"
#include "installation.h"
#include "llm_options.h"
#include "store_access.h"

namespace euphone::cli {

/// What the user asks of `euphone chat`.
struct ChatOptions {
  LlmOptions llm;
  StoreOptions store;
  std::string learner;  ///< Empty: nothing is known of who talks.
  std::string system;   ///< File with the system's message; empty: kTutorPrompt.
  std::optional<double> temperature;
  std::optional<int> max_tokens;
  bool no_tools = false;
  bool json = false;
  bool voice = false;  ///< Listen and speak in place of reading and writing.
  ChatVoiceOptions speech;
};

ExitCode Chat(const ChatOptions& options, const InstallationOptions& installation);

}  // namespace euphone::cli
