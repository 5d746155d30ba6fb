#pragma once

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "fleet/archive_job.h"

namespace euphone::fleet {

/// Reads the list of an archive's recordings line by line, however long it is: CSV, TSV or JSON
/// lines, told by the file's ending; docs/formats/archive.md has the columns. Thread: one.
class ArchiveManifest {
 public:
  /// `root`: the folder that recordings are below. Fails: kNotFound, kIo, kUnsupported (another
  /// ending), kInvalidArgument (a column that nobody knows, or one that is missing).
  static Result<ArchiveManifest> Open(const std::filesystem::path& file,
                                      const std::filesystem::path& root);

  /// Absent: the list is over. Fails: kInvalidArgument, "FILE line N: what is wrong".
  Result<std::optional<ArchiveJob>> Next();

  /// Of the last recording.
  std::size_t line() const { return line_; }

 private:
  enum class Form { kCsv, kTsv, kJsonLines };
  using Fields = std::vector<std::string>;

  ArchiveManifest() = default;
  Error Wrong(const std::string& why) const;
  bool NextLine(std::string& line);
  Result<Fields> Split(const std::string& line) const;
  Status ReadHeader(const Fields& fields);
  Result<ArchiveJob> FromFields(Fields fields) const;
  Result<ArchiveJob> FromJson(const std::string& line) const;
  Status Complete(ArchiveJob& job);

  std::filesystem::path file_;
  std::filesystem::path root_;
  std::ifstream stream_;
  Form form_ = Form::kTsv;
  std::vector<std::string> columns_;  ///< What each field is.
  std::optional<std::string> ahead_;  ///< A first line that is no header.
  std::size_t line_ = 0;
  std::int64_t position_ = 0;
};

/// What a manifest was found to be.
struct ManifestCheck {
  std::int64_t recordings = 0;
};

/// Reads all of it: every line makes sense, and no id comes twice. Memory: 16 bytes a recording.
Result<ManifestCheck> CheckManifest(const std::filesystem::path& file,
                                    const std::filesystem::path& root);

}  // namespace euphone::fleet
