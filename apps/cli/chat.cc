#include <CLI/CLI.hpp>

#include <memory>

#include "chat_run.h"
#include "commands.h"

namespace euphone::cli {

void AddChat(CLI::App& app, Global& global) {
  auto options = std::make_shared<ChatOptions>();
  CLI::App* command = app.add_subcommand(
      "chat", "Talk with the tutor through a language model's server that you name");
  command->footer(
      "Examples:\n"
      "  euphone chat --llm http://127.0.0.1:8080/v1 --llm-model qwen2.5-7b-instruct\n"
      "  euphone chat --learner Ana\n"
      "  euphone chat --voice\n"
      "  echo \"How do I make the th sound?\" | euphone chat --json");
  AddLlmOptions(*command, options->llm);
  command
      ->add_option("--learner", options->learner,
                   "Who talks: the model may look at this learner's record; the name is not sent")
      ->type_name("NAME");
  command
      ->add_option("--system", options->system,
                   "A file with the system's message, in place of the tutor's")
      ->type_name("FILE");
  command->add_option("--temperature", options->temperature, "0 to 2 (default: the server's)")
      ->check(CLI::Range(0.0, 2.0));
  command
      ->add_option("--max-tokens", options->max_tokens, "The longest reply (default: the server's)")
      ->type_name("N")
      ->check(CLI::Range(1, 1'000'000));
  command->add_flag("--no-tools", options->no_tools,
                    "Do not let the model look things up on this device");
  CLI::Option* const voice = command->add_flag("--voice", options->voice,
                                               "Listen and speak in place of reading and writing");
  command
      ->add_option("-d,--device", options->speech.device,
                   "Microphone: its number or a part of its name, from `euphone devices`")
      ->type_name("NAME")
      ->needs(voice);
  command
      ->add_option("--speaker", options->speech.voice,
                   "Who reads the answers out, of `euphone say --voices`")
      ->type_name("NAME")
      ->needs(voice);
  command->add_flag("--json", options->json, "One JSON object per reply (docs/howto/llm.md)");
  AddStoreOptions(*command, options->store);
  command->callback([options, &global] {
    global.run = [options, &global] { return Chat(*options, global.installation); };
  });
}

}  // namespace euphone::cli
