#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace euphone {

/// A question with known passages (docs/eval/README.md).
struct KnownQuestion {
  std::string id, set, question;
  std::vector<std::string> passages;  ///< None: nothing that is known answers it.
};

/// Reads one JSON object a line. Fails: kCorrupt, naming the line: no object, no id or question, an
/// id twice; kInvalidArgument where there is none at all. Pure.
Result<std::vector<KnownQuestion>> ParseQuestionSet(std::string_view jsonl);

}  // namespace euphone
