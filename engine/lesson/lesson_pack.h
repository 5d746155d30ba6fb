#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace euphone {

/// One thing to read aloud.
struct LessonItem {
  std::string id;                    ///< Unique in the pack: letters, digits, '-', '_', '.'.
  std::string text;                  ///< UTF-8, one line, not empty.
  std::string note = {};             ///< For the learner; may be empty.
  std::filesystem::path audio = {};  ///< How somebody reads it; empty where nobody was recorded.
  std::string speaker = {};          ///< Of the recording; may be empty.
  std::string licence = {};          ///< Of the recording, an SPDX name where there is one.
};

/// A list of sentences to practise, with recordings where there are some: docs/formats/
/// lesson-pack.md. At least one item, at most kMostItems.
struct LessonPack {
  std::string name;      ///< That of the file or folder: "everyday".
  std::string title;     ///< For people; the name where the pack gives none.
  std::string language;  ///< BCP 47, "en-US"; empty where the pack does not say.
  std::vector<LessonItem> items;

  static constexpr std::size_t kMostItems = 10000;

  /// A file NAME.tsv, or a folder with a lesson.tsv. Recordings that the pack names must be there;
  /// they are not opened. Fails, naming the file and the line: kNotFound, kIo, kTooLarge (over 4
  /// MiB), kCorrupt (what the format does not allow).
  static Result<LessonPack> Open(const std::filesystem::path& path);

  /// The same of what such a file holds; it may name no recordings. `name` also stands in messages.
  static Result<LessonPack> Parse(std::string_view content, const std::string& name);

  /// What Parse() reads, recordings left out.
  std::string ToText() const;

  /// Null: there is none.
  const LessonItem* Find(std::string_view id) const;
};

}  // namespace euphone
