#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>
#include <string>
#include <vector>

#include "choices.h"
#include "commands.h"
#include "standard_input.h"
#include "store_access.h"
#include "terminal.h"
#include "tutor_index.h"

namespace euphone::cli {
namespace {

struct AskOptions {
  std::vector<std::string> words;
  std::string learner;
  StoreOptions store;
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

/// Breaks a line at blanks; what follows the first is indented as `indent` says.
std::string Folded(const std::string& text, const std::string& first, const std::string& indent) {
  const auto width = static_cast<std::size_t>(TerminalWidth());
  std::string page, line = first;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const std::string word = text.substr(begin, end - begin);
    begin = end + 1;
    const bool blank = line == first || line == indent;
    if (!blank && line.size() + 1 + word.size() > width) {
      page += line + "\n";
      line = indent + word;
    } else {
      line += (blank ? "" : " ") + word;
    }
  }
  return page + line + "\n";
}

std::string AnswerPage(const TutorReply& told) {
  const bool colour = UseColour(ColourMode::kAuto);
  const char *bold = colour ? "\033[1m" : "", *faint = colour ? "\033[2m" : "",
             *plain = colour ? "\033[0m" : "";
  std::string page;
  for (const std::string& line : told.record) page += Folded(line, "", "  ");
  for (const AnswerPart& part : told.answer->parts) {
    const std::string& heading = part.heading;
    if (!page.empty()) page += "\n";
    page += fmt::format("{}{}{}{}{} {}[{}]{}\n", bold, part.title, heading.empty() ? "" : ": ",
                        heading, plain, faint, part.passage, plain);
    for (const std::string& line : part.lines)
      page += heading.empty() ? Folded(line, "  ", "  ") : Folded(line, "  • ", "    ");
  }
  if (told.answer->parts.empty()) {
    page +=
        "I know nothing of that. Ask me about a sound (\"how do I make the th sound\"), two words\n"
        "that you mix up (\"ship or sheep\"), stress, rhythm, or your first language.\n";
  }
  return page;
}

ExitCode AskOne(const std::string& question, const AskOptions& options, TutorIndex& index) {
  const auto reply = index.Ask(question, options.passages);
  if (!reply) return Report(reply.error());
  if (options.json) return Show(AnswerJson(*reply, index.phones()) + "\n");
  return Show(reply->answer ? AnswerPage(*reply) : PassageList(reply->found));
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
  ExitCode worst = ExitCode::kOk;
  for (const std::string& question : questions) {
    if (Interrupted()) return ExitCode::kInterrupted;
    worst = Worse(worst, AskOne(question, options, **index));
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
  command->add_flag("--json", options->json, "One JSON object per question (docs/formats/ask.md)");
  AddStoreOptions(*command, options->store);
  command->callback(
      [options, &global] { global.run = [options, &global] { return Ask(*options, global); }; });
}

}  // namespace euphone::cli
