#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/store.h"

namespace euphone {

/// What language models answered when they were tried (docs/howto/compare-language-models.md).
/// Functions fail as Database does. Thread: as Store.

struct LlmRunId {
  std::int64_t value = 0;
  friend bool operator==(LlmRunId, LlmRunId) = default;
};

/// One model with one prompt and one way to retrieve.
struct LlmRun {
  LlmRunId id = {};
  std::string uuid = {};  ///< Empty: a new one.
  std::string name;       ///< Unique in the store.
  std::int64_t made_ms = 0;
  std::string model;
  /// What curves are drawn over and tables told: "passages", "shots", "step", … and their values.
  std::map<std::string, std::string> settings = {};
};

/// What came of one question, once.
struct LlmAnswer {
  std::string question;  ///< Its id.
  std::int64_t repeat = 0;
  bool answerable = true;  ///< Some passage answers it.
  std::string text = {};
  std::string objection = {};  ///< Of the look through; empty: none.
  std::string error = {};      ///< Of the server; empty: it answered.
  double cites = 0.0, grounded = 0.0, covers = 0.0, fair = 0.0, refuses = 0.0,
         right = 0.0;  ///< 0 to 1, of tutor/rubric.h.
  double first_token_ms = 0.0, total_ms = 0.0;
  std::optional<std::int64_t> prompt_tokens = std::nullopt,
                              completion_tokens = std::nullopt;  ///< Absent: not told.
};

/// Fails: kInvalidArgument where one of that name is there.
Result<LlmRun> AddLlmRun(Store& store, LlmRun run);

/// Oldest first.
Result<std::vector<LlmRun>> AllLlmRuns(Store& store);

/// By name. Fails: kNotFound.
Result<LlmRun> GetLlmRun(Store& store, std::string_view name);

/// In place of what that question has for that repeat.
Status KeepLlmAnswer(Store& store, LlmRunId run, const LlmAnswer& answer);

/// By question, then repeat.
Result<std::vector<LlmAnswer>> LlmAnswers(Store& store, LlmRunId run);

/// With its answers.
Status ForgetLlmRun(Store& store, LlmRunId run);

}  // namespace euphone
