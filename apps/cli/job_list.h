#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "corpus/corpus.h"

namespace euphone::cli {

/// One recording to analyse.
struct Job {
  std::filesystem::path audio;  ///< "-" is standard input.
  std::string text;             ///< Empty: what was said is to be recognised.
  std::string id;
  std::string text_name;  ///< Where the text comes from, for messages: "class.tsv line 3".
  std::string file_name;  ///< Of results, without an extension.
  /// What is meant of the recording; absent: all of it.
  std::optional<AudioStretch> stretch = std::nullopt;
  std::string content =
      {};  ///< Of the recording, where it is at hand; else it is read from `audio`.
};

/// Reads a list of recordings: tab-separated `audio`, `text` and, if wanted, `id`, one per line;
/// blank lines and lines that begin with '#' are skipped, as is a byte order mark. Paths are
/// relative to `folder`; "-" is standard input, once. An empty id becomes the file's stem; the
/// text's name is "line N". With `free`, a line may leave the text out, or empty before an id.
/// Fails: kInvalidArgument with the line's number.
Result<std::vector<Job>> ParseJobList(std::string_view content, const std::filesystem::path& folder,
                                      bool free = false);

/// The name of a recording where the user gives none: "stdin", or the file's stem.
std::string DefaultId(const std::filesystem::path& audio);

/// Makes ids unique, so that results can be told apart: "take", "take-2", "take-3".
void MakeIdsUnique(std::vector<Job>& jobs);

/// Gives each job a file name of its own, from its id: what no file name may hold becomes "_", and
/// a name that would be too long for the system is cut. Names that are alike then get numbers.
void NameFiles(std::vector<Job>& jobs);

}  // namespace euphone::cli
