#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mcp/tool.h"

namespace euphone::mcp {

/// The longest message that is read; a recording comes as a path, never in a message.
inline constexpr std::size_t kMostMessageBytes = std::size_t{8} << 20;

/// Who answers.
struct Identity {
  std::string name, title, version;
  std::string instructions;  ///< To a language model: what the tools are for.
};

/// A server of the Model Context Protocol (https://modelcontextprotocol.io, versions 2024-11-05,
/// 2025-03-26 and 2025-06-18) that offers tools: a message in, replies out. Knows no stream.
/// Thread: one at a time.
class Server {
 public:
  Server(Identity identity, std::vector<Tool> tools)
      : identity_(std::move(identity)), tools_(std::move(tools)) {}

  /// What is to be sent for one message that came, each without line breaks; nothing for
  /// notifications and replies. Never fails: what cannot be understood is answered as JSON-RPC 2.0
  /// says.
  std::vector<std::string> Take(std::string_view message);

  /// What is to be sent for a message over the limit, which nobody has read.
  std::string RefuseLong() const;

 private:
  struct Version;
  struct Fault {
    int code;
    std::string message;
  };
  struct Reply {
    Json result;
    std::optional<Fault> fault;  ///< In place of the result.
  };

  /// The version of this name, else the newest.
  static const Version* Called(const std::string& name);

  std::optional<Json> Answer(const Json& message, bool in_batch);
  Json AnswerBatch(const Json& batch);
  Reply Handle(const std::string& method, const Json& params, bool in_batch);
  Reply Initialize(const Json& params);
  Reply List(const Json& params);
  Reply Call(const Json& params);
  Json Described(const Tool& tool) const;
  std::vector<std::string> Offered() const;

  Identity identity_;
  std::vector<Tool> tools_;
  const Version* version_ = nullptr;                ///< Null: nothing was agreed on so far.
  std::optional<std::vector<std::string>> listed_;  ///< The tools that the client was told of.
};

}  // namespace euphone::mcp
