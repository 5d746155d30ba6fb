#include "option_shape.h"

#include <CLI/CLI.hpp>

namespace euphone::cli {
namespace {

/// The elements of "TEXT:{arpabet,ipa}".
std::vector<std::string> ChoicesIn(const std::string& type) {
  std::vector<std::string> choices;
  const std::size_t open = type.find('{'), close = type.rfind('}');
  if (open == std::string::npos || close == std::string::npos) return choices;
  std::string rest = type.substr(open + 1, close - open - 1);
  for (std::size_t comma = 0; comma != std::string::npos;) {
    comma = rest.find(',');
    choices.push_back(rest.substr(0, comma));
    rest.erase(0, comma == std::string::npos ? comma : comma + 1);
  }
  return choices;
}

/// "1 - 64" of "INT:INT in [1 - 64]".
std::string RangeIn(const std::string& type) {
  const std::size_t open = type.find(" in ["), close = type.rfind(']');
  if (open == std::string::npos || close == std::string::npos) return {};
  return type.substr(open + 5, close - open - 5);
}

/// Defaults of options that take several values are written as "[terminal]".
std::string WithoutBrackets(const std::string& text) {
  return text.size() > 1 && text.front() == '[' ? text.substr(1, text.size() - 2) : text;
}

OptionShape ShapeOf(const CLI::Option& option) {
  OptionShape shape;
  shape.shorts = option.get_snames();
  shape.longs = option.get_lnames();
  shape.description = option.get_description();
  if (option.get_items_expected_max() == 0 || option.get_type_size_max() == 0) return shape;
  const std::string type = option.get_type_name();
  shape.value = type.substr(0, type.find(':'));
  if (shape.positional()) shape.value = option.get_name();
  shape.choices = ChoicesIn(type);
  shape.range = RangeIn(type);
  shape.default_value = WithoutBrackets(option.get_default_str());
  shape.repeatable = option.get_items_expected_max() > 1;
  shape.kind = !shape.choices.empty()  ? ValueKind::kChoice
               : shape.value == "FILE" ? ValueKind::kFile
               : shape.value == "DIR"  ? ValueKind::kFolder
                                       : ValueKind::kFreeText;
  return shape;
}

/// Options of `app` but --help where it is a command: the program has one.
std::vector<OptionShape> OptionsOf(const CLI::App& app) {
  std::vector<OptionShape> shapes;
  for (const CLI::Option* option : app.get_options()) {
    if (app.get_parent() != nullptr && option == app.get_help_ptr()) continue;
    shapes.push_back(ShapeOf(*option));
  }
  return shapes;
}

}  // namespace

std::vector<std::string> OptionShape::Names() const {
  std::vector<std::string> names;
  for (const std::string& name : shorts) names.push_back("-" + name);
  for (const std::string& name : longs) names.push_back("--" + name);
  return names;
}

ProgramShape ShapeOf(const CLI::App& app) {
  ProgramShape shape{OptionsOf(app), {}};
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    shape.commands.push_back({command->get_name(), command->get_description(),
                              command->get_footer(), OptionsOf(*command)});
  }
  return shape;
}

std::string Joined(const std::vector<std::string>& parts, const std::string& between) {
  std::string all;
  for (const std::string& part : parts) all += (all.empty() ? "" : between) + part;
  return all;
}

}  // namespace euphone::cli
