#include <fmt/format.h>

#include "completions.h"

namespace euphone::cli {
namespace {

/// Fit for single quotes, and for the brackets of _arguments.
std::string ZshQuoted(const std::string& text) {
  std::string quoted;
  for (const char c : text) {
    if (c == '\'') {
      quoted += "'\\''";
    } else {
      if (c == '[' || c == ']') quoted += '\\';
      quoted += c;
    }
  }
  return quoted;
}

/// ":FILE:_files"; nothing for a flag.
std::string ZshValue(const OptionShape& option) {
  switch (option.kind) {
    case ValueKind::kNone:
      return {};
    case ValueKind::kFreeText:
      return fmt::format(":{}: ", option.value);
    case ValueKind::kChoice:
      return fmt::format(":{}:({})", option.value, Joined(option.choices, " "));
    case ValueKind::kFile:
      return fmt::format(":{}:_files", option.value);
    case ValueKind::kFolder:
      return fmt::format(":{}:_files -/", option.value);
  }
  return {};
}

/// The specification that _arguments takes for one option.
std::string Specification(const OptionShape& option) {
  if (option.positional())
    return fmt::format("'{}{}'", option.repeatable ? "*" : "1", ZshValue(option));
  const bool valued = option.kind != ValueKind::kNone;
  std::vector<std::string> names;
  for (const std::string& name : option.shorts) names.push_back("-" + name + (valued ? "+" : ""));
  for (const std::string& name : option.longs) names.push_back("--" + name + (valued ? "=" : ""));
  const std::string exclusive =
      option.repeatable ? "'*'" : fmt::format("'({})'", Joined(option.Names(), " "));
  const std::string spelled =
      names.size() == 1 ? names.front() : fmt::format("{{{}}}", Joined(names, ","));
  return fmt::format("{}{}'[{}]{}'", exclusive, spelled, ZshQuoted(option.description),
                     ZshValue(option));
}

std::string Specifications(const std::vector<OptionShape>& options, const std::string& indent) {
  std::string lines;
  for (const OptionShape& option : options) lines += indent + Specification(option) + "\n";
  return lines;
}

}  // namespace

std::string ZshCompletion(const ProgramShape& program) {
  std::string commands, cases;
  for (const CommandShape& command : program.commands) {
    commands += fmt::format("    '{}:{}'\n", command.name, ZshQuoted(command.description));
    cases += fmt::format("        {})\n          specs+=(\n{}          ) ;;\n", command.name,
                         Specifications(command.options, "            "));
  }
  return fmt::format(R"zsh(#compdef euphone
# zsh completion for euphone; put it as _euphone into a folder of $fpath
_euphone() {{
  local context curcontext=$curcontext state line
  typeset -A opt_args
  local -a subcommands specs
  subcommands=(
{}  )
  specs=(
{}  )
  _arguments -C $specs '1:command:->command' '*::argument:->argument'
  case $state in
    command) _describe command subcommands ;;
    argument)
      case $words[1] in
{}      esac
      _arguments $specs ;;
  esac
}}
if [[ $funcstack[1] == _euphone ]]; then
  _euphone "$@"
else
  compdef _euphone euphone
fi
)zsh",
                     commands, Specifications(program.options, "    "), cases);
}

}  // namespace euphone::cli
