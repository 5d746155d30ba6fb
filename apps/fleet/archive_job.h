#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace euphone::fleet {

/// One recording of an archive, as a manifest has it and a message carries it.
struct ArchiveJob {
  std::string run = {};        ///< Empty in a manifest.
  std::string recording = {};  ///< Its id: unique in the run.
  std::int64_t position = 0;   ///< In the manifest, from 1.
  std::string audio = {};      ///< Below the folder of recordings; parts separated by "/".
  std::string text = {};
  std::string speaker = {};   ///< Empty: not told.
  std::string language = {};  ///< Likewise.
  std::string content = {};   ///< Of the file, where the message carries it; else empty.
};

/// A line of JSON, and the content of the file after it. docs/formats/archive.md has the fields.
std::string EncodeJob(const ArchiveJob& job);
/// Fails: kCorrupt.
Result<ArchiveJob> DecodeJob(std::string_view message);

/// Whether a path stays below the folder that it is relative to.
bool StaysBelow(std::string_view path);

}  // namespace euphone::fleet
