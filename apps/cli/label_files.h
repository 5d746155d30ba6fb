#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "labels/labels.h"

namespace euphone::cli {

/// The format that a file's name tells; null where it tells none.
const LabelFormat* FormatOfName(const std::filesystem::path& file);

/// Reads a file of labels. The format: by `name` where it is not empty, else by the file's ending,
/// else by its content. One recording: the one called `recording`, or the only one. Fails: as
/// ReadFile and the format's reader, naming the file; kInvalidArgument where there are several
/// recordings, or none of that name.
Result<Labels> ReadLabels(const std::filesystem::path& file, const std::string& name,
                          const std::string& recording);

/// The named tier; without a name the only one with labels, or "phones", or "words". Fails:
/// kInvalidArgument, listing those that are there.
Result<LabelTier> TierOfLabels(const Labels& labels, const std::string& name);

}  // namespace euphone::cli
