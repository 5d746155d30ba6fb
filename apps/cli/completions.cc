#include "completions.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "choices.h"
#include "commands.h"

namespace euphone::cli {
namespace {

bool IsPlainWord(const std::string& name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  });
}

/// Offers `names` for the option --`option` among `options`, as far as a script can hold them.
void Offer(std::vector<OptionShape>& options, const std::string& option,
           std::vector<std::string> names) {
  names.erase(std::remove_if(names.begin(), names.end(),
                             [](const std::string& name) { return !IsPlainWord(name); }),
              names.end());
  if (names.empty()) return;
  for (OptionShape& shape : options) {
    if (std::find(shape.longs.begin(), shape.longs.end(), option) == shape.longs.end()) continue;
    shape.choices = names;
    shape.kind = ValueKind::kChoice;
  }
}

ExitCode PrintScript(const CLI::App& app, const std::string& shell,
                     const InstallationOptions& installation) {
  ProgramShape program = ShapeOf(app);
  if (const auto data = FindData(installation); data) {
    const std::vector<std::string> models = InstalledModels(*data);
    Offer(program.options, "language", InstalledLanguages(*data));
    Offer(program.options, "model", models);
    Offer(program.options, "recogniser", InstalledRecognisers(*data));
    Offer(program.options, "embedder", InstalledEmbedders(*data));
    for (CommandShape& command : program.commands) Offer(command.options, "bundle", models);
  }
  return Show(shell == "bash"  ? BashCompletion(program)
              : shell == "zsh" ? ZshCompletion(program)
                               : FishCompletion(program));
}

}  // namespace

void AddCompletions(CLI::App& app, Global& global) {
  auto shell = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("completions", "Print a completion script for a shell");
  command->footer(
      "Examples:\n"
      "  euphone completions bash > ~/.local/share/bash-completion/completions/euphone\n"
      "  euphone completions zsh > \"${fpath[1]}/_euphone\"\n"
      "  euphone completions fish > ~/.config/fish/completions/euphone.fish");
  command->add_option("SHELL", *shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  command->callback([shell, &app, &global] {
    global.run = [shell, &app, &global] { return PrintScript(app, *shell, global.installation); };
  });
}

}  // namespace euphone::cli
