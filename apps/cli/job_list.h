#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace euphone::cli {

/// One recording to analyse.
struct Job {
  std::filesystem::path audio;  ///< "-" is standard input.
  std::string text;
  std::string id;
};

/// Reads a list of recordings: tab-separated `audio`, `text` and, if wanted, `id`, one per line;
/// blank lines and lines that begin with '#' are skipped. Paths are relative to `folder`; an empty
/// id becomes the file's stem. Fails: kInvalidArgument with the line's number.
Result<std::vector<Job>> ParseJobList(std::string_view content,
                                      const std::filesystem::path& folder);

/// Makes ids unique, so that results do not overwrite each other: "take", "take-2", "take-3".
void MakeIdsUnique(std::vector<Job>& jobs);

}  // namespace euphone::cli
