#include "updates/ddi_source.h"

#include <span>
#include <system_error>

#include "base/file.h"
#include "http/fetch_file.h"
#include "model/bundle.h"
#include "model/digest.h"
#include "updates/http_source.h"

namespace euphone::updates {
namespace {

namespace fs = std::filesystem;

std::string NameOf(const std::string& path) { return path.substr(path.rfind('/') + 1); }

Status Unpack(const Bundle& bundle, const fs::path& folder) {
  const auto put = [&](const std::string& path, std::string_view content) -> Status {
    std::error_code failed;
    fs::create_directories((folder / path).parent_path(), failed);
    if (failed) return Error{Errc::kIo, folder.string() + ": " + failed.message()};
    return WriteFileAtomically(folder / path, content);
  };
  if (auto status = put("manifest.json", bundle.manifest_text()); !status) return status;
  for (const auto& file : bundle.manifest().files) {
    const auto bytes = bundle.bytes(file.path);
    const std::string_view content(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (auto status = put(file.path, content); !status) return status;
  }
  return {};
}

}  // namespace

DdiSource::DdiSource(DdiServer& server, const DdiDeployment& deployment) : server_(server) {
  for (const DdiModule& module : deployment.modules) {
    for (const DdiArtifact& artifact : module.artifacts) {
      artifacts_.emplace(artifact.name, &artifact);
      has_pieces_ = has_pieces_ || artifact.name.ends_with(".zst");
    }
  }
}

Result<http::Request> DdiSource::RequestFor(const std::string& name) const {
  const auto found = artifacts_.find(name);
  if (found == artifacts_.end())
    return Error{Errc::kNotFound, "the deployment has no artifact '" + name + "'"};
  return server_.RequestFor(*found->second);
}

Result<std::string> DdiSource::Fetch(const std::string& path, std::size_t max_bytes) {
  const auto request = RequestFor(NameOf(path));
  if (!request) return request.error();
  return Get(server_.client(), *request, max_bytes);
}

Result<fs::path> DdiSource::FetchBundle(
    const Release& release, const fs::path& folder,
    const std::function<bool(std::int64_t, std::int64_t, std::int64_t)>& progress) {
  const auto request = RequestFor(release.bundle.sha256 + "." + release.file_name());
  if (!request) return request.error();
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed) return Error{Errc::kIo, folder.string() + ": " + failed.message()};
  const fs::path file = folder / release.file_name();
  for (int tries = 2;; --tries) {
    const http::FileRequest wanted{
        .request = *request, .file = file, .length = release.bundle.length, .progress = progress};
    if (auto status = http::FetchFile(server_.client(), wanted); !status) return status.error();
    const auto content = MappedFile::Open(file);
    if (!content) return content.error();
    if (Sha256Hex(content->bytes()) == release.bundle.sha256) break;
    fs::remove(file, failed);
    if (tries == 1) {
      return Error{Errc::kCorrupt,
                   release.file_name() + " is not what was signed for, as the server has it"};
    }
  }
  // Opened only now: nothing that was not signed for is read as a bundle.
  const auto bundle = Bundle::Open(file);
  if (!bundle) return bundle.error();
  const fs::path unpacked = folder / release.name;
  if (auto status = Unpack(*bundle, unpacked); !status) return status.error();
  fs::remove(file, failed);
  return unpacked;
}

}  // namespace euphone::updates
