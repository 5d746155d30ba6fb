#include "update/chunks.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/random.h"
#include "model/manifest.h"
#include "model/text_rules.h"

namespace euphone {
namespace {

constexpr std::string_view kHead = "euphone-chunks 1";

/// 256 numbers that look random and are the same everywhere: SplitMix64 from 0.
constexpr std::array<std::uint64_t, 256> Gear() {
  std::array<std::uint64_t, 256> gear{};
  Random random(0);
  for (std::uint64_t& number : gear) number = random.Next();
  return gear;
}
constexpr std::array<std::uint64_t, 256> kGear = Gear();

/// The highest bits hold the last 64 bytes; two more than log2 of the usual length before it, two
/// fewer after it.
constexpr std::uint64_t kStrict = ((std::uint64_t{1} << 18U) - 1) << 46U,
                        kLoose = ((std::uint64_t{1} << 14U) - 1) << 50U;

bool ReadNumber(std::string_view text, std::int64_t most, std::int64_t& number) {
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc() && read.ptr == text.data() + text.size() && number >= 1 &&
         number <= most;
}

/// The text up to the next sign, which is taken away with it.
std::string_view Cut(std::string_view& text, char sign) {
  const std::size_t end = std::min(text.find(sign), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

}  // namespace

std::size_t NextChunk(std::span<const std::byte> content) {
  if (content.size() <= kLeastChunk) return content.size();
  const std::size_t most = std::min(content.size(), kMostChunk),
                    usual = std::min(content.size(), kUsualChunk);
  std::uint64_t hash = 0;
  for (std::size_t i = kLeastChunk; i < most; ++i) {
    hash = (hash << 1U) + kGear[std::to_integer<std::size_t>(content[i])];
    if ((hash & (i < usual ? kStrict : kLoose)) == 0) return i + 1;
  }
  return most;
}

std::int64_t ChunkedFile::length() const {
  std::int64_t sum = 0;
  for (const Chunk& chunk : chunks) sum += chunk.length;
  return sum;
}

std::int64_t ChunkIndex::length() const {
  std::int64_t sum = 0;
  for (const ChunkedFile& file : files) sum += file.length();
  return sum;
}

std::string ChunkIndex::ToText() const {
  std::string text = std::string(kHead) + "\n";
  for (const ChunkedFile& file : files) {
    text += "file " + file.path + "\n";
    for (const Chunk& chunk : file.chunks)
      text += chunk.sha256 + " " + std::to_string(chunk.length) + " " +
              std::to_string(chunk.stored) + "\n";
  }
  return text;
}

Result<ChunkIndex> ChunkIndex::Parse(std::string_view text) {
  ChunkIndex index;
  int number = 1;
  const auto fail = [&](const std::string& why) {
    return Error{Errc::kCorrupt, "line " + std::to_string(number) + ": " + why};
  };
  if (text.size() > kMaxIndexBytes) return Error{Errc::kTooLarge, "larger than 8 MiB"};
  if (Cut(text, '\n') != kHead) return fail("is not an index of chunks, format 1");
  std::int64_t all = 0;
  while (!text.empty()) {
    std::string_view line = Cut(text, '\n');
    ++number;
    const std::string_view first = Cut(line, ' ');
    if (first == "file") {
      if (!IsPath(line)) return fail("is no path inside a bundle");
      const auto same = [&](const ChunkedFile& file) { return file.path == line; };
      if (std::ranges::any_of(index.files, same)) return fail("names a file twice");
      index.files.push_back({.path = std::string(line), .chunks = {}});
      continue;
    }
    Chunk chunk{.sha256 = std::string(first)};
    const std::string_view length = Cut(line, ' ');
    if (index.files.empty() || !IsSha256(first) || !ReadNumber(length, kMostChunk, chunk.length) ||
        !ReadNumber(line, 2 * std::int64_t{kMostChunk}, chunk.stored))
      return fail("is not a digest and two lengths");
    all += chunk.length;
    if (std::cmp_greater(all, kMaxBundleBytes + kMaxManifestBytes))
      return Error{Errc::kTooLarge, "more than a bundle may have"};
    index.files.back().chunks.push_back(std::move(chunk));
  }
  return index;
}

}  // namespace euphone
