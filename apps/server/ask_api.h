#pragma once

#include <string>

#include "base/result.h"
#include "server/context.h"
#include "tutor/answer_json.h"

namespace euphone::server {

/// A question of who sends `request`: for the learner whose device that is, else for the one that
/// `learner` (a UUID) names, else for nobody in particular. Fails: kNotFound for a learner who is
/// not there; as TutorDesk::Ask.
Result<TutorReply> AskFor(Context& context, const Request& request, const std::string& question,
                          const std::string& learner, bool compose);

}  // namespace euphone::server
