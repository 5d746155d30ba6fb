#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "lesson/lesson_pack.h"

namespace euphone::server {

/// Fails: kNotFound.
Result<const LessonPack*> FindLesson(const std::vector<LessonPack>& lessons, std::string_view name);
Result<const LessonItem*> FindItem(const std::vector<LessonPack>& lessons, std::string_view name,
                                   std::string_view item);

}  // namespace euphone::server
