#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "base/file.h"
#include "commands.h"
#include "label_files.h"
#include "labels/agreement.h"

namespace euphone::cli {
namespace {

std::vector<std::string> LabelFormatNames() {
  std::vector<std::string> names;
  for (const LabelFormat& format : LabelFormats()) names.emplace_back(format.name);
  return names;
}

struct LabelOptions {
  std::string from;  ///< First file.
  std::string to;    ///< Second file; "-" is standard output.
  std::string from_format, to_format;
  std::string recording, tier, other_tier;
  bool json = false;
};

ExitCode ConvertLabels(const LabelOptions& options) {
  const LabelFormat* format =
      options.to_format.empty() ? FormatOfName(options.to) : FindLabelFormat(options.to_format);
  if (format == nullptr) {
    ReportLine("the name of " + options.to + " tells no format; say --to-format");
    return ExitCode::kUsage;
  }
  auto labels = ReadLabels(options.from, options.from_format, options.recording);
  if (!labels) return Report(labels.error());
  if (!options.tier.empty() || (format->one_tier && labels->tiers.size() > 1)) {
    auto tier = TierOfLabels(*labels, options.tier);
    if (!tier) return Report(tier.error());
    labels->tiers = {*std::move(tier)};
  }
  if (labels->recording.empty())
    labels->recording = std::filesystem::path(options.from).stem().string();
  const std::string text = format->write(*labels);
  if (options.to == "-") return Show(text);
  if (auto status = WriteFileAtomically(options.to, text); !status) return Report(status.error());
  return ExitCode::kOk;
}

std::string AgreementText(const LabelAgreement& agreement) {
  std::string text = fmt::format(
      "{} labels are the same, {} say something else, {} stand in the first file alone, {} in the "
      "second\n",
      agreement.same, agreement.different, agreement.only_first, agreement.only_second);
  if (agreement.same == 0) return text;
  text += fmt::format("their edges lie apart by {:.1f} ms (median)", agreement.MedianMs());
  for (const double ms : {10.0, 20.0, 50.0})
    text += fmt::format(", {:.1f} % within {:.0f} ms", 100.0 * agreement.ShareWithin(ms), ms);
  return text + "\n";
}

std::string AgreementJson(const LabelAgreement& agreement) {
  nlohmann::ordered_json json{{"schema", "euphone.label_agreement/1"},
                              {"same", agreement.same},
                              {"different", agreement.different},
                              {"only_first", agreement.only_first},
                              {"only_second", agreement.only_second},
                              {"median_ms", nullptr},
                              {"within_10_ms", nullptr},
                              {"within_20_ms", nullptr},
                              {"within_50_ms", nullptr}};
  if (agreement.same > 0) {
    json["median_ms"] = agreement.MedianMs();
    for (const int ms : {10, 20, 50})
      json["within_" + std::to_string(ms) + "_ms"] = agreement.ShareWithin(ms);
  }
  return json.dump(2) + "\n";
}

ExitCode CompareLabels(const LabelOptions& options) {
  const auto first = ReadLabels(options.from, options.from_format, options.recording);
  if (!first) return Report(first.error());
  const auto second = ReadLabels(options.to, options.to_format, options.recording);
  if (!second) return Report(second.error());
  const auto first_tier = TierOfLabels(*first, options.tier);
  if (!first_tier) return Report(Prefixed(options.from, first_tier.error()));
  const auto second_tier =
      TierOfLabels(*second, options.other_tier.empty() ? options.tier : options.other_tier);
  if (!second_tier) return Report(Prefixed(options.to, second_tier.error()));
  const auto agreement = CompareTiers(*first_tier, *second_tier);
  if (!agreement) return Report(agreement.error());
  return Show(options.json ? AgreementJson(*agreement) : AgreementText(*agreement));
}

void AddFormatOptions(CLI::App& command, LabelOptions& options) {
  command
      .add_option("--from-format", options.from_format,
                  "Format of the first file (default: by its name, else its content)")
      ->check(CLI::IsMember(LabelFormatNames()));
  command.add_option("--to-format", options.to_format, "Format of the second file, likewise")
      ->check(CLI::IsMember(LabelFormatNames()));
  command
      .add_option("--recording", options.recording,
                  "Which recording of a file that holds several (ctm)")
      ->type_name("NAME");
}

}  // namespace

void AddLabels(CLI::App& app, Global& global) {
  CLI::App* command = app.add_subcommand(
      "labels", "Convert and compare labels: Praat's TextGrid, CTM, ELAN, Audacity");
  command->require_subcommand(1);
  command->footer(
      "Examples:\n"
      "  euphone labels convert hand.eaf hand.TextGrid\n"
      "  euphone labels convert take.TextGrid take.txt --tier phones\n"
      "  euphone labels compare hand.TextGrid take.TextGrid --tier phones");
  auto options = std::make_shared<LabelOptions>();
  CLI::App* convert = command->add_subcommand("convert", "Write labels in another format");
  convert->add_option("FROM", options->from, "File of labels")->required();
  convert->add_option("TO", options->to, "File to write; - is standard output")->required();
  convert
      ->add_option("--tier", options->tier,
                   "This tier alone (ctm and audacity hold one: else phones, or words)")
      ->type_name("NAME");
  AddFormatOptions(*convert, *options);
  convert->callback(
      [options, &global] { global.run = [options] { return ConvertLabels(*options); }; });
  CLI::App* compare = command->add_subcommand(
      "compare", "Tell how far two files agree: which labels, and how far their edges lie apart");
  compare->add_option("FIRST", options->from, "File of labels")->required();
  compare->add_option("SECOND", options->to, "The other one")->required();
  compare->add_option("--tier", options->tier, "Tier to compare (default: phones, or words)")
      ->type_name("NAME");
  compare->add_option("--other-tier", options->other_tier, "Its name in the second file")
      ->type_name("NAME");
  AddFormatOptions(*compare, *options);
  compare->add_flag("--json", options->json, "One JSON object");
  compare->callback(
      [options, &global] { global.run = [options] { return CompareLabels(*options); }; });
}

}  // namespace euphone::cli
