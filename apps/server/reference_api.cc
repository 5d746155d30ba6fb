#include <string>

#include "reference/lesson_reference.h"
#include "report/report.h"
#include "server/context.h"
#include "server/judge.h"
#include "server/lesson_lookup.h"
#include "server/url.h"
#include "server/wav.h"

namespace euphone::server {
namespace {

Response BadQuery() {
  return Failure(400, "bad_query", "the query cannot be read: is a percent sign not escaped?");
}

Response Sound(const Result<Reference>& reference) {
  if (!reference) return FailureOf(reference.error());
  return {.type = "audio/wav", .body = WavOf(reference->samples, reference->rate)};
}

Pace PaceOf(const Query& query) { return query.Flag("slow") ? Pace::kSlow : Pace::kNormal; }

/// "" where it is not said.
std::string ValueOf(const Query& query, const char* name) {
  const std::string* const value = query.Find(name);
  return value == nullptr ? "" : *value;
}

Response SayText(const Context& context, const Request& request) {
  const auto query = Query::Parse(request.query);
  if (!query) return BadQuery();
  const std::string text = ValueOf(*query, "text"), word = ValueOf(*query, "word");
  if (text.empty()) return Failure(400, "no_text", "what is to be said? Give ?text=…");
  const Parts& parts = context.parts;
  if (word.empty()) return Sound(parts.voice->Say(text, PaceOf(*query)));
  return Sound(ReferenceOfWord(word, text, *parts.lexicon, *parts.voice, PaceOf(*query)));
}

Response SayItem(const Context& context, const Request& request) {
  const auto query = Query::Parse(request.query);
  if (!query) return BadQuery();
  const auto lessons = context.lessons.all();
  const auto item = FindItem(*lessons, request.place("name"), request.place("item"));
  if (!item) return FailureOf(item.error());
  return Sound(ReferenceOf(**item, *context.parts.voice, PaceOf(*query)));
}

/// Times, pitch and all of how it should sound: the reference is judged like a learner.
Response AnalyseReference(Context& context, const Request& request) {
  const auto query = Query::Parse(request.query);
  if (!query) return BadQuery();
  std::string text = ValueOf(*query, "text");
  const std::string lesson = ValueOf(*query, "lesson"), name = ValueOf(*query, "item");
  Result<Reference> reference(Error{});
  if (lesson.empty() && name.empty()) {
    if (text.empty()) return Failure(400, "no_text", "what is to be said? Give ?text=…");
    reference = context.parts.voice->Say(text, Pace::kNormal);
  } else {
    const auto lessons = context.lessons.all();
    const auto item = FindItem(*lessons, lesson, name);
    if (!item) return FailureOf(item.error());
    text = (*item)->text;
    reference = ReferenceOf(**item, *context.parts.voice, Pace::kNormal);
  }
  if (!reference) return FailureOf(reference.error());
  const auto judged =
      JudgeRecording(context, {.audio = WavOf(reference->samples, reference->rate), .text = text});
  if (!judged) return FailureOf(judged.error());
  return {.body = WriteJson(judged->analysis, context.parts.phones(), {.pretty = false})};
}

}  // namespace

void AddReferenceRoutes(Router& router, Context& context) {
  router.Add({.pattern = "/api/v1/lessons/{name}/{item}/audio",
              .where = Where::kWorkers,
              .access = Access::kLearners,
              .handle = [&context](const Request& request) { return SayItem(context, request); }});
  router.Add({.pattern = "/api/v1/reference",
              .where = Where::kWorkers,
              .access = Access::kLearners,
              .handle = [&context](const Request& request) { return SayText(context, request); }});
  router.Add({.pattern = "/api/v1/reference/analysis",
              .where = Where::kWorkers,
              .access = Access::kLearners,
              .handle = [&context](const Request& request) {
                return AnalyseReference(context, request);
              }});
}

}  // namespace euphone::server
