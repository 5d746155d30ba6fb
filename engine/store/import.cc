#include <algorithm>
#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>
#include <span>
#include <system_error>
#include <vector>

#include "audio/audio_reader.h"
#include "base/file.h"
#include "store/days.h"
#include "store/export_lines.h"
#include "store/judgement.h"
#include "store/portable.h"
#include "store/takes.h"

namespace euphone {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostLines = std::size_t{1} << 30;
constexpr std::size_t kMostRecording = 400 << 20;
constexpr std::size_t kMostDocument = 64 << 20;

class Importer {
 public:
  Importer(Store& store, const fs::path& folder, const ExportProgress& progress)
      : store_(store), folder_(folder), progress_(progress) {}

  Result<Imported> Run() {
    auto status = EachLine("learners.jsonl", kLearnerLine,
                           [this](const Json& line) { return TakeLearner(line); });
    if (status) {
      status =
          EachLine("takes.jsonl", kTakeLine, [this](const Json& line) { return TakeTake(line); });
    }
    if (!status) return status.error();
    return imported_;
  }

 private:
  template <class Take>
  Status EachLine(const char* name, std::string_view schema, Take take) {
    const fs::path file = folder_ / name;
    const auto content = ReadFile(file, kMostLines);
    if (!content) {
      if (content.error().code == Errc::kNotFound)
        return Error{Errc::kNotFound, folder_.string() + ": this is no export of Euphone"};
      return content.error();
    }
    const auto all = std::count(content->begin(), content->end(), '\n');
    std::int64_t number = 0;
    for (std::size_t begin = 0; begin < content->size();) {
      const std::size_t end = std::min(content->find('\n', begin), content->size());
      const std::string where = file.string() + ", line " + std::to_string(++number);
      if (progress_ && !progress_(number, all))
        return Error{Errc::kIo, "the import was stopped; what was taken in stays"};
      try {
        const Json line = Json::parse(content->begin() + static_cast<std::ptrdiff_t>(begin),
                                      content->begin() + static_cast<std::ptrdiff_t>(end));
        if (line.at("schema") != schema)
          return Error{Errc::kCorrupt, where + ": it is not of the kind " + std::string(schema)};
        if (auto status = take(line); !status) return Prefixed(where, status.error());
      } catch (const Json::exception& error) {
        return Error{Errc::kCorrupt, where + ": it is not as the format says"};
      }
      begin = end + 1;
    }
    return {};
  }

  Status TakeLearner(const Json& line) {
    const std::string uuid = line.at("uuid"), name = line.at("name");
    const auto known = store_.database().Number("SELECT id FROM learners WHERE uuid = ?1",
                                                {std::string_view(uuid)});
    if (!known) return known.error();
    if (*known) {
      learners_[uuid] = {**known};
      return {};
    }
    for (int number = 1;; ++number) {
      const std::string tried = number == 1 ? name : name + " (" + std::to_string(number) + ")";
      const auto taken = store_.database().Number("SELECT 1 FROM learners WHERE name = ?1",
                                                  {std::string_view(tried)});
      if (!taken) return taken.error();
      if (*taken) continue;
      const auto added =
          AddLearner(store_, tried, line.value("first_language", ""), line.at("made_ms"), uuid);
      if (!added) return added.error();
      learners_[uuid] = added->id;
      ++imported_.learners;
      return {};
    }
  }

  Status TakeTake(const Json& line) {
    NewTake take;
    take.uuid = line.at("uuid");
    if (GetTake(store_, take.uuid)) {
      ++imported_.known;
      return {};
    }
    const auto learner = learners_.find(line.at("learner").get<std::string>());
    if (learner == learners_.end()) return Error{Errc::kCorrupt, "nobody has this take"};
    take.learner = learner->second;
    take.said_ms = line.at("said_ms");
    take.utc_offset_ms = line.at("day").get<std::int64_t>() * kDayMs - take.said_ms;
    take.text = line.at("text");
    take.lesson = line.value("lesson", "");
    take.item = line.value("item", "");
    take.duration_ms = line.at("duration_ms");
    take.starred = line.value("starred", false);
    take.note = line.value("note", "");
    auto judgements = Judgements(line.at("judgements"));
    if (!judgements) return judgements.error();
    if (judgements->empty()) return Error{Errc::kCorrupt, "the take was never judged"};
    take.judgement = std::move(judgements->front().judgement);
    const auto id = Put(take, line.at("recording"));
    if (!id) return id.error();
    for (std::size_t i = 1; i < judgements->size(); ++i) {
      const Dated& later = (*judgements)[i];
      if (auto status = JudgeAgain(store_, *id, later.judgement, later.made_ms); !status)
        return status;
    }
    ++imported_.takes;
    return {};
  }

  Result<TakeId> Put(const NewTake& take, const Json& recording) {
    if (recording.is_null()) return AddTake(store_, take, std::nullopt);
    const auto content = Content(recording, kMostRecording);
    if (!content) return content.error();
    const std::string name = recording;
    const std::string ending = fs::path(name).extension().string();
    if (ending != ".flac" && ending != ".opus")
      return Error{Errc::kUnsupported, name + ": recordings are .flac or .opus"};
    ReadOptions options;
    options.max_seconds = 3600.0;
    options.keep_up_to = SampleRate{48000};
    const auto read = ReadRecording(std::as_bytes(std::span(*content)), name, options);
    if (!read) return read.error();
    return AddTake(store_, take,
                   EncodedRecording{*content, ending, std::ssize(read->samples), read->rate});
  }

  struct Dated {
    std::int64_t made_ms = 0;
    TakeJudgement judgement;
  };

  Result<std::vector<Dated>> Judgements(const Json& list) const {
    std::vector<Dated> judgements;
    for (const Json& entry : list) {
      auto document = Content(entry.at("file"), kMostDocument);
      if (!document) return document.error();
      auto judgement = JudgementOf(*std::move(document));
      if (!judgement) return Prefixed(entry.at("file").get<std::string>(), judgement.error());
      judgements.push_back({entry.at("made_ms"), *std::move(judgement)});
    }
    return judgements;
  }

  /// Only files below the export's takes/ are read, whatever the line asks for.
  Result<std::string> Content(const std::string& name, std::size_t most) const {
    const fs::path path(name);
    if (path.parent_path() != "takes" || path.filename() == "..")
      return Error{Errc::kCorrupt, name + ": an export has its files in takes/"};
    return ReadFile(folder_ / path, most);
  }

  Store& store_;
  const fs::path& folder_;
  const ExportProgress& progress_;
  Imported imported_;
  std::map<std::string, LearnerId> learners_;
};

}  // namespace

Result<Imported> ImportStore(Store& store, const fs::path& folder, const ExportProgress& progress) {
  return Importer(store, folder, progress).Run();
}

}  // namespace euphone
