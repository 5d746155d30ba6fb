#include "server/room_message.h"

#include <nlohmann/json.hpp>
#include <optional>

namespace euphone::server {
namespace {

constexpr std::size_t kLongestName = 200, kLongestAdvice = 2000;  // Bytes.

/// The text `name`, empty where there is none; nothing where it is no text or too long.
std::optional<std::string> ShortText(const nlohmann::json& json, const char* name,
                                     std::size_t most) {
  const auto found = json.find(name);
  if (found == json.end() || found->is_null()) return std::string();
  if (!found->is_string()) return std::nullopt;
  auto text = found->get<std::string>();
  if (text.size() > most) return std::nullopt;
  return text;
}

Error Refused(const std::string& message) { return {Errc::kInvalidArgument, message}; }

Result<RoomMessageIn> ParseAdvice(const nlohmann::json& json) {
  auto text = ShortText(json, "text", kLongestAdvice);
  if (!text || text->empty()) return Refused("say needs `text` of at most 2000 bytes");
  Advice advice{.text = *std::move(text)};
  const auto word = json.find("word");
  if (word != json.end() && !word->is_null()) {
    if (!word->is_number_unsigned() || word->get<std::uint64_t>() > 100000)
      return Refused("`word` must be the number of a word, from 0");
    advice.word = word->get<std::int64_t>();
  }
  return RoomMessageIn(std::move(advice));
}

}  // namespace

Result<RoomMessageIn> ParseRoomMessage(std::string_view text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return Refused("a message must be one JSON object");
  const auto type = ShortText(json, "type", kLongestName).value_or("");
  if (type == "say") return ParseAdvice(json);
  auto name = ShortText(json, "name", kLongestName);
  auto learner = ShortText(json, "learner", kLongestName);
  auto desk = ShortText(json, "desk", kLongestName);
  if (!name || !learner || !desk)
    return Refused("`name`, `learner` and `desk` must be texts of at most 200 bytes");
  if (type == "join")
    return RoomMessageIn(JoinMessage{.learner = *std::move(learner), .name = *std::move(name)});
  if (type == "look") return RoomMessageIn(LookMessage{.name = *std::move(name)});
  if (type == "watch") return RoomMessageIn(WatchMessage{.desk = *std::move(desk)});
  return Refused("`type` must be join, look, watch or say");
}

}  // namespace euphone::server
