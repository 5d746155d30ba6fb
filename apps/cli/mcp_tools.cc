#include "mcp_tools.h"

#include <fmt/format.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "judge_recording.h"
#include "mcp_descriptions.h"
#include "mcp_files.h"
#include "mcp_report.h"
#include "practice_run.h"
#include "pronunciations.h"
#include "report/report.h"
#include "store_commands.h"
#include "terminal.h"
#include "tutor_index.h"

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;
using mcp::Json, mcp::Tool, mcp::ToolResult;

/// Opened when it is first needed; a failure is told, and tried again the next time.
template <class T>
class Lazy {
 public:
  template <class Open>
  Result<T*> Get(Open open) {
    if (!value_) {
      auto opened = open();
      if (!opened) return opened.error();
      value_.emplace(*std::move(opened));
    }
    return &*value_;
  }

 private:
  std::optional<T> value_;
};

/// What the tools share.
struct Desk {
  McpOptions options;
  Lazy<std::shared_ptr<const Lexicon>> lexicon;
  Lazy<Engine> engine;
  Lazy<TutorParts> tutor;
  Lazy<std::unique_ptr<TutorIndex>> for_anybody;
  Lazy<PracticeMaterial> material;

  Result<std::shared_ptr<const Lexicon>*> OpenedLexicon() {
    return lexicon.Get([&] { return OpenLexicon(options.installation); });
  }
};

/// The string of this name; empty where it was not given.
std::string Given(const Json& arguments, const char* name) {
  return arguments.value(name, std::string());
}

Result<Engine*> OpenedEngine(Desk& desk) {
  return desk.engine.Get([&]() -> Result<Engine> {
    const auto lexicon = desk.OpenedLexicon();
    if (!lexicon) return lexicon.error();
    return OpenWatchedEngine(desk.options.installation, AnalyzerConfig{}, **lexicon);
  });
}

Result<ToolResult> AnalyzeRecording(Desk& desk, const Json& arguments) {
  const auto file = FileUnder(desk.options.root, Given(arguments, "path"));
  if (!file) return file.error();
  const auto engine = OpenedEngine(desk);
  if (!engine) return engine.error();
  const PhoneSet& phones = (*engine)->phones();
  std::unique_ptr<LearnerLog> log;
  if (const std::string learner = Given(arguments, "learner"); !learner.empty()) {
    auto opened = LearnerLog::Open(desk.options.store, learner, phones);
    if (!opened) return opened.error();
    log = *std::move(opened);
  }
  const Job job{.audio = *file,
                .text = Given(arguments, "text"),
                .id = DefaultId(*file),
                .text_name = "text",
                .file_name = {}};
  ReadOptions read;
  read.stop = InterruptDescriptor();
  const auto judged = JudgeRecording(**engine, job, read, log.get());
  if (!judged) return judged.error();
  std::string text = CompactReport(judged->analysis, phones);
  if (!judged->complaint.empty()) text = judged->complaint + "\n" + text;
  return ToolResult{std::move(text),
                    Json::parse(WriteJson(judged->analysis, phones, {.pretty = false}))};
}

std::string AnswerText(const TutorReply& reply) {
  std::string text;
  for (const std::string& line : reply.record) text += line + "\n";
  for (const AnswerPart& part : reply.answer->parts) {
    text += fmt::format("{}{}{}{} [{}]\n", text.empty() ? "" : "\n", part.title,
                        part.heading.empty() ? "" : ": ", part.heading, part.passage);
    for (const std::string& line : part.lines) text += "- " + line + "\n";
  }
  return reply.answer->parts.empty() ? text + "Nothing that is known here answers this.\n" : text;
}

Result<ToolResult> Explain(Desk& desk, const Json& arguments) {
  const auto parts = desk.tutor.Get([&] { return OpenTutorParts(desk.options.installation); });
  if (!parts) return parts.error();
  const std::string learner = Given(arguments, "learner");
  const auto open = [&] { return TutorIndex::Open(**parts, learner, desk.options.store); };
  Lazy<std::unique_ptr<TutorIndex>> of_learner;
  const auto index = (learner.empty() ? desk.for_anybody : of_learner).Get(open);
  if (!index) return index.error();
  TutorIndex& asked = ***index;
  const auto reply = asked.Ask(Given(arguments, "question"));
  if (!reply) return reply.error();
  return ToolResult{AnswerText(*reply), Json::parse(AnswerJson(*reply, asked.phones()))};
}

Result<ToolResult> PlanPractice(Desk& desk, const Json& arguments) {
  PracticeOptions wanted{.learner = Given(arguments, "learner"),
                         .sound = Given(arguments, "sound"),
                         .against = Given(arguments, "against"),
                         .pack = {},
                         .store = desk.options.store};
  if (wanted.sound.empty() && !wanted.against.empty())
    return Error{Errc::kInvalidArgument, "against needs sound: the one to be practised"};
  if (arguments.contains("count"))
    wanted.count = static_cast<std::size_t>(arguments["count"].get<double>());
  const auto material =
      desk.material.Get([&] { return OpenPracticeMaterial(desk.options.installation); });
  if (!material) return material.error();
  auto told = TellPractice(wanted, **material);
  if (!told) return told.error();
  return ToolResult{std::move(told->text), std::move(told->document)};
}

Result<ToolResult> LookUpWord(Desk& desk, const Json& arguments) {
  const auto lexicon = desk.OpenedLexicon();
  if (!lexicon) return lexicon.error();
  const LanguagePack& pack = (**lexicon)->pack();
  std::optional<Error> failure;
  const auto words =
      LookUp(***lexicon, Given(arguments, "word"), [&](const Error& error) { failure = error; });
  if (!words) return words.error();
  if (failure) return *failure;
  if (words->empty()) return Error{Errc::kInvalidArgument, "word: there is no word in it"};
  ToolResult result{"", {{"words", Json::array()}}};
  for (const WordPronunciations& word : *words) {
    result.text += PronunciationsTable(word, pack);
    result.document["words"].push_back(PronunciationsJson(word, pack));
  }
  return result;
}

bool StoreExists(const StoreOptions& options) {
  const auto folder = StoreFolder(options);
  std::error_code ignored;
  return folder && fs::exists(*folder / "store.json", ignored);
}

Result<ToolResult> ListLearners(Desk& desk, const Json&) {
  auto store = OpenStore(desk.options.store);
  if (!store) return store.error();
  const auto learners = AllLearners(*store);
  if (!learners) return learners.error();
  ToolResult result{"", {{"learners", Json::array()}}};
  for (const Learner& one : *learners) {
    result.text += one.name + ": " + Counted(one.takes, "recording") +
                   (one.first_language.empty() ? "" : ", first language " + one.first_language) +
                   "\n";
    result.document["learners"].push_back(
        {{"name", one.name}, {"first_language", one.first_language}, {"recordings", one.takes}});
  }
  if (learners->empty()) result.text = "There are no learners yet.\n";
  return result;
}

}  // namespace

std::vector<Tool> MakeMcpTools(const McpOptions& options) {
  const auto desk = std::make_shared<Desk>();
  desk->options = options;
  const auto done_by = [&](Tool tool, Result<ToolResult> (*work)(Desk&, const Json&)) {
    tool.call = [desk, work](const Json& arguments) { return work(*desk, arguments); };
    return tool;
  };
  std::vector<Tool> tools{
      done_by(DescribeAnalyzeRecording(), AnalyzeRecording), done_by(DescribeExplain(), Explain),
      done_by(DescribePlanPractice(), PlanPractice), done_by(DescribeLookUpWord(), LookUpWord),
      done_by(DescribeListLearners(), ListLearners)};
  tools.back().offered = [store = options.store] { return StoreExists(store); };
  return tools;
}

}  // namespace euphone::cli
