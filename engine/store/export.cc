#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <system_error>
#include <vector>

#include "base/file.h"
#include "report/textgrid.h"
#include "store/export_lines.h"
#include "store/portable.h"
#include "store/takes.h"

namespace euphone {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

/// The times in a document, as tiers; a document that breaks its schema gives fewer.
std::vector<TextGridTier> TiersOf(const Json& document) {
  std::vector<TextGridTier> tiers = {{"words", {}}, {"phones", {}}, {"scores", {}}};
  const auto put = [](TextGridTier& tier, const Json& entry, std::string label) {
    tier.intervals.push_back({entry.value("start_sample", std::int64_t{0}),
                              entry.value("end_sample", std::int64_t{0}), std::move(label)});
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
  return TextGridOf(TiersOf(json), audio.value("samples", std::int64_t{0}),
                    SampleRate{audio.value("rate_hz", 16000)});
} catch (const Json::exception&) {
  return "";
}

class Exporter {
 public:
  Exporter(Store& store, fs::path folder, const ExportOptions& options)
      : store_(store), folder_(std::move(folder)), options_(options) {}

  Result<Exported> Run() {
    auto status = Learners();
    if (status) status = Takes();
    if (status) status = WriteTakesCsv(store_, options_.learner, folder_ / "takes.csv");
    if (status) status = WriteSoundsCsv(store_, options_.learner, folder_ / "sounds.csv");
    if (!status) return status.error();
    return exported_;
  }

 private:
  Status Learners() {
    const auto learners = AllLearners(store_);
    if (!learners) return learners.error();
    std::string lines;
    for (const Learner& learner : *learners) {
      if (options_.learner && learner.id != *options_.learner) continue;
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
    return WriteFileAtomically(folder_ / "learners.jsonl", lines);
  }

  Status Takes() {
    std::string lines;
    TakeQuery query{.learner = options_.learner, .order = TakeOrder::kOldest, .limit = 500};
    for (;;) {
      const auto page = FindTakes(store_, query);
      if (!page) return page.error();
      if (page->empty()) return WriteFileAtomically(folder_ / "takes.jsonl", lines);
      for (const TakeRow& take : *page) {
        if (options_.progress && !options_.progress(exported_.takes, all_))
          return Error{Errc::kIo, "the export was stopped; nothing is left of it"};
        auto line = LineOf(take);
        if (!line) return line.error();
        lines += *line + "\n";
        ++exported_.takes;
      }
      query.after = page->back().id;
    }
  }

  Result<std::string> LineOf(const TakeRow& take) {
    Json json = {
        {"schema", kTakeLine},        {"uuid", take.uuid}, {"learner", uuids_[take.learner.value]},
        {"said_ms", take.said_ms},    {"day", take.day},   {"text", take.text},
        {"lesson", take.lesson},      {"item", take.item}, {"duration_ms", take.duration_ms},
        {"starred", take.starred},    {"note", take.note}, {"recording", nullptr},
        {"judgements", Json::array()}};
    if (take.has_recording && options_.recordings) {
      const auto kept = RecordingOf(store_, take.id);
      if (!kept) return Prefixed("take " + take.uuid, kept.error());
      const std::string name = "takes/" + take.uuid + kept->ending;
      if (auto status = WriteFileAtomically(folder_ / name, kept->content); !status)
        return status.error();
      json["recording"] = name;
      ++exported_.recordings;
    }
    const auto judgements = JudgementsOf(store_, take.id);
    if (!judgements) return judgements.error();
    for (std::size_t i = 0; i < judgements->size(); ++i) {
      const KeptJudgement& judgement = (*judgements)[i];
      const bool last = i + 1 == judgements->size();
      const std::string stem =
          "takes/" + take.uuid + (last ? "" : ".judgement-" + std::to_string(i + 1));
      if (auto status = WriteFileAtomically(folder_ / (stem + ".json"), judgement.document);
          !status)
        return status.error();
      json["judgements"].push_back({{"file", stem + ".json"}, {"made_ms", judgement.made_ms}});
      const std::string grid = last ? GridOf(judgement.document) : "";
      if (grid.empty()) continue;
      if (auto status = WriteFileAtomically(folder_ / (stem + ".TextGrid"), grid); !status)
        return status.error();
    }
    // A text that is no UTF-8 cannot be in the store; a lone byte would become a sign for it.
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
  }

  Store& store_;
  fs::path folder_;
  const ExportOptions& options_;
  Exported exported_;
  std::int64_t all_ = 0;
  std::map<std::int64_t, std::string> uuids_;
};

}  // namespace

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
  auto exported = Exporter(store, partial, options).Run();
  if (exported) {
    fs::rename(partial, folder, failed);
    if (!failed) return exported;
    exported = Error{Errc::kIo, folder.string() + ": cannot be made: " + failed.message()};
  }
  fs::remove_all(partial, failed);
  return exported;
}

}  // namespace euphone
