#include <algorithm>
#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>
#include <span>
#include <system_error>
#include <vector>

#include "audio/audio_reader.h"
#include "base/file.h"
#include "store/assignments.h"
#include "store/comments.h"
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
    std::error_code ignored;
    // Exports of before there were any have no such file.
    if (status && fs::exists(folder_ / "assignments.jsonl", ignored)) {
      status = EachLine("assignments.jsonl", kAssignmentLine,
                        [this](const Json& line) { return TakeAssignment(line); });
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
    if (const auto known = GetTake(store_, take.uuid)) {
      ++imported_.known;
      return TakeComments(known->id, line);
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
    const auto id =
        WithRecording(line.at("recording"), [&](const std::optional<EncodedRecording>& recording) {
          return AddTake(store_, take, recording);
        });
    if (!id) return id.error();
    for (std::size_t i = 1; i < judgements->size(); ++i) {
      const Dated& later = (*judgements)[i];
      if (auto status = JudgeAgain(store_, *id, later.judgement, later.made_ms); !status)
        return status;
    }
    ++imported_.takes;
    return TakeComments(*id, line);
  }

  Status TakeComments(TakeId take, const Json& line) {
    for (const Json& each : line.value("comments", Json::array())) {
      const NewComment comment{.take = take,
                               .made_ms = each.at("made_ms"),
                               .author = each.at("author"),
                               .text = each.at("text"),
                               .uuid = each.at("uuid"),
                               .seen = each.value("seen", false)};
      if (GetComment(store_, comment.uuid)) continue;
      const auto added = WithRecording(each.at("recording"),
                                       [&](const std::optional<EncodedRecording>& recording) {
                                         return AddComment(store_, comment, recording);
                                       });
      if (!added) return added.error();
    }
    return {};
  }

  Status TakeAssignment(const Json& line) {
    NewAssignment assignment{.lesson = line.at("lesson"),
                             .made_ms = line.at("made_ms"),
                             .note = line.value("note", ""),
                             .uuid = line.at("uuid")};
    if (const Json& due = line.at("due_day"); !due.is_null()) assignment.due_day = due;
    const auto learner = learners_.find(line.at("learner").get<std::string>());
    if (learner == learners_.end()) return Error{Errc::kCorrupt, "nobody has this assignment"};
    assignment.learner = learner->second;
    if (GetAssignment(store_, assignment.uuid)) return {};
    const auto added = AddAssignments(store_, {assignment});
    return added ? Status() : Status(added.error());
  }

  /// What `add` makes of the recording that a line names, or of none.
  template <class Add>
  auto WithRecording(const Json& named, Add add) const -> decltype(add(std::nullopt)) {
    if (named.is_null()) return add(std::nullopt);
    const auto content = Content(named, kMostRecording);
    if (!content) return content.error();
    const std::string name = named;
    const std::string ending = fs::path(name).extension().string();
    if (ending != ".flac" && ending != ".opus")
      return Error{Errc::kUnsupported, name + ": recordings are .flac or .opus"};
    ReadOptions options;
    options.max_seconds = 3600.0;
    options.keep_up_to = SampleRate{48000};
    const auto read = ReadRecording(std::as_bytes(std::span(*content)), name, options);
    if (!read) return read.error();
    return add(EncodedRecording{*content, ending, std::ssize(read->samples), read->rate});
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
