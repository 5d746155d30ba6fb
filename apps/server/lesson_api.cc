#include <string>

#include "lesson/epub.h"
#include "lesson/lesson_text.h"
#include "server/lesson_lookup.h"
#include "server/store_api.h"
#include "server/url.h"
#include "store/clock.h"
#include "store/own_lessons.h"

namespace euphone::server {
namespace {

constexpr std::size_t kMostLesson = std::size_t{32} << 20;  // Books have pictures.

StoreJson Brief(const LessonPack& pack, bool own) {
  return {{"name", pack.name},
          {"title", pack.title},
          {"language", pack.language},
          {"own", own},
          {"items", pack.items.size()}};
}

StoreJson Whole(const LessonPack& pack, bool own) {
  StoreJson json = Brief(pack, own);
  json["items"] = StoreJson::array();
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

Response Lessons(const Context& context) {
  const auto packs = context.lessons.all();
  StoreJson lessons = StoreJson::array();
  for (const LessonPack& pack : *packs)
    lessons.push_back(Brief(pack, context.lessons.IsOwn(pack.name)));
  return StoreAnswer({{"lessons", std::move(lessons)}});
}

Response Lesson(const Context& context, const Request& request) {
  const auto packs = context.lessons.all();
  const auto pack = FindLesson(*packs, request.place("name"));
  if (!pack) return FailureOf(pack.error());
  return StoreAnswer(Whole(**pack, context.lessons.IsOwn((*pack)->name)));
}

/// What a body is, by its type.
Result<LessonPack> PackIn(const Request& request, const std::string& name,
                          const std::string& title) {
  std::string_view type = request.header("content-type");
  type = type.substr(0, type.find(';'));
  if (type == "text/plain") return LessonOfText(request.body, name, title);
  if (type == "text/tab-separated-values") {
    auto pack = LessonPack::Parse(request.body, name);
    if (pack && !title.empty()) pack->title = title;
    return pack;
  }
  if (type == "application/epub+zip") {
    const auto book = TextOfEpub(request.body);
    if (!book) return book.error();
    return LessonOfText(book->text, name, title.empty() ? book->title : title);
  }
  return Error{Errc::kUnsupported,
               "a lesson is text/plain, text/tab-separated-values or application/epub+zip; say "
               "which with Content-Type"};
}

Status LoadOwn(Context& context, Store& store) {
  const auto kept = OwnLessons(store);
  if (!kept) return kept.error();
  LessonShelf::Packs own;
  for (const OwnLesson& lesson : *kept) {
    auto pack = LessonPack::Parse(lesson.pack, lesson.name);
    if (pack)
      own.push_back(*std::move(pack));
    else if (context.config.warn)
      context.config.warn("a lesson is left out: " + pack.error().message);
  }
  context.lessons.SetOwn(std::move(own));
  return {};
}

Response Bring(Context& context, const Request& request) {
  const auto query = Query::Parse(request.query);
  if (!query) return Failure(400, "bad_query", "the query cannot be read");
  const std::string* const given = query->Find("title");
  const std::string title = given == nullptr ? "" : given->substr(0, 200);
  const std::string name = FreeName(*context.lessons.all(), title);
  const auto pack = PackIn(request, name, title);
  if (!pack) return FailureOf(pack.error());
  return WithStore(
      context,
      [&](Store& store) {
        Status status = KeepLesson(store, {name, NowMs(), pack->ToText()});
        if (status) status = LoadOwn(context, store);
        return status ? StoreAnswer(Whole(*pack, true), 201) : FailureOf(status.error());
      },
      true);
}

Response Remove(Context& context, const Request& request) {
  const std::string& name = request.place("name");
  if (!context.lessons.IsOwn(name))
    return Failure(404, "not_found", "there is no lesson of this name that was brought in here");
  return WithStore(context, [&](Store& store) {
    Status status = ForgetLesson(store, name);
    if (status) status = LoadOwn(context, store);
    return status ? Response{.status = 204} : FailureOf(status.error());
  });
}

}  // namespace

Status LoadOwnLessons(Context& context) {
  if (!context.store) return {};
  const auto store = context.store->Lend();
  if (!store) return store.error().code == Errc::kNotFound ? Status() : Status(store.error());
  return LoadOwn(context, **store);
}

void AddLessonRoutes(Router& router, Context& context) {
  router.Add({.pattern = "/api/v1/lessons",
              .access = Access::kLearners,
              .handle = [&context](const Request&) { return Lessons(context); }});
  router.Add({.method = Method::kPost,
              .pattern = "/api/v1/lessons",
              .where = Where::kWorkers,
              .most_body = kMostLesson,
              .handle = [&context](const Request& request) { return Bring(context, request); }});
  router.Add({.pattern = "/api/v1/lessons/{name}",
              .access = Access::kLearners,
              .handle = [&context](const Request& request) { return Lesson(context, request); }});
  router.Add({.method = Method::kDelete,
              .pattern = "/api/v1/lessons/{name}",
              .where = Where::kWorkers,
              .handle = [&context](const Request& request) { return Remove(context, request); }});
}

}  // namespace euphone::server
