#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "base/file.h"
#include "corpus/readers.h"

// Lhotse's documentation, "Representing a corpus": a JSON object on each line, often packed by
// gzip.

namespace euphone {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

Result<std::string> Unpacked(const fs::path& file) {
  auto packed = ReadFile(file, kMostListBytes);
  if (!packed || !file.string().ends_with(".gz")) return packed;
  const std::unique_ptr<archive, decltype(&archive_read_free)> reader(archive_read_new(),
                                                                      archive_read_free);
  archive_read_support_filter_gzip(reader.get());
  archive_read_support_format_raw(reader.get());
  archive_entry* entry = nullptr;
  const Error broken{Errc::kCorrupt, file.string() + ": is no gzip file, or damaged"};
  if (archive_read_open_memory(reader.get(), packed->data(), packed->size()) != ARCHIVE_OK ||
      archive_read_next_header(reader.get(), &entry) != ARCHIVE_OK ||
      archive_filter_code(reader.get(), 0) != ARCHIVE_FILTER_GZIP)
    return broken;
  std::string text;
  std::array<char, 65536> block{};
  for (la_ssize_t got = 0;
       (got = archive_read_data(reader.get(), block.data(), block.size())) != 0;) {
    if (got < 0) return broken;
    text.append(block.data(), static_cast<std::size_t>(got));
    if (text.size() > kMostListBytes)
      return Error{Errc::kTooLarge, file.string() + ": is longer than 1 GiB unpacked; cut it"};
  }
  return text;
}

/// Calls `read` with the object of each line. What it throws becomes an error with the line.
template <class Read>
Status ForEachLine(const fs::path& file, Read read) {
  const auto text = Unpacked(file);
  if (!text) return text.error();
  std::string_view rest = *text;
  for (std::size_t number = 1; !rest.empty(); ++number) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const std::string where = file.string() + " line " + std::to_string(number);
    try {
      const Json object = Json::parse(line);
      if (auto status = read(object); !status) return Prefixed(where, status.error());
    } catch (const Json::exception&) {
      return Error{Errc::kCorrupt, where + ": is no object of a Lhotse manifest"};
    }
  }
  return {};
}

std::string TextOr(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// Where the audio of a Recording lies.
Result<fs::path> SourceOf(const Json& recording, const fs::path& folder) {
  const Json& sources = recording.at("sources");
  const std::string id = TextOr(recording, "id");
  if (sources.size() != 1)
    return Error{Errc::kUnsupported,
                 id + " lies in " + std::to_string(sources.size()) + " files; one is read"};
  const Json& source = sources.at(0);
  if (TextOr(source, "type") != "file")
    return Error{Errc::kUnsupported, id + " is no file but a '" + TextOr(source, "type") +
                                         "'; save the audio first (lhotse: save_audios)"};
  return NearestAudio(folder, source.at("source").get<std::string>());
}

/// Absent where all of the recording is meant.
std::optional<AudioStretch> StretchOf(const Json& span, const Json& recording) {
  const double begin = span.at("start").get<double>(), length = span.at("duration").get<double>();
  constexpr double kAll = 0.01;
  if (begin < kAll && recording.contains("duration") &&
      length > recording.at("duration").get<double>() - kAll)
    return std::nullopt;
  return AudioStretch{begin, begin + length};
}

Status ReadCut(const Json& cut, const fs::path& folder, std::vector<ListedUtterance>& utterances) {
  if (TextOr(cut, "type") == "MixedCut" || !cut.contains("recording"))
    return Error{Errc::kUnsupported, TextOr(cut, "id") +
                                         " is a mixed or empty cut; cuts of one "
                                         "recording are read"};
  const Json& recording = cut.at("recording");
  auto audio = SourceOf(recording, folder);
  if (!audio) return audio.error();
  ListedUtterance utterance{.id = cut.at("id").get<std::string>(),
                            .audio = *std::move(audio),
                            .text = {},
                            .speaker = {},
                            .stretch = StretchOf(cut, recording)};
  for (const Json& supervision : cut.value("supervisions", Json::array())) {
    const std::string text = TextOr(supervision, "text");
    utterance.text += (utterance.text.empty() || text.empty() ? "" : " ") + text;
    if (utterance.speaker.empty()) utterance.speaker = TextOr(supervision, "speaker");
  }
  utterances.push_back(std::move(utterance));
  return {};
}

/// The list of recordings beside one of supervisions: of the same name, but for that word.
Result<fs::path> RecordingsBeside(const fs::path& file) {
  std::string name = file.filename().string();
  const std::string_view word = "supervisions";
  const std::size_t at = name.find(word);
  if (at != std::string::npos) name.replace(at, word.size(), "recordings");
  const fs::path beside = file.parent_path() / name;
  std::error_code ignored;
  if (at == std::string::npos || !fs::exists(beside, ignored))
    return Error{Errc::kNotFound, file.string() + ": the recordings are looked for in " +
                                      beside.string() + ", which is not there; or give cuts"};
  return beside;
}

Result<std::map<std::string, Json>> ReadRecordings(const fs::path& file) {
  std::map<std::string, Json> recordings;
  auto status = ForEachLine(file, [&](const Json& recording) -> Status {
    recordings[recording.at("id").get<std::string>()] = recording;
    return {};
  });
  if (!status) return status.error();
  return recordings;
}

Status ReadSupervision(const Json& supervision, const fs::path& folder,
                       const std::map<std::string, Json>& recordings,
                       std::vector<ListedUtterance>& utterances) {
  const auto recording = recordings.find(supervision.at("recording_id").get<std::string>());
  if (recording == recordings.end())
    return Error{Errc::kCorrupt, "its recording is not in the list beside it"};
  auto audio = SourceOf(recording->second, folder);
  if (!audio) return audio.error();
  utterances.push_back({.id = supervision.at("id").get<std::string>(),
                        .audio = *std::move(audio),
                        .text = TextOr(supervision, "text"),
                        .speaker = TextOr(supervision, "speaker"),
                        .stretch = StretchOf(supervision, recording->second)});
  return {};
}

}  // namespace

Result<std::vector<ListedUtterance>> ReadLhotseManifest(const fs::path& file) {
  const fs::path folder = file.parent_path();
  std::vector<ListedUtterance> utterances;
  std::optional<std::map<std::string, Json>> recordings;
  auto status = ForEachLine(file, [&](const Json& object) -> Status {
    if (!object.contains("recording_id")) {
      if (object.contains("sources") && !object.contains("recording"))
        return Error{Errc::kUnsupported,
                     "this is a list of recordings; give the supervisions or cuts"};
      return ReadCut(object, folder, utterances);
    }
    if (!recordings) {
      const auto beside = RecordingsBeside(file);
      if (!beside) return beside.error();
      auto read = ReadRecordings(*beside);
      if (!read) return read.error();
      recordings = *std::move(read);
    }
    return ReadSupervision(object, folder, *recordings, utterances);
  });
  if (!status) return status.error();
  return utterances;
}

}  // namespace euphone
