#include "model/bundle.h"

#include <cassert>
#include <system_error>

#include "base/pages.h"
#include "model/digest.h"
#include "model/tar_reader.h"

namespace euphone {
namespace {

constexpr std::string_view kManifestName = "manifest.json";

std::span<const std::byte> BytesOf(const std::variant<MappedFile, std::string>& content) {
  if (const auto* mapped = std::get_if<MappedFile>(&content)) return mapped->bytes();
  return std::as_bytes(std::span(std::get<std::string>(content)));
}

/// A folder may hold anything; opening a pipe or a device would block.
Status RequireRegularFile(const std::filesystem::path& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) return Error{Errc::kNotFound, "is not there"};
  if (!std::filesystem::is_regular_file(status)) return Error{Errc::kIo, "is not a regular file"};
  return {};
}

}  // namespace

Result<Bundle> Bundle::Load(const std::string& name, const Loader& load) {
  const auto fail = [&](const std::string& file, Error error) {
    return Prefixed(name, Prefixed(file, std::move(error)));
  };
  auto text = load(std::string(kManifestName), kMaxManifestBytes);
  if (!text) return fail(std::string(kManifestName), text.error());
  const auto json = BytesOf(*text);
  std::string manifest_text(reinterpret_cast<const char*>(json.data()), json.size());
  auto manifest = ParseManifest(manifest_text);
  if (!manifest) return fail(std::string(kManifestName), manifest.error());
  Bundle bundle(std::move(*manifest), std::move(manifest_text), name);
  for (const BundleFile& file : bundle.manifest_.files) {
    auto content = load(file.path, file.bytes);
    if (!content) return fail(file.path, content.error());
    if (const std::size_t size = BytesOf(*content).size(); size != file.bytes) {
      return fail(file.path,
                  {Errc::kCorrupt, "has " + std::to_string(size) + " bytes instead of " +
                                       std::to_string(file.bytes) + "; install the bundle again"});
    }
    bundle.contents_.emplace(file.path, std::make_shared<const Content>(std::move(*content)));
  }
  return bundle;
}

Result<Bundle> Bundle::Open(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::is_directory(path, error)) {
    if (auto regular = RequireRegularFile(path); !regular) {
      return Prefixed(path.string(), regular.error());
    }
    auto file = MappedFile::Open(path);
    if (!file) return file.error();
    return Read(file->bytes(), path.string());
  }
  return Load(path.string(), [&](const std::string& file, std::size_t) -> Result<Content> {
    if (auto regular = RequireRegularFile(path / file); !regular) return regular.error();
    auto mapped = MappedFile::Open(path / file);
    if (!mapped) return mapped.error();
    return Content(std::move(*mapped));
  });
}

Result<Bundle> Bundle::Read(std::span<const std::byte> archive, const std::string& name) {
  return Load(name, [&](const std::string& file, std::size_t max_bytes) -> Result<Content> {
    auto content = ReadFromTar(archive, file, max_bytes);
    if (!content) return content.error();
    return Content(std::move(*content));
  });
}

std::span<const std::byte> Bundle::bytes(std::string_view path) const {
  const auto found = contents_.find(path);
  assert(found != contents_.end());
  return BytesOf(*found->second);
}

void Bundle::Forget(std::string_view path) const {
  const Content& content = *contents_.find(path)->second;
  if (const auto* file = std::get_if<MappedFile>(&content)) ForgetPages(file->bytes());
}

Status Bundle::Verify(std::string_view path) const {
  const BundleFile* file = manifest_.Find(path);
  assert(file != nullptr);
  if (Sha256Hex(bytes(path)) == file->sha256) return {};
  return Error{Errc::kCorrupt, name_ + ": " + file->path +
                                   ": damaged: its SHA-256 differs from the manifest; install the "
                                   "bundle again"};
}

Status Bundle::Verify() const {
  for (const BundleFile& file : manifest_.files) {
    if (auto status = Verify(file.path); !status) return status;
  }
  return {};
}

}  // namespace euphone
