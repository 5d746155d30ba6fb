#include "store/zip_writer.h"

#include <archive.h>
#include <archive_entry.h>

namespace euphone {
namespace {

la_ssize_t Append(archive*, void* to, const void* bytes, std::size_t count) {
  static_cast<std::string*>(to)->append(static_cast<const char*>(bytes), count);
  return static_cast<la_ssize_t>(count);
}

}  // namespace

void ZipWriter::Free::operator()(archive* zip) const { archive_write_free(zip); }

ZipWriter::ZipWriter(std::size_t most_bytes)
    : most_bytes_(most_bytes), bytes_(std::make_unique<std::string>()), zip_(archive_write_new()) {
  archive_write_set_format_zip(zip_.get());
  archive_write_set_bytes_per_block(zip_.get(), 0);  // It would wait for the end, uncounted.
  archive_write_open2(zip_.get(), bytes_.get(), nullptr, Append, nullptr, nullptr);
}

Status ZipWriter::Add(const std::string& name, std::string_view content) {
  const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(),
                                                                            archive_entry_free);
  archive_entry_set_pathname(entry.get(), name.c_str());
  archive_entry_set_size(entry.get(), std::ssize(content));
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), 0644);
  if (archive_write_header(zip_.get(), entry.get()) != ARCHIVE_OK ||
      archive_write_data(zip_.get(), content.data(), content.size()) != std::ssize(content)) {
    return Error{Errc::kInternal, name + ": cannot be put into the archive"};
  }
  if (bytes_->size() > most_bytes_) {
    return Error{Errc::kTooLarge, "the archive would have more than " +
                                      std::to_string(most_bytes_ >> 20) +
                                      " MiB; choose fewer takes"};
  }
  return {};
}

Result<std::string> ZipWriter::Finish() {
  if (archive_write_close(zip_.get()) != ARCHIVE_OK)
    return Error{Errc::kInternal, "the archive cannot be finished"};
  return std::move(*bytes_);
}

}  // namespace euphone
