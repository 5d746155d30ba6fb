#include "server/live_message.h"

#include <nlohmann/json.hpp>

#include "audio/raw_format.h"
#include "server/lesson_lookup.h"
#include "server/sound_messages.h"

namespace euphone::server {
namespace {

using MessageJson = nlohmann::json;

constexpr std::size_t kLongestText = 20000;  // Bytes.

Error Wrong(const std::string& message) { return {Errc::kInvalidArgument, message}; }

std::string TextOf(const MessageJson& json, const char* name) {
  const auto found = json.find(name);
  return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

bool FlagOf(const MessageJson& json, const char* name) {
  const auto found = json.find(name);
  return found != json.end() && found->is_boolean() && found->get<bool>();
}

Result<LiveMessage> ParseStart(const MessageJson& json, const std::vector<LessonPack>& lessons) {
  LiveOrder order{.text = TextOf(json, "text"),
                  .lesson = TextOf(json, "lesson"),
                  .item = TextOf(json, "item"),
                  .learner = TextOf(json, "learner"),
                  .desk = TextOf(json, "desk"),
                  .reproducible = FlagOf(json, "reproducible"),
                  .hands_free = FlagOf(json, "hands_free")};
  const bool of_lesson = !order.lesson.empty() || !order.item.empty();
  if (order.text.empty() != of_lesson)
    return Wrong("start needs `text`, or `lesson` and `item`, and not both");
  if (of_lesson) {
    const auto item = FindItem(lessons, order.lesson, order.item);
    if (!item) return item.error();
    order.text = (*item)->text;
  }
  if (order.text.size() > kLongestText)
    return Wrong("the text is longer than 20000 bytes; read it in parts");
  if (const auto format = json.find("format"); format != json.end()) {
    if (*format == "opus")
      order.format = SoundFormat::kOpus;
    else if (*format != "pcm16")
      return Error{Errc::kUnsupported, "`format` must be \"pcm16\" or \"opus\""};
  }
  const auto rate = json.find("rate");
  if (rate != json.end()) {
    if (!rate->is_number_integer()) return Wrong("`rate` must be a whole number of Hz");
    const auto hz = rate->get<std::int64_t>();
    if (hz < kMinRate.hz || hz > 192000) return Wrong("`rate` must be within 4000 and 192000 Hz");
    order.rate = SampleRate{static_cast<int>(hz)};
  }
  if (order.format == SoundFormat::kOpus) {
    if (auto opened = SoundMessages::Open(order.format, order.rate); !opened) return opened.error();
  }
  return LiveMessage(std::move(order));
}

Result<LiveMessage> ParseResume(const MessageJson& json) {
  ResumeMessage message{.session = TextOf(json, "session")};
  const auto after = json.find("after");
  const bool counts = after != json.end() && after->is_number_unsigned();
  if (message.session.empty() || !counts)
    return Wrong("resume needs `session`, and `after`: the number of the last event that came");
  message.after = after->get<std::uint64_t>();
  return LiveMessage(std::move(message));
}

}  // namespace

Result<LiveMessage> ParseLiveMessage(std::string_view text,
                                     const std::vector<LessonPack>& lessons) {
  const auto json = MessageJson::parse(text, nullptr, false);
  if (!json.is_object()) return Wrong("a text message must be one JSON object");
  const std::string type = TextOf(json, "type");
  if (type == "start") return ParseStart(json, lessons);
  if (type == "resume") return ParseResume(json);
  if (type == "stop") return LiveMessage(StopMessage{});
  if (type == "leave") return LiveMessage(LeaveMessage{});
  return Wrong("`type` must be start, resume, stop or leave");
}

}  // namespace euphone::server
