#include "model/tar_reader.h"

#include <archive.h>
#include <archive_entry.h>

#include <memory>
#include <string_view>

namespace euphone {
namespace {

constexpr int kMaxEntries = 256;

struct Closer {
  void operator()(archive* reader) const { archive_read_free(reader); }
};
using Reader = std::unique_ptr<archive, Closer>;

Error Damaged() { return {Errc::kCorrupt, "the bundle file is damaged or cut short"}; }

std::string_view PathOf(archive_entry* entry) {
  const char* path = archive_entry_pathname(entry);
  std::string_view name = path == nullptr ? "" : path;
  if (name.starts_with("./")) name.remove_prefix(2);
  return name;
}

bool IsRegularFile(archive_entry* entry) {
  return archive_entry_filetype(entry) == AE_IFREG && archive_entry_hardlink(entry) == nullptr;
}

Result<std::string> ReadContent(archive* reader, std::size_t size) {
  std::string content(size, '\0');
  std::size_t done = 0;
  while (done < size) {
    const la_ssize_t got = archive_read_data(reader, content.data() + done, size - done);
    if (got <= 0) return Damaged();
    done += static_cast<std::size_t>(got);
  }
  return content;
}

}  // namespace

Result<std::string> ReadFromTar(std::span<const std::byte> archive, const std::string& name,
                                std::size_t max_bytes) {
  const Reader reader(archive_read_new());
  if (reader == nullptr) return Error{Errc::kInternal, "libarchive: out of memory"};
  archive_read_support_format_tar(reader.get());
  if (archive_read_open_memory(reader.get(), archive.data(), archive.size()) != ARCHIVE_OK) {
    return Error{Errc::kCorrupt, "not a bundle: neither a folder nor an uncompressed tar file"};
  }
  archive_entry* entry = nullptr;
  for (int i = 0; i < kMaxEntries; ++i) {
    const int status = archive_read_next_header(reader.get(), &entry);
    if (status == ARCHIVE_EOF) break;
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN) return Damaged();
    if (PathOf(entry) != name || !IsRegularFile(entry)) continue;
    // A sparse entry can claim far more than the archive holds; no honest one is larger than it.
    const la_int64_t size = archive_entry_size(entry);
    if (size < 0 || static_cast<std::size_t>(size) > archive.size()) return Damaged();
    if (static_cast<std::size_t>(size) > max_bytes) {
      return Error{Errc::kTooLarge, "larger than " + std::to_string(max_bytes) + " bytes"};
    }
    return ReadContent(reader.get(), static_cast<std::size_t>(size));
  }
  return Error{Errc::kCorrupt, "is not in the bundle file"};
}

}  // namespace euphone
