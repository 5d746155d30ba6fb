#include <CLI/CLI.hpp>

#include <memory>

#include "commands.h"
#include "practice_run.h"

namespace euphone::cli {

void AddPractice(CLI::App& app, Global& global) {
  auto options = std::make_shared<PracticeOptions>();
  CLI::App* command =
      app.add_subcommand("practice", "What to practise now: a sound, and what to read for it");
  command->footer(
      "Examples:\n"
      "  euphone practice --learner Ana\n"
      "  euphone practice --learner Ana --pack today.tsv && euphone live --learner Ana --lesson "
      "today.tsv\n"
      "  euphone practice --sound TH --against S --count 6");
  command
      ->add_option("--learner", options->learner,
                   "What is due for this learner, as hard as it should be (euphone store info)")
      ->type_name("NAME");
  command
      ->add_option("--sound", options->sound,
                   "This sound, in ARPAbet as `euphone lexicon` writes it, instead: TH, IH")
      ->type_name("SOUND");
  command
      ->add_option("--against", options->against,
                   "With --sound: the sound that it is mixed up with (default: what is usual)")
      ->type_name("SOUND");
  command->add_option("--count", options->count, "So many words, pairs and sentences")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  command
      ->add_option("--pack", options->pack,
                   "Write the drill as a lesson, too, for `euphone live --lesson` (NAME.tsv)")
      ->type_name("FILE");
  command->add_flag("--json", options->json, "One JSON document");
  AddStoreOptions(*command, options->store);
  command->callback([options, &global] {
    if (options->sound.empty() && !options->against.empty())
      throw CLI::ValidationError("--against needs --sound");
    global.run = [options, &global] { return Practice(*options, global.installation); };
  });
}

}  // namespace euphone::cli
