#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "lesson/lesson_pack.h"
#include "server/remote_session.h"

namespace euphone::server {

/// What a client says in text messages; docs/formats/live-socket.md specifies them.
struct ResumeMessage {
  std::string session = {};
  std::uint64_t after = 0;  ///< The last event that came.
};
struct StopMessage {};
struct LeaveMessage {};
using LiveMessage = std::variant<LiveOrder, ResumeMessage, StopMessage, LeaveMessage>;

/// Fails: kInvalidArgument, kNotFound (a lesson or sentence that is not there), kUnsupported
/// (another format of audio).
Result<LiveMessage> ParseLiveMessage(std::string_view text, const std::vector<LessonPack>& lessons);

}  // namespace euphone::server
