#pragma once

#include <string>

#include "installation.h"
#include "lesson/lesson_pack.h"

namespace euphone::cli {

/// A lesson pack that the options can name: a path, or the name of one that the language pack
/// brings ("everyday"). Fails: kNotFound, listing those; as LessonPack::Open.
Result<LessonPack> OpenLesson(const InstallationOptions& options, const std::string& name);

}  // namespace euphone::cli
