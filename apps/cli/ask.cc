#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ask_page.h"
#include "choices.h"
#include "commands.h"
#include "llm/compose.h"
#include "llm_options.h"
#include "standard_input.h"
#include "stop_on_interrupt.h"
#include "store_access.h"
#include "terminal.h"
#include "tutor_index.h"

namespace euphone::cli {
namespace {

struct AskOptions {
  std::vector<std::string> words;
  std::string learner;
  StoreOptions store;
  LlmOptions llm;
  bool no_llm = false;       ///< Quote, though a language model is set up.
  std::size_t passages = 0;  ///< List so many in place of an answer.
  bool json = false;
};

std::string PassageList(const SearchResult& result) {
  std::string page;
  for (const SearchHit& hit : result.hits) {
    page += fmt::format("{:<44} {:5.2f}  {}{}{}\n", hit.passage.id, hit.score, hit.passage.title,
                        hit.passage.heading.empty() ? "" : ": ", hit.passage.heading);
  }
  return page;
}

/// Who composes answers out of passages, where somebody does.
struct Composer {
  llm::ChatClient client;
  std::string learner;  ///< Whose name may stand in what it writes.
};

Result<std::optional<Composer>> OpenComposer(const AskOptions& options, TutorIndex& index) {
  if (options.no_llm || options.passages > 0) return std::optional<Composer>();
  auto settings = OpenLlmSettings(options.llm);
  if (!settings) return settings.error();
  if (!*settings) return std::optional<Composer>();
  llm::Redactor redactor;
  if ((*settings)->redact) {
    auto names = index.names();
    if (!names) return names.error();
    redactor = llm::Redactor(*std::move(names), options.learner);
  }
  auto client = llm::ChatClient::Create(std::move((*settings)->config), std::move(redactor));
  if (!client) return client.error();
  return std::optional(Composer{.client = *std::move(client), .learner = options.learner});
}

ExitCode AskOne(const std::string& question, const AskOptions& options, TutorIndex& index,
                std::optional<Composer>& composer) {
  auto reply = index.Ask(question, options.passages);
  if (!reply) return Report(reply.error());
  if (composer) {
    const StopOnInterrupt stop;
    llm::ComposeInto(*reply, composer->client, index.lexicon(), {}, composer->learner,
                     stop.token());
    if (stop.token().stop_requested()) return ExitCode::kInterrupted;
  }
  if (options.json) return Show(AnswerJson(*reply, index.phones()) + "\n");
  if (!reply->rejected.empty()) ReportLine(reply->rejected + "; the passages say:");
  return Show(reply->answer ? AskPage(*reply) : PassageList(reply->found));
}

/// Questions on standard input, one a line.
Result<std::vector<std::string>> ReadQuestions() {
  AnnounceStandardInput("questions, one a line");
  auto text = ReadStandardInput(std::size_t{16} << 20);
  if (!text) return text.error();
  std::vector<std::string> questions;
  for (std::size_t begin = 0; begin < text->size();) {
    const std::size_t end = std::min(text->find('\n', begin), text->size());
    std::string line = text->substr(begin, end - begin);
    if (line.ends_with('\r')) line.pop_back();
    if (!line.empty()) questions.push_back(std::move(line));
    begin = end + 1;
  }
  return questions;
}

ExitCode Ask(const AskOptions& options, const Global& global) {
  if (const auto wrong = WrongChoice(global.installation)) {
    ReportLine(wrong->message);
    return wrong->code;
  }
  std::vector<std::string> questions;
  if (options.words == std::vector<std::string>{"-"}) {
    auto read = ReadQuestions();
    if (!read) return Report(read.error());
    questions = *std::move(read);
  } else {
    std::string question;
    for (const std::string& word : options.words) question += (question.empty() ? "" : " ") + word;
    questions.push_back(std::move(question));
  }
  const auto parts = OpenTutorParts(global.installation);
  if (!parts) return Report(parts.error());
  const auto index = TutorIndex::Open(*parts, options.learner, options.store);
  if (!index) return Report(index.error());
  auto composer = OpenComposer(options, **index);
  if (!composer) return Report(composer.error());
  ExitCode worst = ExitCode::kOk;
  for (const std::string& question : questions) {
    if (Interrupted()) return ExitCode::kInterrupted;
    worst = Worse(worst, AskOne(question, options, **index, *composer));
  }
  return worst;
}

}  // namespace

void AddAsk(CLI::App& app, Global& global) {
  auto options = std::make_shared<AskOptions>();
  CLI::App* command = app.add_subcommand(
      "ask", "Ask the tutor: answers out of what it knows, each with its source");
  command->footer(
      "Examples:\n"
      "  euphone ask \"why do I say 'sink' for 'think'?\"\n"
      "  euphone ask how do I make the r sound --learner Ana\n"
      "  euphone ask weak forms --llm http://127.0.0.1:8080/v1 --llm-model qwen2.5-7b-instruct\n"
      "  euphone ask - --passages 5 --json < questions.txt");
  command->add_option("QUESTION", options->words, "A question in English; - reads many, one a line")
      ->required();
  command
      ->add_option(
          "--learner", options->learner,
          "Also say what this learner's readings say, and look through notes and own lessons")
      ->type_name("NAME");
  command
      ->add_option("--passages", options->passages,
                   "List the passages that fit best, so many, in place of an answer")
      ->type_name("N")
      ->check(CLI::Range(1, 50));
  AddLlmOptions(*command, options->llm);
  command->add_flag("--no-llm", options->no_llm,
                    "Only quote, though llm.json names a language model's server");
  command->add_flag("--json", options->json, "One JSON object per question (docs/formats/ask.md)");
  AddStoreOptions(*command, options->store);
  command->callback(
      [options, &global] { global.run = [options, &global] { return Ask(*options, global); }; });
}

}  // namespace euphone::cli
