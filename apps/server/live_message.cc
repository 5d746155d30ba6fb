#include "server/live_message.h"

#include <nlohmann/json.hpp>

#include "audio/raw_format.h"
#include "server/lesson_lookup.h"

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
  const auto format = json.find("format");
  if (format != json.end() && *format != "pcm16")
    return Error{Errc::kUnsupported, "of formats, \"pcm16\" is heard: 16-bit samples, mono"};
  const auto rate = json.find("rate");
  if (rate != json.end()) {
    if (!rate->is_number_integer()) return Wrong("`rate` must be a whole number of Hz");
    const auto hz = rate->get<std::int64_t>();
    if (hz < kMinRate.hz || hz > 192000) return Wrong("`rate` must be within 4000 and 192000 Hz");
    order.rate = SampleRate{static_cast<int>(hz)};
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

std::vector<float> SamplesOfPcm16(std::string_view bytes) {
  std::vector<float> samples;
  samples.reserve(bytes.size() / 2);
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    const auto low = static_cast<unsigned char>(bytes[i]);
    const auto high = static_cast<unsigned char>(bytes[i + 1]);
    const auto value = static_cast<std::int16_t>(static_cast<std::uint16_t>(high << 8 | low));
    samples.push_back(static_cast<float>(value) / 32768.0F);
  }
  return samples;
}

}  // namespace euphone::server
