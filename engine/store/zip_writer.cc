#include "store/zip_writer.h"

#include <archive.h>
#include <archive_entry.h>

#include <memory>

#include "base/file.h"

namespace euphone {
namespace {

la_ssize_t Append(archive*, void* to, const void* bytes, std::size_t count) {
  static_cast<std::string*>(to)->append(static_cast<const char*>(bytes), count);
  return static_cast<la_ssize_t>(count);
}

}  // namespace

Status WriteZip(const std::filesystem::path& file,
                const std::vector<std::pair<std::string, std::string>>& members) {
  std::string bytes;
  const std::unique_ptr<archive, decltype(&archive_write_free)> zip(archive_write_new(),
                                                                    archive_write_free);
  bool kept =
      archive_write_set_format_zip(zip.get()) == ARCHIVE_OK &&
      archive_write_open2(zip.get(), &bytes, nullptr, Append, nullptr, nullptr) == ARCHIVE_OK;
  for (const auto& [name, content] : members) {
    const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(),
                                                                              archive_entry_free);
    archive_entry_set_pathname(entry.get(), name.c_str());
    archive_entry_set_size(entry.get(), std::ssize(content));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    kept = kept && archive_write_header(zip.get(), entry.get()) == ARCHIVE_OK &&
           archive_write_data(zip.get(), content.data(), content.size()) == std::ssize(content);
  }
  if (!kept || archive_write_close(zip.get()) != ARCHIVE_OK)
    return Error{Errc::kIo, file.string() + ": " + archive_error_string(zip.get())};
  return WriteFileAtomically(file, bytes);
}

}  // namespace euphone
