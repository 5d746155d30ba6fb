#pragma once

#include <memory>
#include <vector>

#include "base/result.h"
#include "installation.h"
#include "lesson/lesson_pack.h"
#include "tutor/search.h"

namespace euphone::cli {

/// What the tutor's search works with, and the lessons it looks through.
struct TutorParts {
  std::shared_ptr<const SearchParts> search;
  std::vector<LessonPack> lessons;
};

/// Opens the language, what the coach knows, the lessons, and the bundle that turns sentences into
/// vectors; without that bundle, or where the options want none, words alone are looked for.
/// Fails: kNotFound where nothing is known of the language; as its parts do.
Result<TutorParts> OpenTutorParts(const InstallationOptions& options);

/// The same for who has the language and what the coach knows already. Fails: as opening the
/// bundle.
Result<std::shared_ptr<const SearchParts>> OpenSearchParts(
    const InstallationOptions& options, std::shared_ptr<const Lexicon> lexicon,
    std::shared_ptr<const Knowledge> knowledge);

}  // namespace euphone::cli
