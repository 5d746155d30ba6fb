#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "choices.h"
#include "commands.h"
#include "lexicon/ipa.h"

namespace euphone::cli {
namespace {

struct LexiconOptions {
  std::vector<std::string> words;
  bool json = false;
};

const char* NameOf(Origin origin) {
  switch (origin) {
    case Origin::kLexicon:
      return "dictionary";
    case Origin::kUser:
      return "your lexicon";
    case Origin::kInline:
      return "inline";
    case Origin::kWeakForm:
      return "weak form";
    case Origin::kSpelled:
      return "spelled";
    case Origin::kG2p:
      return "guessed";
  }
  return "";
}

std::string Arpabet(const Pronunciation& pronunciation, const PhoneSet& phones) {
  std::string text;
  for (const Phone& phone : pronunciation.phones)
    text += (text.empty() ? "" : " ") + phones.Arpabet(phone);
  return text;
}

nlohmann::ordered_json AsJson(const std::string& word, const std::vector<Pronunciation>& variants,
                              const LanguagePack& pack) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Pronunciation& variant : variants) {
    list.push_back({{"arpabet", Arpabet(variant, pack.phones)},
                    {"ipa", Ipa(variant.phones, pack.phones, pack.syllabifier)},
                    {"syllables", pack.syllabifier.Syllabify(variant.phones).size()},
                    {"origin", NameOf(variant.origin)}});
  }
  return {{"word", word}, {"pronunciations", list}};
}

std::string AsTable(const std::string& word, const std::vector<Pronunciation>& variants,
                    const LanguagePack& pack) {
  std::string table;
  for (const Pronunciation& variant : variants) {
    table +=
        fmt::format("{:<18} {:<30} /{}/  ({})\n", word, Arpabet(variant, pack.phones),
                    Ipa(variant.phones, pack.phones, pack.syllabifier), NameOf(variant.origin));
  }
  return table;
}

ExitCode LookUp(const LexiconOptions& options, const InstallationOptions& installation) {
  for (const auto& wrong : {WrongChoice(installation), WrongLexicon(installation)}) {
    if (!wrong) continue;
    ReportLine(wrong->message);
    return wrong->code;
  }
  auto lexicon = OpenLexicon(installation);
  if (!lexicon) {
    ReportLine(lexicon.error().message);
    return ExitCode::kBroken;
  }
  ExitCode worst = ExitCode::kOk;
  for (const std::string& text : options.words) {
    auto script = NormalizeText(text, {});
    if (!script) {
      worst = Report(Prefixed(Shortened(text), script.error()));
      continue;
    }
    for (const SpokenWord& word : script->words) {
      auto variants = (*lexicon)->Lookup(word);
      if (!variants) {
        worst = Report(Prefixed(Shortened(word.text), variants.error()));
        continue;
      }
      const LanguagePack& pack = (*lexicon)->pack();
      const ExitCode shown = Show(options.json ? AsJson(word.text, *variants, pack).dump() + "\n"
                                               : AsTable(word.text, *variants, pack));
      if (shown != ExitCode::kOk) return shown;
    }
  }
  return worst;
}

}  // namespace

void AddLexicon(CLI::App& app, Global& global) {
  auto options = std::make_shared<LexiconOptions>();
  CLI::App* command = app.add_subcommand(
      "lexicon", "Show how words are said, in ARPAbet and IPA, and how that is known");
  command->footer(
      "Examples:\n"
      "  euphone lexicon thorough photograph\n"
      "  euphone lexicon \"Dr. Nguyen paid \\$5\" --json");
  command
      ->add_option("WORD", options->words,
                   "Words or whole phrases; written forms are spelled out first")
      ->required();
  command->add_flag("--json", options->json, "One JSON object per word");
  command->callback([options, &global] {
    global.run = [options, &global] { return LookUp(*options, global.installation); };
  });
}

}  // namespace euphone::cli
