#include "server/prediction.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "tutor/answer.h"

namespace euphone::server {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kLongestName = 256;

std::string Dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

const Json* Member(const Json* object, const char* name) {
  if (object == nullptr || !object->is_object()) return nullptr;
  const auto found = object->find(name);
  return found == object->end() || found->is_null() ? nullptr : &*found;
}

/// Takes a text where there is one; what is none is noted.
void TakeText(const Json* json, const char* name, std::size_t most, std::string& to,
              Status& status) {
  if (json == nullptr) return;
  if (json->is_string() && json->get_ref<const std::string&>().size() <= most)
    to = json->get<std::string>();
  else if (status)
    status =
        Error{Errc::kInvalidArgument, "`" + std::string(name) + "` must be a text" +
                                          (most == kLongestName ? " of at most 256 bytes" : "")};
}

std::string Paragraphs(const std::vector<std::string>& lines, const char* before,
                       const char* between) {
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : between) + (before + line);
  return text;
}

std::string Markdown(const AnswerPart& part) {
  const bool tips = !part.heading.empty();
  return "**" + TitleOf(part) + "**\n\n" +
         Paragraphs(part.lines, tips ? "- " : "", tips ? "\n" : "\n\n");
}

std::string TextOf(const TutorReply& reply) {
  std::string text = Paragraphs(reply.record, "", " ");
  const auto add = [&](const std::string& more) { text += (text.empty() ? "" : "\n\n") + more; };
  if (reply.composed) {
    add(reply.composed->text);
    return text;
  }
  for (const AnswerPart& part : reply.answer->parts) add(Markdown(part));
  if (reply.answer->parts.empty()) add(std::string(kNothingKnown));
  return text;
}

Json SourceOf(const std::string& id, const std::string& title, const std::string& content) {
  return {{"pageContent", content}, {"metadata", {{"source", id}, {"title", title}}}};
}

/// Of what was composed, the passages that it is out of; else those that are quoted.
Json SourcesOf(const TutorReply& reply) {
  Json sources = Json::array();
  if (!reply.composed) {
    for (const AnswerPart& part : reply.answer->parts)
      sources.push_back(SourceOf(part.passage, TitleOf(part), Paragraphs(part.lines, "", "\n")));
    return sources;
  }
  for (const SearchHit& hit : reply.found.hits) {
    const Passage& passage = hit.passage;
    if (std::ranges::count(reply.composed->passages, passage.id) == 0) continue;
    const AnswerPart part{passage.id, passage.title, passage.heading, {}};
    sources.push_back(SourceOf(passage.id, TitleOf(part), passage.text));
  }
  return sources;
}

/// Words, each with the blanks after it.
std::vector<std::string> Tokens(const std::string& text) {
  std::vector<std::string> tokens;
  bool blank = true;
  for (const char c : text) {
    const bool is_blank = c == ' ' || c == '\n';
    if (tokens.empty() || (blank && !is_blank)) tokens.emplace_back();
    tokens.back() += c;
    blank = is_blank;
  }
  return tokens;
}

std::string Event(const char* name, Json data) {
  return "message:\ndata:" + Dumped({{"event", name}, {"data", std::move(data)}}) + "\n\n";
}

Response Events(std::string body) { return {.type = "text/event-stream", .body = std::move(body)}; }

}  // namespace

Result<ReadOrder> ReadPredictionOrder(std::string_view body) {
  const Json json = Json::parse(body, nullptr, false);
  if (!json.is_object())
    return Error{Errc::kInvalidArgument, "the body of the request must be one JSON object"};
  ReadOrder read;
  PredictionOrder& order = read.order;
  const Json* const streaming = Member(&json, "streaming");
  order.streaming = streaming != nullptr && (*streaming == true || *streaming == "true");
  const Json* const config = Member(&json, "overrideConfig");
  TakeText(Member(&json, "question"), "question", body.size(), order.question, read.status);
  TakeText(Member(&json, "chatId"), "chatId", kLongestName, order.chat, read.status);
  TakeText(Member(config, "sessionId"), "sessionId", kLongestName, order.session, read.status);
  TakeText(Member(Member(config, "vars"), "learner"), "learner", kLongestName, order.learner,
           read.status);
  const Json* const uploads = Member(&json, "uploads");
  if (uploads != nullptr && !uploads->empty() && read.status)
    read.status = Error{Errc::kInvalidArgument, "the tutor takes no files; ask it in words"};
  return read;
}

Response Predicted(const PredictionOrder& order, const TutorReply& reply,
                   const std::string& message) {
  const std::string text = TextOf(reply);
  const Json sources = SourcesOf(reply);
  if (!order.streaming) {
    Json json = {{"text", text},           {"question", order.question},
                 {"chatId", order.chat},   {"chatMessageId", message},
                 {"isStreamValid", false}, {"sessionId", order.session}};
    if (!sources.empty()) json["sourceDocuments"] = sources;
    return {.body = Dumped(json)};
  }
  std::string body = Event("start", "");
  for (const std::string& token : Tokens(text)) body += Event("token", token);
  if (!sources.empty()) body += Event("sourceDocuments", sources);
  body += Event("metadata", {{"chatId", order.chat},
                             {"chatMessageId", message},
                             {"question", order.question},
                             {"sessionId", order.session}});
  return Events(body + Event("end", "[DONE]"));
}

Response NotPredicted(const Response& failure, bool streaming) {
  const Json told = Json::parse(failure.body, nullptr, false);
  const Json error = told.is_object() ? told.value("error", Json::object()) : Json::object();
  const std::string message = error.value("message", "");
  if (streaming) return Events(Event("error", message) + Event("end", "[DONE]"));
  return {.status = failure.status,
          .body = Dumped({{"statusCode", failure.status},
                          {"success", false},
                          {"message", message},
                          {"error", error}})};
}

}  // namespace euphone::server
