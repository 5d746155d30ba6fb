#include "audio/container_end.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <string_view>
#include <vector>

namespace euphone {
namespace {

constexpr std::size_t kPageHeader = 27;
constexpr unsigned kBeginsStream = 2;
constexpr unsigned kEndsStream = 4;

template <std::size_t kSize>
Result<std::array<unsigned char, kSize>> Peek(ByteSource& source, std::int64_t offset,
                                              std::size_t& got) {
  std::array<unsigned char, kSize> bytes{};
  auto count = source.ReadAt(offset, std::as_writable_bytes(std::span(bytes)));
  if (!count) return count.error();
  got = *count;
  return bytes;
}

template <std::size_t kSize>
std::uint32_t BigEndian(const std::array<unsigned char, kSize>& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8 | bytes[at + i];
  return value;
}

struct Page {
  std::int64_t end = 0;  ///< Where the next one should be.
  unsigned flags = 0;
  std::uint32_t stream = 0;
};

/// The page at `offset`; nothing where none begins there.
Result<std::optional<Page>> ReadPage(ByteSource& source, std::int64_t offset) {
  std::size_t got = 0;
  const auto bytes = Peek<kPageHeader + 255>(source, offset, got);
  if (!bytes) return bytes.error();
  const std::string_view text(reinterpret_cast<const char*>(bytes->data()), 4);
  if (got < kPageHeader || text != "OggS") return std::optional<Page>();
  Page page;
  page.flags = (*bytes)[5];
  page.stream = BigEndian(*bytes, 14);
  const std::size_t segments = (*bytes)[26];
  page.end = offset + static_cast<std::int64_t>(kPageHeader + segments);
  for (std::size_t i = 0; i < segments; ++i) page.end += (*bytes)[kPageHeader + i];
  return std::optional<Page>(page);
}

/// Where the next page may begin after a damaged place; the end of the source where none does.
Result<std::int64_t> NextPage(ByteSource& source, std::int64_t offset, std::int64_t size) {
  constexpr std::int64_t kOverlap = 3;
  std::vector<char> block(1 << 16);
  while (offset < size) {
    auto got = source.ReadAt(offset, std::as_writable_bytes(std::span(block)));
    if (!got) return got.error();
    const std::size_t place = std::string_view(block.data(), *got).find("OggS");
    if (place != std::string_view::npos) return offset + static_cast<std::int64_t>(place);
    offset += std::max<std::int64_t>(1, static_cast<std::int64_t>(*got) - kOverlap);
  }
  return size;
}

}  // namespace

Result<bool> OggStopsEarly(ByteSource& source, std::int64_t begin) {
  const std::int64_t size = source.size().value_or(0);
  std::set<std::uint32_t> open;
  bool began = false;  // A page that does not begin a stream was seen.
  for (std::int64_t offset = begin; offset < size;) {
    auto page = ReadPage(source, offset);
    if (!page) return page.error();
    if (!*page) {
      auto next = NextPage(source, offset + 1, size);
      if (!next) return next.error();
      offset = *next;
      continue;
    }
    const bool begins = ((*page)->flags & kBeginsStream) != 0;
    if (begins && began) return true;
    began = began || !begins;
    if (begins) open.insert((*page)->stream);
    if (((*page)->flags & kEndsStream) != 0) open.erase((*page)->stream);
    if ((*page)->end > size) return true;
    offset = (*page)->end;
  }
  return !open.empty();
}

Result<bool> AiffStopsEarly(ByteSource& source, std::int64_t begin) {
  std::size_t got = 0;
  const auto bytes = Peek<8>(source, begin, got);
  if (!bytes) return bytes.error();
  const std::int64_t claimed = BigEndian(*bytes, 4);
  if (claimed == 0 || claimed >= kEndlessFrom) return false;
  return begin + 8 + claimed > source.size().value_or(0) + kMiscounted;
}

Result<std::optional<std::int64_t>> MpegTagFrames(ByteSource& source, std::int64_t begin) {
  constexpr std::int64_t kMostTrimmed = 8192;  // Delay and padding have 12 bits each.
  std::size_t got = 0;
  const auto head = Peek<4>(source, begin, got);
  if (!head) return head.error();
  const bool version_1 = ((*head)[1] & 0x18) == 0x18;
  const bool layer_3 = ((*head)[1] & 0x06) == 0x02;
  const bool mono = ((*head)[3] & 0xC0) == 0xC0;
  const std::int64_t side = version_1 ? (mono ? 17 : 32) : (mono ? 9 : 17);
  const auto tag = Peek<12>(source, begin + 4 + side, got);
  if (!tag) return tag.error();
  const std::string_view name(reinterpret_cast<const char*>(tag->data()), 4);
  const bool counts_frames = (BigEndian(*tag, 4) & 1) != 0;
  if (!layer_3 || got < tag->size() || (name != "Xing" && name != "Info") || !counts_frames)
    return std::optional<std::int64_t>();
  const std::int64_t samples = std::int64_t{BigEndian(*tag, 8)} * (version_1 ? 1152 : 576);
  return std::optional<std::int64_t>(std::max<std::int64_t>(0, samples - kMostTrimmed));
}

}  // namespace euphone
