#include "evaluate_part.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "base/file.h"

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxPart = std::size_t{1} << 30;

Error Unwritable(const fs::path& path) {
  return {Errc::kIo,
          path.string() + ": cannot be written; is the folder there and the disk not full?"};
}

}  // namespace

Result<std::string> PartFile::Load(const std::string& header) {
  std::error_code ignored;
  if (!fs::exists(path_, ignored)) return header;
  auto content = ReadFile(path_, kMaxPart);
  if (!content) return content.error();
  if (!content->starts_with(header)) {
    begun_anew_ = true;
    return header;
  }
  std::string whole = header;
  std::string_view rest = std::string_view(*content).substr(header.size());
  for (std::size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
    if (records_.Take(rest.substr(0, end))) whole.append(rest.substr(0, end + 1));
    rest.remove_prefix(end + 1);
  }
  return whole;
}

Result<PartFile> PartFile::Open(fs::path path, const std::string& key) {
  PartFile part;
  part.path_ = std::move(path);
  if (part.path_.empty()) return part;
  const auto content = part.Load("{\"part\":\"" + key + "\"}\n");
  if (!content) return content.error();
  if (auto status = WriteFileAtomically(part.path_, *content); !status) return status.error();
  part.file_.reset(std::fopen(part.path_.c_str(), "ab"));
  if (!part.file_) return Unwritable(part.path_);
  return part;
}

Status PartFile::Append(std::string_view line) {
  if (!records_.Take(line)) return Error{Errc::kInternal, "a record that cannot be read back"};
  if (!file_) return {};
  const bool written = std::fwrite(line.data(), 1, line.size(), file_.get()) == line.size() &&
                       std::fputc('\n', file_.get()) != EOF && std::fflush(file_.get()) == 0;
  if (!written) return Unwritable(path_);
  return {};
}

void PartFile::Remove() {
  file_.reset();
  std::error_code ignored;
  if (!path_.empty()) fs::remove(path_, ignored);
}

}  // namespace euphone::cli
