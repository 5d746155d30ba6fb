#include <CLI/CLI.hpp>
#include <memory>
#include <mutex>
#include <sstream>
#include <string>
#include <vector>

#include "allocator.h"
#include "assembly/device_choice.h"
#include "assembly/runtimes.h"
#include "commands.h"
#include "exit_code.h"
#include "model_ort/ort_runtime.h"
#include "suggestion.h"
#include "terminal.h"
#include "version.h"

namespace euphone::cli {
namespace {

/// What computes.
void AddDeviceOptions(CLI::App& app, InstallationOptions& installation) {
  installation.notice = [told = std::make_shared<std::once_flag>()](const std::string& what) {
    std::call_once(*told, [&] { ReportLine(what); });
  };
  app.add_option("--device", installation.device,
                 "What computes what hears; auto measures what there is, and takes the fastest")
      ->type_name("NAME")
      ->check(CLI::IsMember(DeviceChoices()))
      ->capture_default_str();
  app.add_option("--device-policy", installation.device_policy,
                 "What if it cannot be had: an error, or the processor and a line that says so; "
                 "auto: taken only if it is a gain [require where a device is named]")
      ->type_name("POLICY")
      ->check(CLI::IsMember({"require", "prefer", "auto"}));
  app.add_option("--device-unit", installation.device_unit,
                 "Which of the device's units: a card's number, or what OpenVINO (CPU, GPU, NPU) "
                 "and QNN (htp, gpu, cpu) call it")
      ->type_name("UNIT");
#if EUPHONE_WITH_ONNXRUNTIME
  app.add_option_function<std::string>("--onnxruntime", UseRuntimeLibrary,
                                       "Another libonnxruntime.so, which may know more devices")
      ->envname("EUPHONE_ONNXRUNTIME")
      ->type_name("FILE");
#endif
}

void AddGlobalOptions(CLI::App& app, InstallationOptions& installation) {
  app.add_option("--data", installation.data, "Folder with packs/ and models/")
      ->envname("EUPHONE_DATA")
      ->type_name("DIR");
  app.add_option("--language", installation.language, "Language pack")
      ->type_name("NAME")
      ->capture_default_str();
  app.add_option("--model", installation.model,
                 "Acoustic bundle: a name that `euphone models` lists, or a path (default: the "
                 "language's)")
      ->type_name("NAME");
  app.add_option("--recogniser", installation.recogniser,
                 "Recogniser bundle for speech without a text (analyze --free): a name or a path")
      ->type_name("NAME")
      ->capture_default_str();
  app.add_option("--embedder", installation.embedder,
                 "Embedding bundle by which the tutor finds what is meant (ask): a name or a path; "
                 "none: by words alone")
      ->type_name("NAME")
      ->capture_default_str();
  app.add_option("--scorer", installation.scorer,
                 "Who judges: the bundle's learned scorer, or the plain one (goodness of "
                 "pronunciation); auto takes the learned one if there is one")
      ->type_name("NAME")
      ->check(CLI::IsMember({"auto", "learned", "gop"}))
      ->capture_default_str();
  app.add_option("--hear", installation.hearing,
                 "Hear a recording whole, or piece by piece as live speech is heard")
      ->type_name("WAY")
      ->check(CLI::IsMember({"whole", "live"}))
      ->capture_default_str();
  app.add_option("--lexicon", installation.lexicon,
                 "Your own pronunciations: WORD PHONES on each line, in ARPAbet or IPA")
      ->type_name("FILE");
  app.add_option("--runtime", installation.runtime,
                 "What runs the networks; auto takes the first that can")
      ->type_name("NAME")
      ->check(CLI::IsMember(RuntimeChoices()))
      ->capture_default_str();
  AddDeviceOptions(app, installation);
  app.add_option("--threads", installation.threads,
                 "Threads for one model run [1; for the result of live speech the number of cores, "
                 "up to 4]")
      ->check(CLI::Range(1, 64));
}

std::vector<std::string> CommandNames(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(command->get_name());
  return names;
}

/// What to say where no command was recognised.
std::string NoCommand(const CLI::App& app) {
  const std::vector<std::string> words = app.remaining();
  if (words.empty()) return "no command given";
  if (words.front().starts_with('-')) return "no option '" + Shortened(words.front()) + "'";
  return UnknownCommand(words.front(), CommandNames(app));
}

/// Help and version are documents like others; all else is a mistake on the command line.
ExitCode Explain(const CLI::App& app, const CLI::ParseError& error) {
  if (error.get_exit_code() == 0) {
    std::ostringstream document, unused;
    app.exit(error, document, unused);
    return Show(document.str());
  }
  const bool no_command = app.get_subcommands().empty() && error.get_name() == "RequiredError";
  const std::string message = no_command ? NoCommand(app) : error.what();
  ReportLine(message + (message.ends_with("--help?") ? "" : "; see euphone --help"));
  return ExitCode::kUsage;
}

ExitCode Main(int argc, char** argv) {
  CLI::App app(
      "Euphone: hears how well a text was read aloud, and says what to do next.\nEverything stays "
      "on this device, but what is sent to a language model that you name (chat).",
      "euphone");
  app.set_version_flag("--version", std::string("euphone ") + kVersion);
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);
  app.footer("Exit status: " + ExitStatusLine());

  Global global;
  AddGlobalOptions(app, global.installation);
  app.fallthrough();
  AddAnalyze(app, global);
  AddAsk(app, global);
  AddEvaluate(app, global);
  AddBench(app, global);
  AddDoctor(app, global);
  AddLive(app, global);
  AddPractice(app, global);
  AddCurves(app, global);
  AddChat(app, global);
  AddRecord(app, global);
  AddPlay(app, global);
  AddSay(app, global);
  AddDevices(app, global);
  AddVoice(app, global);
  AddServe(app, global);
  AddFleet(app, global);
  AddLabels(app, global);
  AddCorpus(app, global);
  AddAgent(app, global);
  AddScoreArchive(app, global);
  AddWorker(app, global);
  AddLlm(app, global);
  AddMcp(app, global);
  AddModels(app, global);
  AddLexicon(app, global);
  AddBundle(app, global);
  AddTelemetry(app, global);
  AddUpdate(app, global);
  AddStore(app, global);
  AddWatch(app, global);
  AddCompletions(app, global);
  AddManual(app, global);

  CatchInterrupts();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return Explain(app, error);
  }
  return global.run();
}

}  // namespace
}  // namespace euphone::cli

int main(int argc, char** argv) {
  euphone::cli::KeepFreedMemory();
  return static_cast<int>(euphone::cli::Main(argc, argv));
}
