#include "server/lesson_lookup.h"

#include <string>

namespace euphone::server {

Result<const LessonPack*> FindLesson(const std::vector<LessonPack>& lessons,
                                     std::string_view name) {
  for (const LessonPack& pack : lessons) {
    if (pack.name == name) return &pack;
  }
  return Error{Errc::kNotFound, "there is no lesson of this name; /api/v1/lessons lists them"};
}

Result<const LessonItem*> FindItem(const std::vector<LessonPack>& lessons, std::string_view name,
                                   std::string_view item) {
  const auto pack = FindLesson(lessons, name);
  if (!pack) return pack.error();
  const LessonItem* const found = (*pack)->Find(item);
  if (found == nullptr) {
    return Error{Errc::kNotFound, "this lesson has no sentence of this id; /api/v1/lessons/" +
                                      (*pack)->name + " lists them"};
  }
  return found;
}

}  // namespace euphone::server
