#pragma once

#include <functional>

#include "exit_code.h"
#include "installation.h"

namespace CLI {
class App;
}

namespace euphone::cli {

/// What all commands share.
struct Global {
  InstallationOptions installation;
  std::function<ExitCode()> run;  ///< Set by the command that was chosen.
};

/// Each adds one subcommand with its options; its callback sets global.run. `global` must outlive
/// `app`.
void AddAgent(CLI::App& app, Global& global);
void AddAnalyze(CLI::App& app, Global& global);
void AddAsk(CLI::App& app, Global& global);
void AddBench(CLI::App& app, Global& global);
void AddBundle(CLI::App& app, Global& global);
void AddChat(CLI::App& app, Global& global);
void AddCorpus(CLI::App& app, Global& global);
void AddCurves(CLI::App& app, Global& global);
void AddEvaluate(CLI::App& app, Global& global);
void AddFleet(CLI::App& app, Global& global);
void AddLabels(CLI::App& app, Global& global);
void AddLive(CLI::App& app, Global& global);
void AddRecord(CLI::App& app, Global& global);
void AddPlay(CLI::App& app, Global& global);
void AddPractice(CLI::App& app, Global& global);
void AddSay(CLI::App& app, Global& global);
void AddDevices(CLI::App& app, Global& global);
void AddDoctor(CLI::App& app, Global& global);
void AddLlm(CLI::App& app, Global& global);
void AddMcp(CLI::App& app, Global& global);
void AddModels(CLI::App& app, Global& global);
void AddLexicon(CLI::App& app, Global& global);
void AddVoice(CLI::App& app, Global& global);
void AddServe(CLI::App& app, Global& global);
void AddCompletions(CLI::App& app, Global& global);
void AddStore(CLI::App& app, Global& global);
void AddTelemetry(CLI::App& app, Global& global);
void AddUpdate(CLI::App& app, Global& global);
void AddWatch(CLI::App& app, Global& global);
void AddScoreArchive(CLI::App& app, Global& global);
void AddWorker(CLI::App& app, Global& global);
void AddManual(CLI::App& app, Global& global);

}  // namespace euphone::cli
