#pragma once

#include <string>
#include <vector>

#include "installation.h"
#include "lesson/lesson_pack.h"

namespace euphone::cli {

/// A lesson pack that the options can name: a path, or the name of one that the language pack
/// brings ("everyday"). Fails: kNotFound, listing those; as LessonPack::Open.
Result<LessonPack> OpenLesson(const InstallationOptions& options, const std::string& name);

/// All packs that the language pack brings, in alphabetical order. Fails: as FindData and
/// LessonPack::Open.
Result<std::vector<LessonPack>> OpenLessons(const InstallationOptions& options);

}  // namespace euphone::cli
