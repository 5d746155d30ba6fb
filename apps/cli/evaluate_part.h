#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "evaluate/records.h"

namespace euphone::cli {

/// Keeps what is finished on disk while a long run goes on, so that one that was stopped can go
/// on: a line with a key, then a line for each record. Thread: one.
class PartFile {
 public:
  /// Takes in the records of a file with the same key; one with another key, of another program,
  /// model or corpus, is begun anew. Half a line at the end is cut off. An empty path keeps records
  /// in memory only. Fails: kIo, kTooLarge.
  static Result<PartFile> Open(std::filesystem::path path, const std::string& key);

  /// Adds a record and hands it to the operating system. Fails: kIo.
  Status Append(std::string_view line);
  /// Deletes the file: its run is complete.
  void Remove();

  Records& records() { return records_; }
  bool begun_anew() const { return begun_anew_; }  ///< There was one with another key.

 private:
  struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  Result<std::string> Load(const std::string& header);

  std::filesystem::path path_;
  std::unique_ptr<std::FILE, Closer> file_;
  Records records_;
  bool begun_anew_ = false;
};

}  // namespace euphone::cli
