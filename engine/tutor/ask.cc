#include "tutor/ask.h"

#include <utility>

namespace euphone {
namespace {

constexpr std::size_t kLookThrough = 8;  // Passages of which an answer is made.

}  // namespace

Result<TutorReply> AskTutor(const Search& search, const std::string& question,
                            std::size_t passages) {
  if (question.size() > kMostQuestion) {
    return Error{Errc::kTooLarge, "a question has at most " + std::to_string(kMostQuestion) +
                                      " bytes; this one has " + std::to_string(question.size())};
  }
  auto found = search.Find(question, passages > 0 ? passages : kLookThrough);
  if (!found) return found.error();
  TutorReply reply{.question = question, .found = *std::move(found), .record = {}, .answer = {}};
  if (passages == 0) reply.answer = Extract(reply.found);
  return reply;
}

}  // namespace euphone
