#include <CLI/CLI.hpp>
#include <string>

#include "commands.h"
#include "terminal.h"
#include "version.h"

int main(int argc, char** argv) {
  using namespace euphone::cli;
  CLI::App app(
      "Euphone: hears how well a text was read aloud, and says what to do next.\nEverything stays "
      "on this device.",
      "euphone");
  app.set_version_flag("--version", std::string("euphone ") + kVersion);
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);

  Global global;
  InstallationOptions& installation = global.installation;
  app.add_option("--data", installation.data, "Folder with packs/ and models/")
      ->envname("EUPHONE_DATA");
  app.add_option("--language", installation.language, "Language pack")->capture_default_str();
  app.add_option("--model", installation.model,
                 "Acoustic bundle: a name that `euphone models` lists, or a path");
  app.add_option("--lexicon", installation.lexicon,
                 "Your own pronunciations: WORD PHONES on each line");
  app.add_option("--threads", installation.threads, "Threads for one model run")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  app.fallthrough();
  AddAnalyze(app, global);
  AddDoctor(app, global);
  AddModels(app, global);
  AddLexicon(app, global);
  AddCompletions(app, global);
  AddManual(app, global);

  CatchInterrupts();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
    ReportLine(std::string(error.what()) + "; see euphone --help");
    return static_cast<int>(ExitCode::kUsage);
  }
  return static_cast<int>(global.run());
}
