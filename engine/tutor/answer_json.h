#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lexicon/phone_set.h"
#include "tutor/answer.h"

namespace euphone {

/// All that is told of a question.
struct TutorReply {
  std::string question;
  SearchResult found;
  std::vector<std::string> record;  ///< Of own_record.h.
  std::optional<Answer> answer;     ///< Absent: the passages are told as they were found.
};

/// On one line, docs/formats/ask.md. Bytes that are no UTF-8 become U+FFFD.
std::string AnswerJson(const TutorReply& reply, const PhoneSet& phones);

}  // namespace euphone
