#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lexicon/phone_set.h"
#include "tutor/answer.h"

namespace euphone {

/// What a language model wrote out of passages, looked through before it is told.
struct ComposedAnswer {
  std::string text;
  std::vector<std::string> passages;  ///< Ids: its citations.
  std::string model;
};

/// All that is told of a question.
struct TutorReply {
  std::string question;
  SearchResult found;
  std::vector<std::string> record;  ///< Of own_record.h.
  std::optional<Answer> answer;     ///< Absent: the passages are told as they were found.
  std::optional<ComposedAnswer> composed = std::nullopt;  ///< Beside `answer`.
  std::string rejected = {};  ///< Why there is none, though a model was asked; else empty.
};

/// On one line, docs/formats/ask.md. Bytes that are no UTF-8 become U+FFFD.
std::string AnswerJson(const TutorReply& reply, const PhoneSet& phones);

}  // namespace euphone
