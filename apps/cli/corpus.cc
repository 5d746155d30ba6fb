#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <system_error>

#include "commands.h"
#include "corpus/corpus.h"
#include "utterance_list.h"

namespace euphone::cli {
namespace {

struct CorpusOptions {
  std::string corpus;
  std::string kaldi;
  bool json = false;
};

struct CorpusFacts {
  std::size_t utterances = 0;
  std::size_t speakers = 0;
  std::size_t without_text = 0;
  std::size_t stretches = 0;
  std::size_t missing_files = 0;
  std::string first_missing = {};
};

CorpusFacts FactsOf(const std::vector<ListedUtterance>& utterances) {
  CorpusFacts facts;
  facts.utterances = utterances.size();
  std::set<std::string> speakers;
  for (const ListedUtterance& utterance : utterances) {
    if (!utterance.speaker.empty()) speakers.insert(utterance.speaker);
    if (utterance.text.empty()) ++facts.without_text;
    if (utterance.stretch) ++facts.stretches;
    std::error_code ignored;
    if (std::filesystem::exists(utterance.audio, ignored)) continue;
    if (facts.missing_files++ == 0) facts.first_missing = utterance.audio.string();
  }
  facts.speakers = speakers.size();
  return facts;
}

std::string CorpusText(const CorpusFacts& facts) {
  std::string text = fmt::format("{} utterances, {} speakers", facts.utterances, facts.speakers);
  if (facts.stretches > 0) text += fmt::format("; {} are parts of a recording", facts.stretches);
  if (facts.without_text > 0) text += fmt::format("; {} have no text", facts.without_text);
  if (facts.missing_files > 0)
    text += fmt::format("; of {} the recording is not there, first {}", facts.missing_files,
                        Shortened(facts.first_missing));
  return text + "\n";
}

ExitCode ShowCorpus(const CorpusOptions& options) {
  const auto utterances = ReadUtterances(options.corpus);
  if (!utterances) return Report(utterances.error());
  if (!options.kaldi.empty()) {
    if (auto status = WriteKaldiFolder(*utterances, options.kaldi); !status)
      return Report(status.error());
  }
  const CorpusFacts facts = FactsOf(*utterances);
  const ExitCode shown =
      Show(options.json ? nlohmann::ordered_json{{"schema", "euphone.corpus/1"},
                                                 {"utterances", facts.utterances},
                                                 {"speakers", facts.speakers},
                                                 {"stretches", facts.stretches},
                                                 {"without_text", facts.without_text},
                                                 {"missing_files", facts.missing_files}}
                                  .dump(2) +
                              "\n"
                        : CorpusText(facts));
  if (shown != ExitCode::kOk) return shown;
  return facts.missing_files > 0 ? ExitCode::kBadInput : ExitCode::kOk;
}

}  // namespace

void AddCorpus(CLI::App& app, Global& global) {
  auto options = std::make_shared<CorpusOptions>();
  CLI::App* command = app.add_subcommand(
      "corpus", "Look through a list of recordings: a table, a Kaldi folder, a Lhotse manifest");
  command->footer(
      "Examples:\n"
      "  euphone corpus data/dev\n"
      "  euphone corpus cuts.jsonl.gz --kaldi data/dev\n"
      "  euphone analyze --manifest data/dev --format json > results.jsonl");
  command
      ->add_option("LIST", options->corpus,
                   "Data folder of Kaldi, manifest of Lhotse (.jsonl, .jsonl.gz), or a table as "
                   "analyze --manifest takes it")
      ->required();
  command->add_option("--kaldi", options->kaldi, "Write it as a data folder of Kaldi")
      ->type_name("DIR");
  command->add_flag("--json", options->json, "One JSON object");
  command->callback(
      [options, &global] { global.run = [options] { return ShowCorpus(*options); }; });
}

}  // namespace euphone::cli
