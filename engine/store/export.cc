#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

#include "base/file.h"
#include "labels/labels.h"
#include "store/assignments.h"
#include "store/comments.h"
#include "store/export_lines.h"
#include "store/portable.h"
#include "store/takes.h"

namespace euphone {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

/// The times in a document, as tiers; a document that breaks its schema gives fewer.
std::vector<LabelTier> TiersOf(const Json& document, SampleRate rate) {
  std::vector<LabelTier> tiers = {{"words", {}}, {"phones", {}}, {"scores", {}}};
  const auto put = [&](LabelTier& tier, const Json& entry, std::string label) {
    tier.labels.push_back({SecondsIn(entry.value("start_sample", std::int64_t{0}), rate),
                           SecondsIn(entry.value("end_sample", std::int64_t{0}), rate),
                           std::move(label)});
  };
  for (const Json& word : document.at("words")) {
    put(tiers[0], word, word.value("text", ""));
    for (const Json& phone : word.at("phones")) {
      put(tiers[1], phone, phone.value("arpabet", ""));
      put(tiers[2], phone, std::to_string(std::lround(phone.value("score", 0.0))));
    }
  }
  return tiers;
}

/// Empty where the document does not hold what it takes.
std::string GridOf(const std::string& document) try {
  const Json json = Json::parse(document);
  const Json& audio = json.at("audio");
  const SampleRate rate{audio.value("rate_hz", 16000)};
  return WriteTextGrid({.recording = {},
                        .seconds = SecondsIn(audio.value("samples", std::int64_t{0}), rate),
                        .tiers = TiersOf(json, rate)});
} catch (const Json::exception&) {
  return "";
}

class Exporter {
 public:
  Exporter(const ExportSink& sink, Store& store, const ExportOptions& options)
      : sink_(sink), store_(store), options_(options) {}

  Result<Exported> Run() {
    auto status = Choose();
    if (status) status = Learners();
    if (status) status = Takes();
    if (status) status = Assignments();
    const TakeSelection selection{.learner = options_.learner, .takes = options_.takes};
    if (status) status = Table("takes.csv", TakesCsv(store_, selection));
    if (status) status = Table("sounds.csv", SoundsCsv(store_, selection));
    if (!status) return status.error();
    return exported_;
  }

 private:
  Status Table(const std::string& name, const Result<std::string>& content) {
    return content ? sink_(name, *content) : Status(content.error());
  }

  /// Looks up the takes that were asked for, each once, oldest first.
  Status Choose() {
    for (const TakeId take : options_.takes) {
      auto row = GetTake(store_, take);
      if (!row) return row.error();
      whose_.insert(row->learner.value);
      if (!options_.learner || row->learner == *options_.learner)
        chosen_.insert_or_assign({row->said_ms, take.value}, *std::move(row));
    }
    return {};
  }

  Status Learners() {
    const auto learners = AllLearners(store_);
    if (!learners) return learners.error();
    std::string lines;
    for (const Learner& learner : *learners) {
      if (options_.learner && learner.id != *options_.learner) continue;
      if (!whose_.empty() && !whose_.contains(learner.id.value)) continue;
      uuids_[learner.id.value] = learner.uuid;
      all_ += learner.takes;
      lines += Json{{"schema", kLearnerLine},
                    {"uuid", learner.uuid},
                    {"name", learner.name},
                    {"first_language", learner.first_language},
                    {"made_ms", learner.made_ms}}
                   .dump() +
               "\n";
      ++exported_.learners;
    }
    if (!options_.takes.empty()) all_ = std::ssize(options_.takes);
    return sink_("learners.jsonl", lines);
  }

  Status Takes() {
    const auto status = options_.takes.empty() ? AllTakes() : ChosenTakes();
    return status ? sink_("takes.jsonl", lines_) : status;
  }

  Status ChosenTakes() {
    for (const auto& [when, take] : chosen_) {
      if (auto status = AddTakeLine(take); !status) return status;
    }
    return {};
  }

  Status AllTakes() {
    TakeQuery query{.learner = options_.learner, .order = TakeOrder::kOldest, .limit = 500};
    for (;;) {
      const auto page = FindTakes(store_, query);
      if (!page) return page.error();
      if (page->empty()) return {};
      for (const TakeRow& take : *page) {
        if (auto status = AddTakeLine(take); !status) return status;
      }
      query.after = page->back().id;
    }
  }

  Status AddTakeLine(const TakeRow& take) {
    if (options_.progress && !options_.progress(exported_.takes, all_))
      return Error{Errc::kIo, "the export was stopped; nothing is left of it"};
    const auto line = LineOf(take);
    if (!line) return line.error();
    lines_ += *line + "\n";
    ++exported_.takes;
    return {};
  }

  Result<std::string> LineOf(const TakeRow& take) {
    Json json = {
        {"schema", kTakeLine},        {"uuid", take.uuid}, {"learner", uuids_[take.learner.value]},
        {"said_ms", take.said_ms},    {"day", take.day},   {"text", take.text},
        {"lesson", take.lesson},      {"item", take.item}, {"duration_ms", take.duration_ms},
        {"starred", take.starred},    {"note", take.note}, {"recording", nullptr},
        {"judgements", Json::array()}};
    const std::string file = "takes/" + take.uuid;
    if (auto status = Recording(take, file, json["recording"]); !status)
      return Prefixed("take " + take.uuid, status.error());
    const auto comments = CommentsOf(store_, take.id);
    if (!comments) return comments.error();
    for (const Comment& comment : *comments) {
      Json& line = json["comments"].emplace_back(Json{{"uuid", comment.uuid},
                                                      {"made_ms", comment.made_ms},
                                                      {"author", comment.author},
                                                      {"text", comment.text},
                                                      {"seen", comment.seen},
                                                      {"recording", nullptr}});
      if (auto status = Recording(comment, file + ".comment-" + comment.uuid, line["recording"]);
          !status) {
        return Prefixed("comment " + comment.uuid, status.error());
      }
    }
    const auto judgements = JudgementsOf(store_, take.id);
    if (!judgements) return judgements.error();
    for (std::size_t i = 0; i < judgements->size(); ++i) {
      const KeptJudgement& judgement = (*judgements)[i];
      const bool last = i + 1 == judgements->size();
      const std::string stem = file + (last ? "" : ".judgement-" + std::to_string(i + 1));
      if (auto status = sink_(stem + ".json", judgement.document); !status) return status.error();
      json["judgements"].push_back({{"file", stem + ".json"}, {"made_ms", judgement.made_ms}});
      const std::string grid = last ? GridOf(judgement.document) : "";
      if (grid.empty()) continue;
      if (auto status = sink_(stem + ".TextGrid", grid); !status) return status.error();
    }
    // A text that is no UTF-8 cannot be in the store; a lone byte would become a sign for it.
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
  }

  /// Writes the recording of a take or a comment where it has one, and its file's name to `name`.
  template <class Row>
  Status Recording(const Row& row, const std::string& stem, Json& name) {
    if (!row.has_recording || !options_.recordings) return {};
    const auto kept = RecordingOf(store_, row.id);
    if (!kept) return kept.error();
    name = stem + kept->ending;
    ++exported_.recordings;
    return sink_(stem + kept->ending, kept->content);
  }

  /// Not those of an export of chosen takes.
  Status Assignments() {
    if (!options_.takes.empty()) return {};
    const auto assignments = AssignmentsOf(store_, options_.learner);
    if (!assignments) return assignments.error();
    std::string lines;
    for (const Assignment& assignment : *assignments) {
      lines += Json{{"schema", kAssignmentLine},
                    {"uuid", assignment.uuid},
                    {"learner", uuids_[assignment.learner.value]},
                    {"lesson", assignment.lesson},
                    {"made_ms", assignment.made_ms},
                    {"due_day", assignment.due_day ? Json(*assignment.due_day) : Json()},
                    {"note", assignment.note}}
                   .dump() +
               "\n";
    }
    return sink_("assignments.jsonl", lines);
  }

  const ExportSink& sink_;
  Store& store_;
  const ExportOptions& options_;
  std::map<std::pair<std::int64_t, std::int64_t>, TakeRow> chosen_;  ///< By time and id.
  std::set<std::int64_t> whose_;  ///< Learners of what was asked for; empty: all.
  std::string lines_;             ///< takes.jsonl so far.
  Exported exported_;
  std::int64_t all_ = 0;
  std::map<std::int64_t, std::string> uuids_;
};

}  // namespace

Result<Exported> ExportTo(const ExportSink& sink, Store& store, const ExportOptions& options) {
  return Exporter(sink, store, options).Run();
}

Result<Exported> ExportStore(Store& store, const fs::path& folder, const ExportOptions& options) {
  std::error_code failed;
  if (fs::exists(folder, failed) &&
      !(fs::is_directory(folder, failed) && fs::is_empty(folder, failed))) {
    return Error{Errc::kInvalidArgument,
                 folder.string() + ": it is there already; choose another folder"};
  }
  const fs::path partial = folder.string() + ".part";
  fs::remove_all(partial, failed);
  fs::create_directories(partial / "takes", failed);
  if (failed) return Error{Errc::kIo, partial.string() + ": cannot make it: " + failed.message()};
  const ExportSink sink = [&](const std::string& name, std::string_view content) {
    return WriteFileAtomically(partial / name, content);
  };
  auto exported = ExportTo(sink, store, options);
  if (exported) {
    fs::rename(partial, folder, failed);
    if (!failed) return exported;
    exported = Error{Errc::kIo, folder.string() + ": cannot be made: " + failed.message()};
  }
  fs::remove_all(partial, failed);
  return exported;
}

}  // namespace euphone
