#include "score_archive.h"

#include <CLI/CLI.hpp>

#include <memory>

#include "commands.h"
#include "cores.h"

namespace euphone::cli {
namespace {

void AddResultsOption(CLI::App& command, std::string& results, const std::string& otherwise) {
  command
      .add_option("--results", results,
                  "Where results are: sqlite:FILE or postgresql://USER@HOST/DATABASE" + otherwise)
      ->envname("EUPHONE_RESULTS")
      ->type_name("URL");
}

void AddLimits(CLI::App& command, int& deliveries, double& give_up_after_s) {
  command
      .add_option("--deliveries", deliveries,
                  "Tries of a recording before it is set aside, where workers end over it")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command
      .add_option("--give-up-after", give_up_after_s,
                  "Seconds that one recording may take before its worker ends")
      ->check(CLI::Range(0.1, 86400.0))
      ->capture_default_str();
}

void AddArchiveShow(CLI::App& archive, Global& global) {
  auto options = std::make_shared<ArchiveShowOptions>();
  const auto add = [&](const char* name, const char* what, auto run, bool of_one) {
    CLI::App* command = archive.add_subcommand(name, what);
    AddResultsOption(*command, options->results, "");
    if (of_one) {
      command->add_option("RUN", options->run, "Which run (default: the only one)")->type_name("");
    }
    command->callback(
        [options, &global, run] { global.run = [options, run] { return run(*options); }; });
    return command;
  };
  CLI::App* exporting = add("export", "Write the results of a run", ExportArchive, true);
  exporting
      ->add_option("-f,--format", options->format, "csv: scores, a line each; jsonl: documents")
      ->check(CLI::IsMember({"csv", "jsonl"}))
      ->capture_default_str();
  exporting->add_option("-o,--out", options->out, "Into this file (default: standard output)")
      ->type_name("FILE");
  for (CLI::App* command :
       {add("status", "How far a run is, and what was set aside", ShowArchive, true),
        add("list", "All runs", ListArchives, false)}) {
    command->add_flag("--json", options->json, "As JSON");
  }
}

}  // namespace

void AddNatsOptions(CLI::App& command, NatsOptions& options) {
  command.add_option("--nats", options.url, "NATS server: nats://HOST:PORT, or tls://…")
      ->envname("EUPHONE_NATS")
      ->type_name("URL");
  command.add_option("--nats-creds", options.credentials, "Its credentials: a user's .creds file")
      ->envname("EUPHONE_NATS_CREDS")
      ->type_name("FILE");
  command.add_option("--nats-ca", options.ca, "Authorities that its certificate may come from")
      ->type_name("FILE");
  command.add_option("--nats-cert", options.certificate, "Our certificate, where it asks for one")
      ->type_name("FILE");
  command.add_option("--nats-key", options.key, "The key of that")->type_name("FILE");
}

fleet::BrokerOptions BrokerOptionsOf(const NatsOptions& options, const std::string& name) {
  return {.url = options.url,
          .name = name,
          .credentials = options.credentials,
          .ca = options.ca,
          .certificate = options.certificate,
          .key = options.key};
}

void AddScoreArchive(CLI::App& app, Global& global) {
  auto options = std::make_shared<ArchiveOptions>();
  CLI::App* command = app.add_subcommand(
      "score-archive", "Score an archive of recordings with many workers, on many machines");
  command->footer(
      "Examples:\n"
      "  euphone score-archive archive.csv --workers 4\n"
      "  euphone score-archive archive.csv --workers 0 --wait --nats nats://queue:4222 \\\n"
      "      --results postgresql://euphone@database/archive\n"
      "  euphone score-archive export --results sqlite:archive.results.db --out scores.csv\n");
  command
      ->add_option(
          "MANIFEST", options->manifest,
          "List of recordings: .csv, .tsv or .jsonl with audio, text, id, speaker, language")
      ->type_name("");
  CLI::Option* workers =
      command
          ->add_option("-w,--workers", options->workers,
                       "Workers on this machine (default: the number of cores); 0: only queue")
          ->check(CLI::Range(0, 1024));
  command->add_flag("--wait", options->wait, "With --workers 0: until others have scored all");
  AddNatsOptions(*command, options->nats);
  AddResultsOption(*command, options->results, " (default: beside the manifest)");
  command
      ->add_option("--root", options->root,
                   "Folder that recordings are below (default: the manifest's)")
      ->type_name("DIR");
  command->add_option("--run", options->run, "Name of the run (default: by the manifest's content)")
      ->type_name("NAME");
  command->add_flag("--carry-audio", options->carry_audio,
                    "Send recordings with their messages, where workers share no folder");
  command->add_option("--window", options->window, "Messages that may wait in the queue")
      ->check(CLI::Range(1, 100000000))
      ->capture_default_str();
  AddLimits(*command, options->deliveries, options->give_up_after_s);
  command
      ->add_option("--ack-wait", options->ack_wait_s,
                   "Seconds without a word of its worker until a recording goes to another")
      ->check(CLI::Range(0.5, 3600.0))
      ->capture_default_str();
  command
      ->add_option("--finish-in", options->finish_in_h,
                   "Hours in which all should be done: says how many workers that takes")
      ->check(CLI::Range(0.01, 10000.0))
      ->capture_default_str();
  command->add_option("--replicas", options->replicas, "Servers of a cluster that keep the queue")
      ->check(CLI::IsMember({1, 3, 5}))
      ->capture_default_str();
  command->add_flag("--json", options->json, "Progress and end as lines of JSON");
  AddArchiveShow(*command, global);
  command->callback([options, workers, command, &global] {
    if (!command->get_subcommands().empty()) return;
    if (workers->count() == 0) options->workers = static_cast<int>(Cores());
    global.run = [options, &global] { return ScoreArchive(*options, global.installation); };
  });
}

void AddWorker(CLI::App& app, Global& global) {
  auto options = std::make_shared<WorkerOptions>();
  CLI::App* command = app.add_subcommand(
      "worker", "Score recordings that score-archive queues, until told to stop");
  AddNatsOptions(*command, options->nats);
  AddResultsOption(*command, options->results, "");
  command->add_option("--root", options->root, "Folder that recordings are below")
      ->envname("EUPHONE_ROOT")
      ->type_name("DIR")
      ->capture_default_str();
  command->add_option("--name", options->name, "Kept with results (default: machine and process)")
      ->type_name("NAME");
  AddLimits(*command, options->deliveries, options->give_up_after_s);
  command->add_option("--max-seconds", options->max_seconds, "Refuse longer recordings")
      ->check(CLI::Range(1.0, 3600.0))
      ->capture_default_str();
  command->callback([options, &global] {
    global.run = [options, &global] { return RunWorker(*options, global.installation); };
  });
}

}  // namespace euphone::cli
