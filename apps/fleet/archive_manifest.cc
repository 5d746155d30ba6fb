#include "fleet/archive_manifest.h"

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <utility>

namespace euphone::fleet {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t kLongestLine = 1 << 20;
constexpr std::size_t kLongestId = 500;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
const std::vector<std::string> kColumns{"audio", "text", "id", "speaker", "language"};

std::string* FieldOf(ArchiveJob& job, const std::string& column) {
  if (column == "audio") return &job.audio;
  if (column == "text") return &job.text;
  if (column == "id") return &job.recording;
  if (column == "speaker") return &job.speaker;
  if (column == "language") return &job.language;
  return nullptr;
}

/// The library of JSON refuses what is not.
bool IsUtf8(const std::string& text) try {
  [[maybe_unused]] const std::string dumped = json(text).dump();
  return true;
} catch (const json::exception&) {
  return false;
}

bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

}  // namespace

Error ArchiveManifest::Wrong(const std::string& why) const {
  return {Errc::kInvalidArgument, file_.string() + " line " + std::to_string(line_) + ": " + why};
}

Result<ArchiveManifest> ArchiveManifest::Open(const fs::path& file, const fs::path& root) {
  ArchiveManifest manifest;
  manifest.file_ = file;
  manifest.root_ = root;
  const std::string ending = file.extension().string();
  if (ending == ".csv") {
    manifest.form_ = Form::kCsv;
  } else if (ending == ".tsv" || ending == ".txt") {
    manifest.form_ = Form::kTsv;
  } else if (ending == ".jsonl" || ending == ".ndjson") {
    manifest.form_ = Form::kJsonLines;
  } else {
    return Error{Errc::kUnsupported,
                 file.string() + ": a list of recordings ends in .csv, .tsv or .jsonl"};
  }
  if (!fs::exists(file)) return Error{Errc::kNotFound, file.string() + ": there is no such file"};
  if (fs::is_directory(file)) return Error{Errc::kIo, file.string() + ": it is a folder"};
  manifest.stream_.open(file, std::ios::binary);
  if (!manifest.stream_) return Error{Errc::kIo, file.string() + ": it cannot be read"};
  if (manifest.form_ == Form::kJsonLines) return manifest;
  manifest.columns_ = kColumns;
  std::string line;
  if (!manifest.NextLine(line)) return manifest;
  const auto fields = manifest.Split(line);
  if (!fields) return fields.error();
  if (std::find(fields->begin(), fields->end(), "audio") == fields->end()) {
    manifest.ahead_ = std::move(line);
    return manifest;
  }
  if (auto status = manifest.ReadHeader(*fields); !status) return status.error();
  return manifest;
}

bool ArchiveManifest::NextLine(std::string& line) {
  if (ahead_) {
    line = *std::exchange(ahead_, std::nullopt);
    return true;
  }
  while (std::getline(stream_, line)) {
    if (++line_ == 1 && line.starts_with(kByteOrderMark)) line.erase(0, kByteOrderMark.size());
    if (line.ends_with('\r')) line.pop_back();
    if (!line.empty() && !line.starts_with('#')) return true;
  }
  return false;
}

Result<ArchiveManifest::Fields> ArchiveManifest::Split(const std::string& line) const {
  const char separator = form_ == Form::kCsv ? ',' : '\t';
  Fields fields(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (form_ == Form::kCsv && c == '"') {
      if (quoted && i + 1 < line.size() && line[i + 1] == '"') {
        fields.back() += line[++i];
      } else {
        quoted = !quoted;
      }
    } else if (c == separator && !quoted) {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  if (quoted) return Wrong("a quotation mark is not closed; a text must be on one line");
  return fields;
}

Status ArchiveManifest::ReadHeader(const Fields& fields) {
  for (const std::string& field : fields) {
    if (std::find(kColumns.begin(), kColumns.end(), field) == kColumns.end())
      return Wrong("no column '" + field + "'; there are audio, text, id, speaker, language");
    if (std::count(fields.begin(), fields.end(), field) > 1)
      return Wrong("two columns '" + field + "'");
  }
  if (std::find(fields.begin(), fields.end(), "text") == fields.end())
    return Wrong("a column 'text' is needed");
  columns_ = fields;
  return {};
}

Result<ArchiveJob> ArchiveManifest::FromFields(Fields fields) const {
  if (fields.size() > columns_.size()) {
    return Wrong("it has " + std::to_string(fields.size()) + " fields, and there are " +
                 std::to_string(columns_.size()) + " columns");
  }
  ArchiveJob job;
  for (std::size_t i = 0; i < fields.size(); ++i) *FieldOf(job, columns_[i]) = std::move(fields[i]);
  return job;
}

Result<ArchiveJob> ArchiveManifest::FromJson(const std::string& line) const {
  const json object = json::parse(line, nullptr, false);
  if (!object.is_object()) return Wrong("it is no JSON object");
  ArchiveJob job;
  for (const auto& [name, value] : object.items()) {
    std::string* const field = FieldOf(job, name);
    if (field == nullptr)
      return Wrong("no field '" + name + "'; there are audio, text, id, speaker, language");
    if (!value.is_string()) return Wrong("'" + name + "' must be a text");
    *field = value.get<std::string>();
  }
  return job;
}

Status ArchiveManifest::Complete(ArchiveJob& job) {
  if (job.audio.empty()) return Wrong("it names no recording (audio)");
  if (job.text.empty()) return Wrong("it has no text");
  if (job.audio.front() == '/') {
    const std::string below = fs::path(job.audio).lexically_relative(root_).generic_string();
    if (!StaysBelow(below)) {
      return Wrong(job.audio + " is not below " + root_.string() +
                   "; name the folder of recordings (--root)");
    }
    job.audio = below;
  }
  if (!StaysBelow(job.audio)) return Wrong(job.audio + " leads out of the folder of recordings");
  if (job.recording.empty()) job.recording = job.audio;
  if (job.recording.size() > kLongestId) return Wrong("an id may have 500 bytes");
  for (const std::string* one : {&job.recording, &job.audio, &job.speaker, &job.language}) {
    if (std::any_of(one->begin(), one->end(), IsControl))
      return Wrong("a control character in an id or a name");
  }
  if (job.text.find('\0') != std::string::npos) return Wrong("a zero byte in the text");
  if (!IsUtf8(job.text + job.recording + job.audio + job.speaker + job.language))
    return Wrong("it is not UTF-8");
  job.position = ++position_;
  return {};
}

Result<std::optional<ArchiveJob>> ArchiveManifest::Next() {
  std::string line;
  if (!NextLine(line)) return std::optional<ArchiveJob>();
  if (line.size() > kLongestLine) return Wrong("it is longer than 1 MB");
  Result<ArchiveJob> job = ArchiveJob{};
  if (form_ == Form::kJsonLines) {
    job = FromJson(line);
  } else {
    auto fields = Split(line);
    if (!fields) return fields.error();
    job = FromFields(*std::move(fields));
  }
  if (!job) return job.error();
  if (auto status = Complete(*job); !status) return status.error();
  return std::optional(*std::move(job));
}

Result<ManifestCheck> CheckManifest(const fs::path& file, const fs::path& root) {
  auto manifest = ArchiveManifest::Open(file, root);
  if (!manifest) return manifest.error();
  std::vector<std::pair<std::uint64_t, std::uint64_t>> seen;  // Digests of ids, and their lines.
  for (;;) {
    auto job = manifest->Next();
    if (!job) return job.error();
    if (!*job) break;
    seen.emplace_back(std::hash<std::string>{}((*job)->recording), manifest->line());
  }
  if (seen.empty())
    return Error{Errc::kInvalidArgument, file.string() + ": the list names no recording"};
  std::sort(seen.begin(), seen.end());
  const auto twice = std::adjacent_find(
      seen.begin(), seen.end(), [](const auto& a, const auto& b) { return a.first == b.first; });
  if (twice != seen.end()) {
    return Error{Errc::kInvalidArgument, file.string() + " line " +
                                             std::to_string(std::next(twice)->second) +
                                             ": the id of line " + std::to_string(twice->second) +
                                             " again; without an id it is the file's path"};
  }
  return ManifestCheck{.recordings = static_cast<std::int64_t>(seen.size())};
}

}  // namespace euphone::fleet
