#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "chat_tools.h"
#include "conversation.h"
#include "llm/chat_client.h"

namespace euphone::cli {

/// How often tools are run for one message.
inline constexpr int kMostToolRounds = 4;

/// What became of a message.
struct ChatTurn {
  llm::ChatReply reply;            ///< Its text and tokens are those of all rounds.
  std::vector<std::string> tools;  ///< That were run, in their order.
};

/// A talk with the tutor. Thread: one at a time.
struct ChatSession {
  llm::ChatClient client;
  ChatTools tools;
  Conversation talk = {};
  bool use_tools = true;

  /// Says something and waits for the reply; runs the tools that the model asks for. What came of a
  /// reply that is not whole stays in the talk; a message without any reply does not. Fails: as
  /// ChatClient::Complete.
  Result<ChatTurn> Ask(const std::string& text, const llm::OnText& on_text, std::stop_token stop);

 private:
  Result<ChatTurn> Rounds(const llm::OnText& on_text, const std::stop_token& stop);
};

/// A line that begins with "/", or with "!!" as FastChat's CLI has it.
bool IsCommand(std::string_view line);

/// What a command leaves to be done.
struct Obeyed {
  std::string told = {};   ///< For the user.
  std::string again = {};  ///< To be asked again; empty: nothing.
  bool end = false;
};

/// Does what a command says. Fails: kInvalidArgument for one that is none; as reading and writing
/// files.
Result<Obeyed> Obey(const std::string& line, ChatSession& session);

}  // namespace euphone::cli
