#include "model/pack.h"

#include <archive.h>
#include <archive_entry.h>

#include <cstddef>
#include <memory>
#include <span>

namespace euphone {
namespace {

using Writer = std::unique_ptr<archive, decltype(&archive_write_free)>;
using Entry = std::unique_ptr<archive_entry, decltype(&archive_entry_free)>;

bool Put(archive* writer, const std::string& path, std::span<const std::byte> content) {
  const Entry entry(archive_entry_new(), archive_entry_free);
  archive_entry_set_pathname(entry.get(), path.c_str());
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), 0644);
  archive_entry_set_mtime(entry.get(), 0, 0);
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.size()));
  return archive_write_header(writer, entry.get()) == ARCHIVE_OK &&
         archive_write_data(writer, content.data(), content.size()) ==
             static_cast<la_ssize_t>(content.size());
}

la_ssize_t Append(archive*, void* packed, const void* bytes, std::size_t size) {
  static_cast<std::string*>(packed)->append(static_cast<const char*>(bytes), size);
  return static_cast<la_ssize_t>(size);
}

}  // namespace

Result<std::string> PackBundle(const Bundle& bundle) {
  if (auto status = bundle.Verify(); !status) return status.error();
  std::string packed;
  const Writer writer(archive_write_new(), archive_write_free);
  bool good = archive_write_set_format_ustar(writer.get()) == ARCHIVE_OK &&
              archive_write_open(writer.get(), &packed, nullptr, Append, nullptr) == ARCHIVE_OK &&
              Put(writer.get(), "manifest.json", std::as_bytes(std::span(bundle.manifest_text())));
  for (const BundleFile& file : bundle.manifest().files)
    good = good && Put(writer.get(), file.path, bundle.bytes(file.path));
  if (good && archive_write_close(writer.get()) == ARCHIVE_OK) return packed;
  return Error{Errc::kInternal, bundle.name() + ": libarchive could not pack it"};
}

}  // namespace euphone
