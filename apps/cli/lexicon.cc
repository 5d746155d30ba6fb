#include <CLI/CLI.hpp>

#include <memory>
#include <string>
#include <vector>

#include "choices.h"
#include "commands.h"
#include "pronunciations.h"

namespace euphone::cli {
namespace {

struct LexiconOptions {
  std::vector<std::string> words;
  bool json = false;
};

ExitCode ShowWords(const LexiconOptions& options, const InstallationOptions& installation) {
  for (const auto& wrong : {WrongChoice(installation), WrongLexicon(installation)}) {
    if (!wrong) continue;
    ReportLine(wrong->message);
    return wrong->code;
  }
  auto lexicon = OpenLexicon(installation);
  if (!lexicon) {
    ReportLine(lexicon.error().message);
    return ExitCode::kBroken;
  }
  ExitCode worst = ExitCode::kOk;
  const LanguagePack& pack = (*lexicon)->pack();
  for (const std::string& text : options.words) {
    const auto words = LookUp(**lexicon, text, [&](const Error& error) { worst = Report(error); });
    if (!words) {
      worst = Report(words.error());
      continue;
    }
    for (const WordPronunciations& word : *words) {
      const ExitCode shown = Show(options.json ? PronunciationsJson(word, pack).dump() + "\n"
                                               : PronunciationsTable(word, pack));
      if (shown != ExitCode::kOk) return shown;
    }
  }
  return worst;
}

}  // namespace

void AddLexicon(CLI::App& app, Global& global) {
  auto options = std::make_shared<LexiconOptions>();
  CLI::App* command = app.add_subcommand(
      "lexicon", "Show how words are said, in ARPAbet and IPA, and how that is known");
  command->footer(
      "Examples:\n"
      "  euphone lexicon thorough photograph\n"
      "  euphone lexicon \"Dr. Nguyen paid \\$5\" --json");
  command
      ->add_option("WORD", options->words,
                   "Words or whole phrases; written forms are spelled out first")
      ->required();
  command->add_flag("--json", options->json, "One JSON object per word");
  command->callback([options, &global] {
    global.run = [options, &global] { return ShowWords(*options, global.installation); };
  });
}

}  // namespace euphone::cli
