#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "lexicon/lexicon.h"
#include "llm/chat_client.h"
#include "tutor/answer_json.h"

/// Has a language model write an answer out of what the tutor found, and looks through what it
/// wrote before anybody reads it.
namespace euphone::llm {

/// What the model is told to be.
extern const std::string_view kComposePrompt;

struct ComposeOptions {
  std::string system{kComposePrompt};
  std::size_t passages = 4;                                     ///< Best hits that it is given.
  std::vector<std::pair<std::string, std::string>> shots = {};  ///< Questions and good answers.
  std::optional<double> temperature = 0.2;
  std::optional<int> max_tokens = 400;
  std::optional<std::int64_t> seed = std::nullopt;
};

/// What a model wrote.
struct Writing {
  std::string text;                   ///< Without marks and Markdown; as a terminal may have it.
  std::vector<std::string> passages;  ///< Ids that it says it is out of; each was given.
  std::string objection;              ///< Why nobody may read it; empty: all may.
};

/// The request for an answer to `reply`: passages, record and question, marked as data. The reply
/// is to be JSON by a schema where `with_schema`. Pure.
ChatRequest ComposeRequest(const TutorReply& reply, const ComposeOptions& options,
                           bool with_schema);

/// Reads a model's reply: the JSON that it was asked for, else a text with marks such as [P1]. An
/// objection to what breaks off, cites nothing or what was not given, or that ObjectionTo() objects
/// to. `learner`: her name, where it may stand in the reply. Pure.
Writing ReadWriting(const ChatReply& written, const TutorReply& reply,
                    const ComposeOptions& options, const Lexicon& lexicon,
                    std::string_view learner);

/// What came of it.
struct Composition {
  Writing writing;
  ChatReply reply;
};

/// Asks the model; once more without a schema where the server refuses that. Fails: as
/// ChatClient::Complete; kInvalidArgument where no passage was found.
Result<Composition> Compose(ChatClient& client, const TutorReply& reply, const Lexicon& lexicon,
                            const ComposeOptions& options, std::string_view learner,
                            std::stop_token stop);

/// The same into `reply`: its answer as composed, or why there is none. Nothing is asked where the
/// passages answer nothing.
void ComposeInto(TutorReply& reply, ChatClient& client, const Lexicon& lexicon,
                 const ComposeOptions& options, std::string_view learner, std::stop_token stop);

}  // namespace euphone::llm
