#pragma once

#include <cstddef>
#include <string>

#include "base/result.h"
#include "tutor/answer_json.h"
#include "tutor/search.h"

namespace euphone {

/// Bytes of one question.
inline constexpr std::size_t kMostQuestion = 4000;

/// What is told of a question: an answer, or so many passages where `passages` is not 0. Its record
/// is another's to add (own_record.h). Fails: kTooLarge for a question of more than kMostQuestion
/// bytes; as Search::Find.
Result<TutorReply> AskTutor(const Search& search, const std::string& question,
                            std::size_t passages = 0);

}  // namespace euphone
