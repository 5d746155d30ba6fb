#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace euphone::cli {

/// What stands after an option, as far as a shell can help with it.
enum class ValueKind { kNone, kFreeText, kChoice, kFile, kFolder };

/// An option or a positional argument as completions and the manual show it.
struct OptionShape {
  std::vector<std::string> shorts, longs;  ///< Without dashes; both empty for a positional one.
  std::string value;                       ///< "FILE"; empty for a flag.
  ValueKind kind = ValueKind::kNone;
  std::vector<std::string> choices;
  std::string range;          ///< "1 - 64"; empty where any value will do.
  std::string default_value;  ///< Empty: none, or told in the description.
  std::string description;
  bool repeatable = false;

  bool positional() const { return shorts.empty() && longs.empty(); }
  /// "-f", "--format"
  std::vector<std::string> Names() const;
};

/// Its options without --help, which the program has.
struct CommandShape {
  std::string name, description, footer;
  std::vector<OptionShape> options;
};

struct ProgramShape {
  std::vector<OptionShape> options;
  std::vector<CommandShape> commands;
};

/// Reads the shape off the parser, so that nothing is written twice.
ProgramShape ShapeOf(const CLI::App& app);

std::string Joined(const std::vector<std::string>& parts, const std::string& between);

}  // namespace euphone::cli
