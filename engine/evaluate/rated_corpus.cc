#include "evaluate/rated_corpus.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/file.h"
#include "evaluate/kaldi_corpus.h"
#include "evaluate/rated_json.h"

namespace euphone {
namespace {

namespace fs = std::filesystem;

/// The recording in the form in which it is there.
fs::path AudioOf(const fs::path& folder, const std::string& utt) {
  std::error_code ignored;
  for (const char* ending : {".opus", ".wav", ".flac"}) {
    fs::path file = folder / "audio" / (utt + ending);
    if (fs::exists(file, ignored)) return file;
  }
  return folder / "audio" / (utt + ".opus");
}

Result<RatedRecording> ReadLine(std::string_view line, const fs::path& folder) {
  const auto entry = nlohmann::json::parse(line, nullptr, false);
  if (!entry.is_object()) return Error{Errc::kCorrupt, "is no JSON object"};
  RatedRecording recording;
  if (auto status = ReadSpeaker(entry, recording); !status) return status.error();
  if (auto status = ReadMarks(entry, recording); !status) return status.error();
  recording.audio = AudioOf(folder, recording.utt);
  return recording;
}

Result<std::vector<RatedRecording>> ReadCompactCorpus(const fs::path& folder) {
  const fs::path file = folder / "scores.jsonl";
  const auto content = ReadFile(file, kMaxScoresBytes);
  if (!content) return content.error();
  std::vector<RatedRecording> recordings;
  std::string_view rest = *content;
  for (std::size_t number = 1; !rest.empty(); ++number) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    auto recording = ReadLine(line, folder);
    if (!recording) {
      return Prefixed(file.string() + ":" + std::to_string(number), recording.error());
    }
    recordings.push_back(*std::move(recording));
  }
  return recordings;
}

}  // namespace

Result<std::vector<RatedRecording>> ReadRatedCorpus(const fs::path& folder, CorpusHalf half) {
  std::error_code ignored;
  const bool compact = fs::exists(folder / "scores.jsonl", ignored);
  if (!compact && !fs::exists(folder / "resource/scores.json", ignored)) {
    return Error{Errc::kNotFound, folder.string() +
                                      ": has neither scores.jsonl nor resource/scores.json, so it "
                                      "is no rated corpus"};
  }
  if (compact && half != CorpusHalf::kDefault) {
    return Error{
        Errc::kInvalidArgument,
        folder.string() + ": is in the compact layout, which has no halves; leave out --half"};
  }
  auto recordings = compact ? ReadCompactCorpus(folder) : ReadKaldiCorpus(folder, half);
  if (!recordings) return recordings;
  if (recordings->empty()) {
    return Error{Errc::kCorrupt, folder.string() + ": holds no rated recording"};
  }
  std::set<std::string> names;
  for (const RatedRecording& recording : *recordings) {
    if (!names.insert(recording.utt).second)
      return Error{Errc::kCorrupt,
                   folder.string() + ": the recording " + recording.utt + " is there twice"};
  }
  return recordings;
}

}  // namespace euphone
