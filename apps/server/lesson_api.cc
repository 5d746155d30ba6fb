#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "reference/lesson_reference.h"
#include "server/context.h"
#include "server/lesson_lookup.h"
#include "server/url.h"
#include "server/wav.h"

namespace euphone::server {
namespace {

using LessonJson = nlohmann::ordered_json;

LessonJson Brief(const LessonPack& pack) {
  return {{"name", pack.name},
          {"title", pack.title},
          {"language", pack.language},
          {"items", pack.items.size()}};
}

LessonJson Whole(const LessonPack& pack) {
  LessonJson json = Brief(pack);
  json["items"] = LessonJson::array();
  for (const LessonItem& item : pack.items) {
    json["items"].push_back({{"id", item.id},
                             {"text", item.text},
                             {"note", item.note},
                             {"recorded", !item.audio.empty()},
                             {"speaker", item.speaker},
                             {"licence", item.licence}});
  }
  return json;
}

Response Sound(const Result<Reference>& reference) {
  if (!reference) return FailureOf(reference.error());
  return {.type = "audio/wav", .body = WavOf(reference->samples, reference->rate)};
}

Response BadQuery() {
  return Failure(400, "bad_query", "the query cannot be read: is a percent sign not escaped?");
}

Response SayText(const Context& context, const Request& request) {
  const auto query = Query::Parse(request.query);
  if (!query) return BadQuery();
  const std::string* const text = query->Find("text");
  const std::string* const word = query->Find("word");
  if (text == nullptr || text->empty())
    return Failure(400, "no_text", "what is to be said? Give ?text=…");
  const Pace pace = query->Flag("slow") ? Pace::kSlow : Pace::kNormal;
  const Parts& parts = context.parts;
  if (word != nullptr && !word->empty())
    return Sound(ReferenceOfWord(*word, *text, *parts.lexicon, *parts.voice, pace));
  return Sound(parts.voice->Say(*text, pace));
}

Response SayItem(const Context& context, const Request& request) {
  const auto query = Query::Parse(request.query);
  if (!query) return BadQuery();
  const auto item = FindItem(context.parts.lessons, request.place("name"), request.place("item"));
  if (!item) return FailureOf(item.error());
  return Sound(
      ReferenceOf(**item, *context.parts.voice, query->Flag("slow") ? Pace::kSlow : Pace::kNormal));
}

}  // namespace

void AddLessonRoutes(Router& router, Context& context) {
  router.Add({.pattern = "/api/v1/lessons", .handle = [&context](const Request&) {
                LessonJson lessons = LessonJson::array();
                for (const LessonPack& pack : context.parts.lessons) lessons.push_back(Brief(pack));
                return Response{.body = LessonJson{{"lessons", std::move(lessons)}}.dump() + "\n"};
              }});
  router.Add({.pattern = "/api/v1/lessons/{name}", .handle = [&context](const Request& request) {
                const auto pack = FindLesson(context.parts.lessons, request.place("name"));
                return pack ? Response{.body = Whole(**pack).dump() + "\n"}
                            : FailureOf(pack.error());
              }});
  router.Add({.pattern = "/api/v1/lessons/{name}/{item}/audio",
              .where = Where::kWorkers,
              .handle = [&context](const Request& request) { return SayItem(context, request); }});
  router.Add({.pattern = "/api/v1/reference",
              .where = Where::kWorkers,
              .handle = [&context](const Request& request) { return SayText(context, request); }});
}

}  // namespace euphone::server
