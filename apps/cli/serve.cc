#include "server/server.h"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "assembly/user_folder.h"
#include "choices.h"
#include "commands.h"
#include "cores.h"
#include "judges.h"
#include "lessons.h"
#include "llm_options.h"
#include "own_addresses.h"
#include "reference/flite_voice.h"
#include "server/app.h"
#include "server/origin.h"
#include "store_access.h"
#include "terminal.h"
#include "tutor_parts.h"
#include "update_watch.h"
#include "version.h"

namespace euphone::cli {
namespace {

struct ServeOptions {
  std::string host, voice;
  std::string learner;  ///< Whose the takes are that name nobody; empty: those are not kept.
  StoreOptions store;
  LlmOptions llm;
  bool no_llm = false;
  int port = 8765;
  int sessions = 8;
  double max_seconds = 120.0;
  bool lan = false;
  bool no_store = false;
  bool json = false;
};

/// The UUID of --learner, who is made where nobody is called so; empty without it.
Result<std::string> WhoseTakes(const ServeOptions& options) {
  if (options.learner.empty()) return std::string();
  auto store = OpenOrMakeStore(options.store);
  if (!store) return store.error();
  const auto found = LearnerCalled(*store, options.learner);
  if (!found) return found.error();
  return found->uuid;
}

/// The threads of one judgement, and how many are made at a time: together no more than there are
/// cores, and no more for one than were measured (docs/decisions/038-all-cores-for-the-result.md).
InstallationOptions ForServing(InstallationOptions options, std::size_t& passes) {
  constexpr unsigned kMost = 4;
  if (!options.threads) options.threads = static_cast<int>(std::min(Cores(), kMost));
  passes = std::max<std::size_t>(1, Cores() / static_cast<unsigned>(*options.threads));
  return options;
}

Result<server::Parts> OpenParts(const ServeOptions& options,
                                const InstallationOptions& installation,
                                const InstallationOptions& judging) {
  auto lexicon = OpenLexicon(installation);
  if (!lexicon) return lexicon.error();
  auto judges = OpenJudges(judging, installation.model_options().threads, *lexicon);
  if (!judges) return judges.error();
  auto lessons = OpenLessons(installation);
  if (!lessons) return lessons.error();
  auto voice = FliteVoice::Create(*lexicon, options.voice);
  if (!voice) return voice.error();
  auto knowledge = OpenKnowledge(installation, (*lexicon)->pack());
  if (!knowledge) return knowledge.error();
  // Speech without a text is an extra that few install.
  std::shared_ptr<const Recogniser> recogniser;
  if (auto opened = OpenInstalledRecogniser(installation))
    recogniser = *std::move(opened);
  else if (opened.error().code != Errc::kNotFound)
    return opened.error();
  server::TutorDesk::Opener open_search;
  if (*knowledge != nullptr) {
    open_search = [installation, lexicon = *lexicon, knowledge = *knowledge] {
      return OpenSearchParts(installation, lexicon, knowledge);
    };
  }
  std::optional<llm::LlmSettings> llm;
  if (!options.no_llm) {
    auto settings = OpenLlmSettings(options.llm);
    if (!settings) return settings.error();
    llm = *std::move(settings);
  }
  return server::Parts{.lexicon = *std::move(lexicon),
                       .judges = *std::move(judges),
                       .recogniser = std::move(recogniser),
                       .lessons = *std::move(lessons),
                       .voice = *std::move(voice),
                       .knowledge = *std::move(knowledge),
                       .open_store = nullptr,
                       .open_search = std::move(open_search),
                       .llm = std::move(llm),
                       .version = kVersion};
}

std::string Greeting(const ServeOptions& options, const server::Config& config,
                     const server::Server& server) {
  const std::vector<std::string> urls = AddressesOf(config, server.port());
  if (options.json) {
    nlohmann::ordered_json json{{"event", "serving"}, {"urls", urls}, {"port", server.port()}};
    if (config.lan) json["fingerprint"] = server.fingerprint();
    return json.dump() + "\n";
  }
  std::string line = "Euphone is at " + urls.front();
  for (std::size_t i = 1; i < urls.size(); ++i) line += " and " + urls[i];
  if (!config.lan) return line + " (this device only; Ctrl-C ends it)\n";
  return line + " (Ctrl-C ends it)\nIts certificate is its own; a browser asks once. SHA-256: " +
         server.fingerprint() + "\n";
}

ExitCode RunServe(const ServeOptions& options, const InstallationOptions& installation) {
  for (const auto& wrong : {WrongChoice(installation), WrongLexicon(installation)}) {
    if (!wrong) continue;
    ReportLine(wrong->message);
    return wrong->code;
  }
  server::Config config;
  if (options.lan) {
    auto folder = UserFolder();
    if (!folder) return Report(folder.error());
    config.keys = *folder / "serve";
  }
  const InstallationOptions judging = ForServing(installation, config.passes);
  config.host = !options.host.empty() ? options.host : options.lan ? "0.0.0.0" : "127.0.0.1";
  config.port = options.port;
  config.lan = options.lan;
  config.recall_judge = installation.model.empty();
  config.hostname = OwnName();
  config.most_sessions = static_cast<std::size_t>(options.sessions);
  config.most_audio_seconds = options.max_seconds;
  config.stop = InterruptDescriptor();
  config.hold_lesson = HeldForLesson;
  config.telemetry = monitor::TelemetryLog::Open(TelemetryFolder());
  config.warn = [](const std::string& what) { ReportLine(what); };
  config.show_code = [json = options.json](const std::string& code) {
    Print(json ? nlohmann::json{{"event", "code"}, {"code", code}}.dump() + "\n"
               : "To pair a device, type there: " + code + " (once, within 10 minutes)\n");
  };
  auto parts = OpenParts(options, installation, judging);
  if (!parts) {
    ReportLine(parts.error().message);
    return ExitCode::kBroken;
  }
  if (!options.no_store) {
    if (auto learner = WhoseTakes(options); learner)
      config.learner = *std::move(learner);
    else
      return Report(learner.error());
    parts->open_store = [store = options.store](bool make) {
      return make ? OpenOrMakeStore(store) : OpenStore(store);
    };
  }
  auto app = server::App::Create(*std::move(parts), config);
  if (!app) return Report(app.error());
  auto server = server::Server::Open(*std::move(app));
  if (!server) return Report(server.error());
  if (const ExitCode shown = Show(Greeting(options, config, **server)); shown != ExitCode::kOk)
    return shown;
  (*server)->Run();
  return ExitCode::kOk;
}

}  // namespace

void AddServe(CLI::App& app, Global& global) {
  auto options = std::make_shared<ServeOptions>();
  CLI::App* command =
      app.add_subcommand("serve", "Serve browsers and programs: HTTP and WebSockets");
  command->footer(
      "Examples:\n"
      "  euphone serve\n"
      "  euphone serve --lan          others in your network, after pairing\n"
      "  curl --data-binary @take.wav 'http://127.0.0.1:8765/api/v1/analyses?text=I+think+so.'");
  command->add_option("-p,--port", options->port, "Port to listen on; 0: any that is free")
      ->check(CLI::Range(0, 65535))
      ->type_name("N")
      ->capture_default_str();
  command
      ->add_option("--host", options->host,
                   "Address to listen on, as a number: one of this device's own, 127.0.0.1 or ::1, "
                   "unless --lan is given (default: 127.0.0.1, with --lan 0.0.0.0)")
      ->type_name("ADDRESS");
  command->add_flag("--lan", options->lan,
                    "Serve others in the network too: with TLS, after pairing by a code that is "
                    "shown here");
  command->add_option("--sessions", options->sessions, "Most live sessions at a time")
      ->check(CLI::Range(1, 256))
      ->type_name("N")
      ->capture_default_str();
  command
      ->add_option("--max-seconds", options->max_seconds,
                   "Longest recording that can be sent, in seconds")
      ->check(CLI::Range(1.0, 3600.0))
      ->type_name("S")
      ->capture_default_str();
  std::vector<std::string> voices;
  for (const FliteVoiceInfo& voice : FliteVoices()) voices.emplace_back(voice.name);
  command
      ->add_option("--voice", options->voice,
                   "Who reads to you (default: the first of `euphone say --voices`)")
      ->check(CLI::IsMember(voices));
  command
      ->add_option("--learner", options->learner,
                   "Keep also what is read by nobody in particular, as this learner's")
      ->type_name("NAME");
  command->add_flag("--no-store", options->no_store, "Keep nothing of anybody")
      ->excludes("--learner");
  AddStoreOptions(*command, options->store);
  AddLlmOptions(*command, options->llm);
  command->add_flag("--no-llm", options->no_llm,
                    "Let the tutor only quote, though llm.json names a language model's server");
  command->add_flag("--json", options->json, "Tell addresses and codes as lines of JSON");
  command->callback([options, &global] {
    global.run = [options, &global] { return RunServe(*options, global.installation); };
  });
}

}  // namespace euphone::cli
