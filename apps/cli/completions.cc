#include <fmt/format.h>

#include <memory>
#include <string>

#include "commands.h"
#include "terminal.h"

namespace euphone::cli {
namespace {

/// Long options of a command, in order, with its parent's.
std::vector<std::string> LongOptions(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

std::string Words(const std::vector<std::string>& names) {
  std::string words;
  for (const std::string& name : names) words += (words.empty() ? "" : " ") + name;
  return words;
}

std::vector<const CLI::App*> Commands(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

std::string Bash(const CLI::App& app) {
  std::string names, cases;
  for (const CLI::App* command : Commands(app)) {
    names += command->get_name() + " ";
    cases += fmt::format("    {}) options=\"$options {}\" ;;\n", command->get_name(),
                         Words(LongOptions(*command)));
  }
  return fmt::format(
      R"(# bash completion for euphone; put it into ~/.local/share/bash-completion/completions/euphone
_euphone() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}} command= word
  local options="{}"
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case " {}" in *" $word "*) command=$word; break ;; esac
  done
  case $command in
    "") COMPREPLY=($(compgen -W "{} $options" -- "$current")); return ;;
{}  esac
  case $previous in
    -f|--format) COMPREPLY=($(compgen -W "terminal json textgrid ctm csv srt azure" -- "$current")); return ;;
  esac
  if [[ $current == -* ]]; then COMPREPLY=($(compgen -W "$options" -- "$current")); else COMPREPLY=($(compgen -f -- "$current")); fi
}}
complete -o filenames -F _euphone euphone
)",
      Words(LongOptions(app)), names, names, cases);
}

std::string Zsh(const CLI::App& app) {
  std::string commands, cases;
  for (const CLI::App* command : Commands(app)) {
    commands += fmt::format("    '{}:{}'\n", command->get_name(), command->get_description());
    cases += fmt::format("    {}) options+=({}) ;;\n", command->get_name(),
                         Words(LongOptions(*command)));
  }
  return fmt::format(R"zsh(#compdef euphone
# zsh completion for euphone; put it as _euphone into a folder of $fpath
local -a commands options
commands=(
{})
options=({})
if (( CURRENT == 2 )); then
  _describe command commands
else
  case $words[2] in
{}  esac
  _alternative "options:option:($options)" 'files:file:_files'
fi
)zsh",
                     commands, Words(LongOptions(app)), cases);
}

std::string Fish(const CLI::App& app) {
  std::string script =
      "# fish completion for euphone; put it into ~/.config/fish/completions/euphone.fish\n";
  for (const CLI::App* command : Commands(app)) {
    script += fmt::format("complete -c euphone -n __fish_use_subcommand -a {} -d '{}'\n",
                          command->get_name(), command->get_description());
    for (const CLI::Option* option : command->get_options()) {
      for (const std::string& name : option->get_lnames()) {
        script += fmt::format("complete -c euphone -n '__fish_seen_subcommand_from {}' -l {}\n",
                              command->get_name(), name);
      }
    }
  }
  return script;
}

}  // namespace

void AddCompletions(CLI::App& app, Global& global) {
  auto shell = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("completions", "Print a completion script for a shell");
  command->footer(
      "Example:\n  euphone completions bash > ~/.local/share/bash-completion/completions/euphone");
  command->add_option("SHELL", *shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  command->callback([shell, &app, &global] {
    global.run = [shell, &app] {
      const std::string script = *shell == "bash"  ? Bash(app)
                                 : *shell == "zsh" ? Zsh(app)
                                                   : Fish(app);
      return Print(script) ? ExitCode::kOk : ExitCode::kBadInput;
    };
  });
}

}  // namespace euphone::cli
