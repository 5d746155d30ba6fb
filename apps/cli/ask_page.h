#pragma once

#include <string>

#include "tutor/answer_json.h"

namespace euphone::cli {

/// What a terminal shows of a question's answer: the record, then what a model composed, else what
/// the passages say.
std::string AskPage(const TutorReply& told);

}  // namespace euphone::cli
