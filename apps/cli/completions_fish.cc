#include <fmt/format.h>

#include "completions.h"

namespace euphone::cli {
namespace {

std::string FishQuoted(const std::string& text) {
  std::string quoted;
  for (const char c : text) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return "'" + quoted + "'";
}

/// What `complete` is told about the value: "-x -a 'json csv'".
std::string FishValue(const OptionShape& option) {
  switch (option.kind) {
    case ValueKind::kNone:
      return {};
    case ValueKind::kFreeText:
      return " -x";
    case ValueKind::kChoice:
      return fmt::format(" -x -a {}", FishQuoted(Joined(option.choices, " ")));
    case ValueKind::kFile:
      return " -r -F";
    case ValueKind::kFolder:
      return " -x -a '(__fish_complete_directories)'";
  }
  return {};
}

/// `condition`: " -n '…'", or empty for options that every command takes.
std::string Line(const OptionShape& option, const std::string& condition) {
  std::string names;
  for (const std::string& name : option.shorts) names += " -s " + name;
  for (const std::string& name : option.longs) names += " -l " + name;
  if (!option.positional()) {
    return fmt::format("complete -c euphone{}{}{} -d {}\n", condition, names, FishValue(option),
                       FishQuoted(option.description));
  }
  if (option.kind == ValueKind::kFile) return fmt::format("complete -c euphone{} -F\n", condition);
  if (option.kind != ValueKind::kChoice) return {};
  return fmt::format("complete -c euphone{} -a {}\n", condition,
                     FishQuoted(Joined(option.choices, " ")));
}

}  // namespace

std::string FishCompletion(const ProgramShape& program) {
  std::string script =
      "# fish completion for euphone; put it into ~/.config/fish/completions/euphone.fish\n"
      "complete -c euphone -f\n";
  for (const OptionShape& option : program.options) script += Line(option, "");
  std::vector<std::string> names;
  for (const CommandShape& command : program.commands) names.push_back(command.name);
  for (const CommandShape& command : program.commands) {
    script +=
        fmt::format("complete -c euphone -n 'not __fish_seen_subcommand_from {}' -a {} -d {}\n",
                    Joined(names, " "), command.name, FishQuoted(command.description));
    const std::string condition = fmt::format(" -n '__fish_seen_subcommand_from {}'", command.name);
    for (const OptionShape& option : command.options) script += Line(option, condition);
  }
  return script;
}

}  // namespace euphone::cli
