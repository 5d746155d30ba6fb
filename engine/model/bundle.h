#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "base/file.h"
#include "base/result.h"
#include "model/manifest.h"

namespace euphone {

/// A model with everything that belongs to it: manifest, weights, self-test, licences.
/// Memory: the files of a folder are mapped, those of a single-file bundle are copied. Copies of a
/// bundle share them; bytes() stay where they are until the last one goes.
/// Thread: all const members may be called from several threads.
class Bundle {
 public:
  /// Opens a folder with manifest.json, or a single file (an uncompressed tar of such a folder).
  /// Checks the manifest and that every file is there with its size; the digests are Verify's
  /// business. Files that the manifest does not name are ignored. Fails: kNotFound, kIo, and what
  /// ParseManifest gives; messages begin with the path and name file and field.
  static Result<Bundle> Open(const std::filesystem::path& path);

  /// The same for a single-file bundle in memory. `name` stands for the path in messages.
  static Result<Bundle> Read(std::span<const std::byte> archive, const std::string& name);

  const Manifest& manifest() const { return manifest_; }
  const std::string& manifest_text() const { return manifest_text_; }  ///< As it was read.
  const std::string& name() const { return name_; }  ///< Where it came from, for messages.

  /// The bytes of a file. REQUIRES: manifest().Find(path).
  std::span<const std::byte> bytes(std::string_view path) const;

  /// Gives back the memory of a file that was read and will not be soon; it is read from the disk
  /// again where it is. Does nothing for single-file bundles. REQUIRES: manifest().Find(path).
  void Forget(std::string_view path) const;

  /// Compares the SHA-256 of one file with the manifest (0.6 ms per MB on a core that has
  /// instructions for it, 4 on others).
  /// REQUIRES: manifest().Find(path). Fails: kCorrupt.
  Status Verify(std::string_view path) const;
  /// The same for every file.
  Status Verify() const;

 private:
  using Content = std::variant<MappedFile, std::string>;
  using Loader = std::function<Result<Content>(const std::string& path, std::size_t max_bytes)>;

  static Result<Bundle> Load(const std::string& name, const Loader& load);

  Bundle(Manifest manifest, std::string text, std::string name)
      : manifest_(std::move(manifest)), manifest_text_(std::move(text)), name_(std::move(name)) {}

  Manifest manifest_;
  std::string manifest_text_;
  std::string name_;
  std::map<std::string, std::shared_ptr<const Content>, std::less<>> contents_;
};

}  // namespace euphone
