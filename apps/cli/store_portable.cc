#include <fmt/format.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <iostream>

#include "audio/audio_encoder.h"
#include "base/file.h"
#include "reference/flite_voice.h"
#include "store/care.h"
#include "store/learners.h"
#include "store/portable.h"
#include "store/takes.h"
#include "store_commands.h"
#include "terminal.h"

namespace euphone::cli {
namespace {

using Options = std::shared_ptr<StoreOptions>;

struct ExportChoice {
  std::string folder, learner, csv, sounds_csv, anki;
  bool no_recordings = false;
};

/// The words of a deck, said by the reference voice; null where it cannot speak.
WordVoice VoiceFor(const InstallationOptions& installation) {
  const auto lexicon = OpenLexicon(installation);
  if (!lexicon) return nullptr;
  auto opened = FliteVoice::Create(*lexicon, "");
  if (!opened) return nullptr;
  const std::shared_ptr<ReferenceVoice> voice = *std::move(opened);
  return [voice](const std::string& word) -> Result<std::string> {
    const auto said = voice->Say(word, Pace::kNormal);
    if (!said) return said.error();
    return EncodeAudio(said->samples, said->rate, ".wav");
  };
}

Status Written(const std::string& file, const Result<std::string>& content) {
  return content ? WriteFileAtomically(file, *content) : Status(content.error());
}

ExitCode Export(const StoreOptions& options, const ExportChoice& choice,
                const InstallationOptions& installation) {
  if (choice.folder.empty() && choice.csv.empty() && choice.sounds_csv.empty() &&
      choice.anki.empty()) {
    ReportLine("export to what? Give a folder, --csv, --sounds-csv or --anki");
    return ExitCode::kUsage;
  }
  if (!choice.anki.empty() && choice.learner.empty()) {
    ReportLine("--anki makes one learner's deck; say whose with --learner");
    return ExitCode::kUsage;
  }
  auto store = OpenStore(options);
  if (!store) return Report(store.error());
  std::optional<LearnerId> learner;
  if (!choice.learner.empty()) {
    const auto found = FindLearner(*store, choice.learner);
    if (!found) return Report(found.error());
    learner = found->id;
  }
  std::string told;
  if (!choice.csv.empty()) {
    const auto table = TakesCsv(*store, {.learner = learner});
    if (auto status = Written(choice.csv, table); !status) return Report(status.error());
    told += choice.csv + ": written\n";
  }
  if (!choice.sounds_csv.empty()) {
    const auto table = SoundsCsv(*store, {.learner = learner});
    if (auto status = Written(choice.sounds_csv, table); !status) return Report(status.error());
    told += choice.sounds_csv + ": written\n";
  }
  if (!choice.anki.empty()) {
    const auto deck = MakeAnkiDeck(*store, *learner, VoiceFor(installation), NowMs());
    if (!deck) return Report(deck.error());
    if (auto status = WriteFileAtomically(choice.anki, deck->content); !status)
      return Report(status.error());
    told += fmt::format("{}: {}\n", choice.anki, Counted(deck->cards, "card"));
  }
  if (!choice.folder.empty()) {
    const auto exported = ExportStore(
        *store, choice.folder,
        {.learner = learner, .recordings = !choice.no_recordings, .progress = BarFor("Exporting")});
    if (!exported) return Interrupted() ? ExitCode::kInterrupted : Report(exported.error());
    told += fmt::format("{}: {}, {}, {}; nothing in it is encrypted\n", choice.folder,
                        Counted(exported->learners, "learner"), Counted(exported->takes, "take"),
                        Counted(exported->recordings, "recording"));
  }
  return Show(told);
}

ExitCode Import(const StoreOptions& options, const std::string& folder) {
  auto store = OpenOrMakeStore(options);
  if (!store) return Report(store.error());
  const auto imported = ImportStore(*store, folder, BarFor("Importing"));
  if (!imported) return Interrupted() ? ExitCode::kInterrupted : Report(imported.error());
  return Show(fmt::format("taken in: {}, {}; {} there already\n",
                          Counted(imported->learners, "learner"), Counted(imported->takes, "take"),
                          Counted(imported->known, "take was", "takes were")));
}

struct DeleteChoice {
  std::string learner;
  std::vector<std::string> takes;
  bool all = false, yes = false;
};

/// Asks on the terminal; without one, only --yes says yes.
bool Agreed(const DeleteChoice& choice, const std::string& what) {
  if (choice.yes) return true;
  if (::isatty(STDIN_FILENO) == 0) {
    ReportLine("nothing is deleted; there is no terminal to ask on, so say --yes");
    return false;
  }
  std::cerr << "Delete " << what << " for ever? Type yes: ";
  std::string answer;
  std::getline(std::cin, answer);
  if (answer != "yes") ReportLine("nothing is deleted");
  return answer == "yes";
}

ExitCode DeleteAll(const StoreOptions& options, const DeleteChoice& choice) {
  const auto folder = StoreFolder(options);
  if (!folder) return Report(folder.error());
  if (!Agreed(choice, "the whole store in " + folder->string())) return ExitCode::kBadInput;
  if (auto status = RemoveStore(*folder); !status) return Report(status.error());
  return Show(folder->string() + ": deleted\n");
}

ExitCode DeleteTakes(Store& store, const DeleteChoice& choice) {
  std::vector<TakeId> ids;
  for (const std::string& uuid : choice.takes) {
    const auto row = GetTake(store, uuid);
    if (!row) return Report(Prefixed(Shortened(uuid), row.error()));
    ids.push_back(row->id);
  }
  if (!Agreed(choice, Counted(std::ssize(ids), "take"))) return ExitCode::kBadInput;
  for (const TakeId id : ids) {
    if (auto status = DeleteTake(store, id); !status) return Report(status.error());
  }
  if (auto status = Scrub(store); !status) return Report(status.error());
  return Show(Counted(std::ssize(ids), "take") + " deleted\n");
}

ExitCode Delete(const StoreOptions& options, const DeleteChoice& choice) {
  if (choice.all) return DeleteAll(options, choice);
  if (choice.learner.empty() && choice.takes.empty()) {
    ReportLine("delete what? Give --learner, --take or --all");
    return ExitCode::kUsage;
  }
  auto store = OpenStore(options);
  if (!store) return Report(store.error());
  if (choice.learner.empty()) return DeleteTakes(*store, choice);
  const auto learner = FindLearner(*store, choice.learner);
  if (!learner) return Report(learner.error());
  if (!Agreed(choice,
              "everything about " + learner->name + " (" + Counted(learner->takes, "take") + ")")) {
    return ExitCode::kBadInput;
  }
  if (auto status = EraseLearner(*store, learner->id); !status) return Report(status.error());
  return Show(learner->name + ": deleted; backups and exports that were made before are not\n");
}

}  // namespace

void AddStorePortable(CLI::App& store, Global& global, const Options& options) {
  auto choice = std::make_shared<ExportChoice>();
  CLI::App* command = store.add_subcommand(
      "export", "Write what is kept in open formats: JSON, FLAC, TextGrid, CSV, an Anki deck");
  command->add_option("DIR", choice->folder, "A new folder: all of it");
  command->add_option("--learner", choice->learner, "Only of this learner")->type_name("NAME");
  command->add_flag("--no-recordings", choice->no_recordings, "Scores only");
  command->add_option("--csv", choice->csv, "A line for each take")->type_name("FILE");
  command->add_option("--sounds-csv", choice->sounds_csv, "A line for each sound of each take")
      ->type_name("FILE");
  command->add_option("--anki", choice->anki, "Words that went wrong, as an Anki deck (.apkg)")
      ->type_name("FILE");
  command->callback([=, &global] {
    global.run = [=, &global] { return Export(*options, *choice, global.installation); };
  });

  auto folder = std::make_shared<std::string>();
  CLI::App* import = store.add_subcommand("import", "Take in what an export wrote");
  import->add_option("DIR", *folder, "The folder of the export")->required();
  import->callback([=, &global] { global.run = [=] { return Import(*options, *folder);
};
}  // namespace euphone::cli
);

auto deletion = std::make_shared<DeleteChoice>();
CLI::App* remove =
    store.add_subcommand("delete", "Delete takes, everything about a learner, or the whole store");
auto* learner = remove->add_option("--learner", deletion->learner, "Everything about this learner")
                    -> type_name("NAME");
auto* takes = remove->add_option("--take", deletion->takes, "This take") -> type_name("UUID")
                  -> excludes(learner);
remove->add_flag("--all", deletion->all, "The whole store")->excludes(learner)->excludes(takes);
remove->add_flag("-y,--yes", deletion->yes, "Do not ask");
remove->callback([=, &global] { global.run = [=] { return Delete(*options, *deletion); }; });
}

}  // namespace euphone::cli
