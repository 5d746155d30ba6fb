#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "update/repository.h"
#include "update/source.h"
#include "update/updater.h"

namespace euphone::fixture {

inline constexpr std::int64_t kDay = 86400;
inline constexpr std::int64_t kNow = 1795867200;  // 2026-11-28.

/// An empty folder for this process; what an earlier run left in it is removed.
std::filesystem::path FreshFolder(const std::string& name);

/// `size` bytes that look random and are the same for the same seed.
std::string Noise(std::size_t size, std::uint64_t seed);

/// A sound bundle in a folder; its model is for no runtime.
std::filesystem::path BundleFolder(const std::filesystem::path& folder, const std::string& name,
                                   const std::string& version, const std::string& model);

/// The keys of a small school: two of three for the root, one for releases, one for its hub.
struct Keys {
  std::vector<SigningKey> roots{SigningKey::Random(), SigningKey::Random(), SigningKey::Random()};
  SigningKey releases = SigningKey::Random();
  SigningKey hub = SigningKey::Random();

  RootMetadata Root(std::int64_t expires = kNow + 365 * kDay) const;
};

/// A repository with a published root and nothing else.
Repository PublishedRepository(const std::filesystem::path& folder, const Keys& keys);

/// Adds a bundle of that name and version, signs and announces it.
Release Publish(Repository& repository, const Keys& keys, const std::filesystem::path& bundle,
                const ReleaseTerms& terms = {});

/// What a repository's folder gives, but for what a test changes on the way.
class ChangedSource final : public UpdateSource {
 public:
  using Change = std::function<void(const std::string& path, Result<std::string>& content)>;
  ChangedSource(std::filesystem::path folder, Change change)
      : inner_(std::move(folder)), change_(std::move(change)) {}

  Result<std::string> Fetch(const std::string& path, std::size_t max_bytes) override {
    Result<std::string> content = inner_.Fetch(path, max_bytes);
    ++fetches;
    change_(path, content);
    return content;
  }
  int fetches = 0;

 private:
  FolderSource inner_;
  Change change_;
};

}  // namespace euphone::fixture
