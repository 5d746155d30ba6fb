#include "evaluate/kaldi_corpus.h"

#include <charconv>
#include <map>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "base/file.h"
#include "corpus/kaldi_table.h"
#include "evaluate/rated_json.h"

namespace euphone {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxTable = std::size_t{16} << 20;

std::string ValueOr(const std::map<std::string, std::string>& table, const std::string& key) {
  const auto found = table.find(key);
  return found == table.end() ? std::string() : found->second;
}

/// The same entry as scores.jsonl has for a speaker.
nlohmann::json SpeakerEntry(const std::string& utt, const std::string& speaker,
                            const std::string& age, const std::string& gender) {
  nlohmann::json entry{{"utt", utt}, {"speaker", speaker}, {"gender", gender}};
  int years = 0;
  const auto [end, failed] = std::from_chars(age.data(), age.data() + age.size(), years);
  if (failed == std::errc() && end == age.data() + age.size()) entry["age"] = years;
  return entry;
}

Status ReadHalf(const fs::path& folder, const fs::path& half, const nlohmann::json& scores,
                std::vector<RatedRecording>& recordings) {
  const auto wavs = ReadKaldiTable(half / "wav.scp", kMaxTable);
  if (!wavs) return wavs.error();
  const auto speakers = ReadKaldiMap(half / "utt2spk", kMaxTable, false);
  if (!speakers) return speakers.error();
  const auto ages = ReadKaldiMap(half / "spk2age", kMaxTable, true);
  if (!ages) return ages.error();
  const auto genders = ReadKaldiMap(half / "spk2gender", kMaxTable, true);
  if (!genders) return genders.error();
  for (const auto& [utt, wav] : *wavs) {
    RatedRecording& recording = recordings.emplace_back();
    const std::string speaker = ValueOr(*speakers, utt);
    const nlohmann::json entry =
        SpeakerEntry(utt, speaker, ValueOr(*ages, speaker), ValueOr(*genders, speaker));
    if (auto status = ReadSpeaker(entry, recording); !status)
      return Prefixed((half / "wav.scp").string() + ": " + utt, status.error());
    recording.audio = folder / wav;
    const auto marks = scores.find(utt);
    const std::string where = (folder / "resource/scores.json").string() + ": " + utt;
    if (marks == scores.end()) return Error{Errc::kCorrupt, where + " is missing"};
    if (auto status = ReadMarks(*marks, recording); !status) return Prefixed(where, status.error());
  }
  return {};
}

/// The folders of the halves that are wanted and there.
Result<std::vector<fs::path>> Halves(const fs::path& folder, CorpusHalf half) {
  std::error_code ignored;
  const auto there = [&](const char* name) {
    return fs::exists(folder / name / "wav.scp", ignored);
  };
  std::vector<fs::path> halves;
  const bool test = there("test");
  const bool wants_train = half == CorpusHalf::kTrain || half == CorpusHalf::kBoth ||
                           (half == CorpusHalf::kDefault && !test);
  if (wants_train && there("train")) halves.push_back(folder / "train");
  if (half != CorpusHalf::kTrain && test) halves.push_back(folder / "test");
  if (!halves.empty()) return halves;
  return Error{Errc::kNotFound,
               folder.string() + ": has no wav.scp in the half that is wanted; see --half"};
}

}  // namespace

Result<std::vector<RatedRecording>> ReadKaldiCorpus(const fs::path& folder, CorpusHalf half) {
  const fs::path file = folder / "resource/scores.json";
  const auto content = ReadFile(file, kMaxScoresBytes);
  if (!content) return content.error();
  const nlohmann::json scores = nlohmann::json::parse(*content, nullptr, false);
  if (!scores.is_object()) return Error{Errc::kCorrupt, file.string() + ": is no JSON object"};
  const auto halves = Halves(folder, half);
  if (!halves) return halves.error();
  std::vector<RatedRecording> recordings;
  for (const fs::path& one : *halves) {
    if (auto status = ReadHalf(folder, one, scores, recordings); !status) return status.error();
  }
  return recordings;
}

}  // namespace euphone
