#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "llm/chat.h"

namespace euphone::cli {

/// What the tutor is told to be.
extern const std::string_view kTutorPrompt;

/// What was said so far, and how the next reply is asked for. Pure.
class Conversation {
 public:
  std::string system{kTutorPrompt};
  std::optional<double> temperature = std::nullopt;
  std::optional<int> max_tokens = std::nullopt;

  /// The user says something.
  void Say(std::string text);
  /// The model has answered.
  void Answer(std::string text);
  /// Takes the last message of the user back, and the answer to it. Empty: there is none.
  std::string TakeBack();
  void Reset() { turns_.clear(); }

  const std::vector<llm::ChatMessage>& turns() const { return turns_; }  ///< Users' and models'.

  /// Without tools.
  llm::ChatRequest Request() const;

  /// As a file that Load() reads: JSON with the system's message and the turns.
  std::string ToJson() const;
  /// Takes the system's message and the turns of ToJson(), or of what FastChat's CLI saves; nothing
  /// else of it. Fails: kCorrupt, and leaves this as it is.
  Status Load(std::string_view json);

 private:
  std::vector<llm::ChatMessage> turns_;
};

}  // namespace euphone::cli
