#include "update/update_fixture.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/random.h"
#include "model/testing/bundle_maker.h"

namespace euphone::fixture {

namespace fs = std::filesystem;

fs::path FreshFolder(const std::string& name) {
  const fs::path folder =
      fs::path(::testing::TempDir()) / ("update-" + std::to_string(::getpid())) / name;
  fs::remove_all(folder);
  fs::create_directories(folder);
  return folder;
}

std::string Noise(std::size_t size, std::uint64_t seed) {
  std::string noise;
  noise.reserve(size + 8);
  for (Random random(seed); noise.size() < size;) {
    const std::uint64_t next = random.Next();
    noise.append(reinterpret_cast<const char*>(&next), sizeof next);
  }
  noise.resize(size);
  return noise;
}

fs::path BundleFolder(const fs::path& folder, const std::string& name, const std::string& version,
                      const std::string& model) {
  auto maker = euphone::testing::BundleMaker::Acoustic(model);
  maker.manifest["name"] = name;
  maker.manifest["version"] = version;
  maker.WriteFolder(folder);
  return folder;
}

RootMetadata Keys::Root(std::int64_t expires) const {
  RootMetadata root{.version = 1, .expires = expires, .keys = {}, .roles = {}};
  const auto add = [&](Role role, const SigningKey& key) {
    root.keys.emplace(key.public_key().id(), key.public_key());
    root.of(role).key_ids.push_back(key.public_key().id());
  };
  for (const SigningKey& key : roots) add(Role::kRoot, key);
  root.of(Role::kRoot).threshold = 2;
  add(Role::kTargets, releases);
  add(Role::kSnapshot, hub);
  add(Role::kTimestamp, hub);
  return root;
}

Repository PublishedRepository(const fs::path& folder, const Keys& keys) {
  auto repository = Repository::Create(folder, keys.Root());
  EXPECT_TRUE(repository) << repository.error().message;
  EXPECT_TRUE(repository->Sign(keys.roots[0]));
  EXPECT_TRUE(repository->Sign(keys.roots[1]));
  EXPECT_TRUE(repository->has_published_root());
  return std::move(*repository);
}

Release Publish(Repository& repository, const Keys& keys, const fs::path& bundle,
                const ReleaseTerms& terms) {
  const auto opened = Bundle::Open(bundle);
  EXPECT_TRUE(opened) << opened.error().message;
  const auto release = repository.Add(*opened, terms, kNow + 180 * kDay, nullptr);
  EXPECT_TRUE(release) << release.error().message;
  const auto signed_ones = repository.Sign(keys.releases);
  EXPECT_TRUE(signed_ones) << signed_ones.error().message;
  const auto announced = repository.Announce({keys.hub}, kNow + 30 * kDay, kNow + 7 * kDay);
  EXPECT_TRUE(announced) << announced.error().message;
  return *release;
}

}  // namespace euphone::fixture
