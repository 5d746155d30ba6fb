#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "installation.h"
#include "llm/chat.h"
#include "store_access.h"

namespace euphone::cli {

/// What the tutor can look up while it talks: passages, words, drills, the learner's own record.
/// All of it is computed here; none of it changes anything.
class ChatTools {
 public:
  /// `learner` empty: nobody is known, and own_record is not offered. The store is opened at once,
  /// all else when it is wanted first. Fails: as OpenStore and FindLearner.
  static Result<ChatTools> Open(const InstallationOptions& installation, const StoreOptions& store,
                                const std::string& learner);
  ~ChatTools();
  ChatTools(ChatTools&&) noexcept;
  ChatTools& operator=(ChatTools&&) noexcept;

  /// The names of all learners in the store; none without a learner.
  std::vector<std::string> names() const;

  const std::vector<llm::ToolOffer>& offers() const;

  /// What the call gives, as llm::AsData(); what is wrong with it, where it makes no sense.
  std::string Run(const llm::ToolCall& call);

 private:
  struct Impl;
  explicit ChatTools(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace euphone::cli
