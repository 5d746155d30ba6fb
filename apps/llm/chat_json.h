#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "llm/chat.h"

/// Chat completions as JSON. Pure.
namespace euphone::llm {

/// The body of a request for a streamed reply. `ask_usage`: with its tokens counted. Fails:
/// kInvalidArgument where a schema is no JSON.
Result<std::string> RequestBody(const ChatRequest& request, const std::string& model,
                                bool ask_usage);

/// What an error's body says, on one line; of a body that is no JSON, its beginning.
std::string ErrorText(std::string_view body);

/// Makes a reply out of the pieces that came.
class ReplyBuilder {
 public:
  /// Of all text and arguments.
  explicit ReplyBuilder(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  /// A chunk of a stream; gives the text that it adds. Fails: kCorrupt for what is none; kIo with
  /// the server's words where it is an error; kTooLarge.
  Result<std::string> AddChunk(std::string_view json);

  /// A whole reply, which did not come in chunks; gives its text. Fails likewise.
  Result<std::string> AddWhole(std::string_view json);

  /// Something came of it, if only thoughts, which are left out.
  bool begun() const { return thinks_ || has_content(); }
  bool has_content() const { return !reply_.text.empty() || !calls_.empty(); }
  bool finished() const { return !reply_.finish_reason.empty(); }

  /// The reply as far as it came. `whole`: with the calls of tools.
  ChatReply Take(bool whole);

 private:
  Result<std::string> Add(std::string_view json, const char* member);

  std::size_t most_bytes_, bytes_ = 0;
  ChatReply reply_;
  bool thinks_ = false;
  std::map<std::int64_t, ToolCall> calls_;  ///< By their index.
};

}  // namespace euphone::llm
