#include "fleet/archive_job.h"

#include <nlohmann/json.hpp>

namespace euphone::fleet {
namespace {

using nlohmann::json;

constexpr int kVersion = 1;

Error Corrupt(const std::string& why) {
  return {Errc::kCorrupt, "a message of an archive: " + why};
}

}  // namespace

std::string EncodeJob(const ArchiveJob& job) {
  json line = {{"v", kVersion},
               {"run", job.run},
               {"recording", job.recording},
               {"position", job.position},
               {"audio", job.audio},
               {"text", job.text}};
  if (!job.speaker.empty()) line["speaker"] = job.speaker;
  if (!job.language.empty()) line["language"] = job.language;
  if (!job.content.empty()) line["bytes"] = job.content.size();
  return line.dump() + '\n' + job.content;
}

Result<ArchiveJob> DecodeJob(std::string_view message) {
  const std::size_t end = message.find('\n');
  const json line = json::parse(message.substr(0, end), nullptr, false);
  if (!line.is_object()) return Corrupt("it begins with no line of JSON");
  if (line.value("v", json()) != kVersion) return Corrupt("its version is not 1");
  ArchiveJob job;
  for (const auto& [name, to] : {std::pair{"run", &job.run},
                                 {"recording", &job.recording},
                                 {"audio", &job.audio},
                                 {"text", &job.text},
                                 {"speaker", &job.speaker},
                                 {"language", &job.language}}) {
    const auto found = line.find(name);
    if (found == line.end()) continue;
    if (!found->is_string()) return Corrupt(std::string(name) + " is no text");
    *to = found->get<std::string>();
  }
  if (job.run.empty() || job.recording.empty() || job.audio.empty() || job.text.empty())
    return Corrupt("it needs run, recording, audio and text");
  const json position = line.value("position", json());
  if (!position.is_number_integer()) return Corrupt("position is no whole number");
  job.position = position.get<std::int64_t>();
  if (!StaysBelow(job.audio)) return Corrupt("audio leads out of the folder of recordings");
  if (const auto bytes = line.find("bytes"); bytes != line.end()) {
    if (end == std::string_view::npos || !bytes->is_number_unsigned() ||
        bytes->get<std::size_t>() != message.size() - end - 1) {
      return Corrupt("its recording is not as long as it says");
    }
    job.content = message.substr(end + 1);
  }
  return job;
}

bool StaysBelow(std::string_view path) {
  if (path.empty() || path.front() == '/' || path.find('\0') != std::string_view::npos)
    return false;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    if (path.substr(0, slash) == "..") return false;
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
  }
  return true;
}

}  // namespace euphone::fleet
