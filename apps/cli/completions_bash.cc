#include <fmt/format.h>

#include "completions.h"

namespace euphone::cli {
namespace {

std::string NamesOf(const std::vector<OptionShape>& options) {
  std::string names;
  for (const OptionShape& option : options) {
    for (const std::string& name : option.longs) names += (names.empty() ? "--" : " --") + name;
  }
  return names;
}

/// The command that offers a value.
std::string Offer(const OptionShape& option) {
  switch (option.kind) {
    case ValueKind::kChoice:
      return fmt::format("_euphone_offer -W \"{}\"", Joined(option.choices, " "));
    case ValueKind::kFile:
      return "_euphone_offer_paths -f";
    case ValueKind::kFolder:
      return "_euphone_offer_paths -d";
    case ValueKind::kNone:
    case ValueKind::kFreeText:
      break;
  }
  return ":";
}

/// A case for each option that takes a value; adds their names to `valued`.
std::string ValueCases(const std::vector<OptionShape>& options, std::string& valued) {
  std::string cases;
  for (const OptionShape& option : options) {
    if (option.positional() || option.kind == ValueKind::kNone) continue;
    const std::string names = Joined(option.Names(), "|");
    valued += (valued.empty() ? "" : "|") + names;
    cases += fmt::format("    {}) {}; return ;;\n", names, Offer(option));
  }
  return cases;
}

std::string PositionalCase(const CommandShape& command) {
  for (const OptionShape& option : command.options) {
    if (option.positional() && option.kind != ValueKind::kFreeText)
      return fmt::format("    {}) {} ;;\n", command.name, Offer(option));
  }
  return {};
}

}  // namespace

std::string BashCompletion(const ProgramShape& program) {
  std::vector<std::string> commands;
  std::string valued, option_cases, positional_cases;
  std::string value_cases = ValueCases(program.options, valued);
  for (const CommandShape& command : program.commands) {
    commands.push_back(command.name);
    option_cases +=
        fmt::format("    {}) options+=\" {}\" ;;\n", command.name, NamesOf(command.options));
    value_cases += ValueCases(command.options, valued);
    positional_cases += PositionalCase(command);
  }
  return fmt::format(
      R"(# bash completion for euphone; put it into ~/.local/share/bash-completion/completions/euphone
_euphone_offer() {{
  mapfile -t COMPREPLY < <(compgen "$@" -- "$current")
}}
_euphone_offer_paths() {{
  compopt -o filenames
  _euphone_offer "$1"
}}
_euphone() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}} command= options="{0}"
  local -i i
  # --format=json is three words here.
  if [[ $current == = ]]; then
    current=
  elif [[ $previous == = ]]; then
    previous=${{COMP_WORDS[COMP_CWORD-2]}}
  fi
  for ((i = 1; i < COMP_CWORD; ++i)); do
    case ${{COMP_WORDS[i]}} in
      {1}) if [[ ${{COMP_WORDS[i+1]}} == = ]]; then i+=2; else i+=1; fi ;;
      {2}) command=${{COMP_WORDS[i]}}; break ;;
    esac
  done
  case $previous in
{3}  esac
  case $command in
{4}  esac
  if [[ $current == -* ]]; then
    _euphone_offer -W "$options"
    return
  fi
  case $command in
    "") _euphone_offer -W "{5}" ;;
{6}  esac
}}
complete -F _euphone euphone
)",
      NamesOf(program.options), valued, Joined(commands, "|"), value_cases, option_cases,
      Joined(commands, " "), positional_cases);
}

}  // namespace euphone::cli
