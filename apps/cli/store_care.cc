#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <nlohmann/json.hpp>

#include "store/care.h"
#include "store/learners.h"
#include "store/takes.h"
#include "store_commands.h"
#include "terminal.h"

namespace euphone::cli {
namespace {

using Json = nlohmann::ordered_json;
using Options = std::shared_ptr<StoreOptions>;

struct LockChoice {
  bool passphrase = false, keyring = false, unencrypted = false;
};

void AddLockChoice(CLI::App& command, LockChoice& choice, bool may_be_open) {
  auto* passphrase =
      command.add_flag("--passphrase", choice.passphrase, "Lock it with a passphrase");
  auto* keyring =
      command.add_flag("--keyring", choice.keyring, "Lock it with the desktop's keyring");
  keyring->excludes(passphrase);
  if (!may_be_open) return;
  command.add_flag("--unencrypted", choice.unencrypted, "Do not encrypt it")
      ->excludes(passphrase)
      ->excludes(keyring);
}

KeyKind KindOf(const LockChoice& choice) {
  if (choice.unencrypted) return KeyKind::kNone;
  if (choice.passphrase) return KeyKind::kPassphrase;
  return choice.keyring ? KeyKind::kKeyring : KeyKind::kKeyFile;
}

ExitCode Init(const StoreOptions& options, const LockChoice& choice) {
  const auto folder = StoreFolder(options);
  if (!folder) return Report(folder.error());
  std::error_code ignored;
  if (std::filesystem::exists(*folder / "store.json", ignored)) {
    ReportLine(folder->string() + ": there is a store already");
    return ExitCode::kBadInput;
  }
  const bool chosen = choice.passphrase || choice.keyring || choice.unencrypted;
  const auto store =
      chosen ? Store::Create(*folder, KindOf(choice), GiversOf(options, choice.passphrase))
             : OpenOrMakeStore(options);
  if (!store) return Report(store.error());
  return Show(fmt::format("{}: ready\n", store->folder().string()));
}

ExitCode ChangeLock(const StoreOptions& options, const LockChoice& choice,
                    const std::string& new_key_file) {
  if (!choice.passphrase && !choice.keyring && new_key_file.empty()) {
    ReportLine("lock it with what? Give --passphrase, --keyring or --new-key-file");
    return ExitCode::kUsage;
  }
  auto store = OpenStore(options);
  if (!store) return Report(store.error());
  StoreOptions fresh = options;
  fresh.key_file = new_key_file;
  if (auto status = store->ChangeLock(KindOf(choice), GiversOf(fresh, choice.passphrase)); !status)
    return Report(status.error());
  return Show(fmt::format("{}: from now on its lock is the {}\n", store->folder().string(),
                          Name(store->head().kind)));
}

Json RulesJson(const Retention& rules) {
  const auto number = [](const auto& value) { return value ? Json(*value) : Json(); };
  return {{"recordings", number(rules.recordings)},
          {"recording_days", number(rules.recording_days)},
          {"disk_percent", number(rules.disk_percent)},
          {"take_days", number(rules.take_days)}};
}

std::string RulesText(const Retention& rules) {
  std::string text;
  const auto add = [&](const std::string& rule) { text += (text.empty() ? "" : "; ") + rule; };
  if (rules.recordings) add(fmt::format("the last {} recordings of a learner", *rules.recordings));
  if (rules.recording_days) add(fmt::format("recordings for {} days", *rules.recording_days));
  if (rules.disk_percent)
    add(fmt::format("recordings up to {} % of the disk", *rules.disk_percent));
  if (rules.take_days) add(fmt::format("scores for {} days", *rules.take_days));
  return text.empty() ? "everything" : text + "; starred takes always";
}

ExitCode Info(const StoreOptions& options, bool json) {
  auto store = OpenStore(options);
  if (!store) return Report(store.error());
  const auto size = MeasureStore(*store);
  const auto rules = GetRetention(*store);
  const auto learners = AllLearners(*store);
  const auto format = GetAudioFormat(*store);
  if (!format) return Report(format.error());
  if (!size) return Report(size.error());
  if (!rules) return Report(rules.error());
  if (!learners) return Report(learners.error());
  const StoreHead& head = store->head();
  if (json) {
    Json document = {{"folder", store->folder().string()},
                     {"id", head.id},
                     {"tables", size->version},
                     {"encrypted", head.kind != KeyKind::kNone},
                     {"key", Name(head.kind)},
                     {"takes", size->takes},
                     {"starred", size->starred},
                     {"recordings", size->recordings},
                     {"recording_seconds", static_cast<double>(size->recording_ms) / 1000.0},
                     {"audio_bytes", size->audio_bytes},
                     {"database_bytes", size->database_bytes},
                     {"free_bytes", size->free_bytes},
                     {"audio_format", *format == AudioFormat::kOpus ? "opus" : "flac"},
                     {"keep", RulesJson(*rules)},
                     {"learners", Json::array()}};
    for (const Learner& learner : *learners) {
      document["learners"].push_back({{"name", learner.name},
                                      {"uuid", learner.uuid},
                                      {"first_language", learner.first_language},
                                      {"takes", learner.takes}});
    }
    return Show(document.dump(2) + "\n");
  }
  std::string lock = "encrypted; its key is ";
  if (head.kind == KeyKind::kNone) lock = "NOT encrypted";
  if (head.kind == KeyKind::kPassphrase) lock += "a passphrase";
  if (head.kind == KeyKind::kKeyring) lock += "in the keyring";
  if (head.kind == KeyKind::kKeyFile) lock += "the file " + head.key_file.string();
  std::string text = fmt::format(
      "{}\n  {}\n  {}, {} starred\n  {}, {:.0f} minutes, {}\n  database {}, {} free on the disk\n"
      "  kept: {}\n",
      store->folder().string(), lock, Counted(size->takes, "take"), size->starred,
      Counted(size->recordings, "recording"), static_cast<double>(size->recording_ms) / 60000.0,
      BytesText(size->audio_bytes), BytesText(size->database_bytes), BytesText(size->free_bytes),
      RulesText(*rules) + (*format == AudioFormat::kOpus ? "; recordings as Opus" : ""));
  for (const Learner& learner : *learners)
    text += fmt::format("  learner {}: {}\n", learner.name, Counted(learner.takes, "take"));
  return Show(text);
}

const char* KindText(FaultKind kind) {
  switch (kind) {
    case FaultKind::kDatabase:
      return "database";
    case FaultKind::kLeftOver:
      return "left_over";
    case FaultKind::kMissingRecording:
      return "missing_recording";
    case FaultKind::kDamagedRecording:
      return "damaged_recording";
    case FaultKind::kUnused:
      return "unused";
    case FaultKind::kWrongSum:
      return "wrong_sum";
  }
  return "";
}

ExitCode Check(const StoreOptions& options, bool repair, bool quick, bool json) {
  auto store = OpenStore(options);
  if (!store) return Report(store.error());
  CheckOptions check;
  check.repair = repair;
  check.contents = !quick;
  check.progress = BarFor("Checking");
  const auto faults = CheckStore(*store, check);
  check.progress = nullptr;  // Takes the bar away.
  if (!faults) return Interrupted() ? ExitCode::kInterrupted : Report(faults.error());
  bool left = false;
  Json list = Json::array();
  std::string text;
  for (const Fault& fault : *faults) {
    left = left || !fault.repaired;
    list.push_back(
        {{"kind", KindText(fault.kind)}, {"what", fault.what}, {"repaired", fault.repaired}});
    text += fmt::format("{}{}\n", fault.what, fault.repaired ? " (repaired)" : "");
  }
  if (faults->empty()) text = "nothing is wrong\n";
  if (left && !repair) text += "euphone store check --repair mends what can be mended\n";
  const ExitCode shown = Show(json ? list.dump(2) + "\n" : text);
  return left && shown == ExitCode::kOk ? ExitCode::kBroken : shown;
}

ExitCode Backup(const StoreOptions& options, const std::string& folder) {
  auto store = OpenStore(options);
  if (!store) return Report(store.error());
  if (auto status = BackUp(*store, folder, BarFor("Copying")); !status)
    return Interrupted() ? ExitCode::kInterrupted : Report(status.error());
  return Show(folder + ": backed up; the store's own key opens it\n");
}

ExitCode PutBack(const StoreOptions& options, const std::string& backup) {
  const auto folder = StoreFolder(options);
  if (!folder) return Report(folder.error());
  if (auto status = Restore(backup, *folder, GiversOf(options), BarFor("Copying")); !status)
    return Interrupted() ? ExitCode::kInterrupted : Report(status.error());
  return Show(folder->string() + ": restored; what was there is in " + folder->string() +
              ".before\n");
}

ExitCode Tidy(const StoreOptions& options) {
  auto store = OpenStore(options);
  if (!store) return Report(store.error());
  const auto before = MeasureStore(*store);
  if (auto status = Vacuum(*store); !status) return Report(status.error());
  const auto after = MeasureStore(*store);
  if (!before || !after) return Report((before ? after : before).error());
  return Show(fmt::format("database: {} before, {} now\n", BytesText(before->database_bytes),
                          BytesText(after->database_bytes)));
}

struct KeepOptions {
  Retention rules;
  bool everything = false;
  std::string format;
};

ExitCode Keep(const StoreOptions& options, const KeepOptions& keep) {
  auto store = OpenStore(options);
  if (!store) return Report(store.error());
  auto rules = GetRetention(*store);
  if (!rules) return Report(rules.error());
  if (keep.everything) rules = Retention{};
  if (keep.rules.recordings) rules->recordings = keep.rules.recordings;
  if (keep.rules.recording_days) rules->recording_days = keep.rules.recording_days;
  if (keep.rules.disk_percent) rules->disk_percent = keep.rules.disk_percent;
  if (keep.rules.take_days) rules->take_days = keep.rules.take_days;
  if (auto status = SetRetention(*store, *rules); !status) return Report(status.error());
  if (!keep.format.empty()) {
    const auto format = keep.format == "opus" ? AudioFormat::kOpus : AudioFormat::kFlac;
    if (auto status = SetAudioFormat(*store, format); !status) return Report(status.error());
  }
  const auto forgotten = Retain(*store, NowMs());
  if (!forgotten) return Report(forgotten.error());
  return Show(fmt::format("kept: {}\nforgotten now: {}, {}\n", RulesText(*rules),
                          Counted(forgotten->recordings, "recording"),
                          Counted(forgotten->takes, "take")));
}

void AddKeep(CLI::App& store, Global& global, const Options& options) {
  auto keep = std::make_shared<KeepOptions>();
  CLI::App* command = store.add_subcommand(
      "keep", "Say how long what is kept, and forget what is older; starred takes always stay");
  command->add_option("--recordings", keep->rules.recordings, "Most recordings of a learner")
      ->check(CLI::NonNegativeNumber);
  command->add_option("--recording-days", keep->rules.recording_days, "Greatest age of recordings")
      ->check(CLI::NonNegativeNumber);
  command->add_option("--disk-percent", keep->rules.disk_percent, "Most of the disk for recordings")
      ->check(CLI::Range(0.0, 100.0));
  command->add_option("--take-days", keep->rules.take_days, "Greatest age of scores")
      ->check(CLI::NonNegativeNumber);
  command
      ->add_option("--format", keep->format,
                   "Recordings from now on: flac as they were, opus a tenth of the bytes")
      ->check(CLI::IsMember({"flac", "opus"}));
  command->add_flag("--everything", keep->everything, "Drop the rules that there are");
  command->callback([=, &global] { global.run = [=] { return Keep(*options, *keep); }; });
}

}  // namespace

void AddStoreCare(CLI::App& store, Global& global, const Options& options) {
  auto choice = std::make_shared<LockChoice>();
  CLI::App* init = store.add_subcommand(
      "init", "Make a store; encrypted, with a key in the keyring or in a new key file");
  AddLockChoice(*init, *choice, true);
  init->callback([=, &global] { global.run = [=] { return Init(*options, *choice); }; });

  auto json = std::make_shared<bool>(false);
  CLI::App* info = store.add_subcommand("info", "How much is kept, of whom, and how it is locked");
  info->add_flag("--json", *json, "As JSON");
  info->callback([=, &global] { global.run = [=] { return Info(*options, *json); }; });

  auto repair = std::make_shared<bool>(false), quick = std::make_shared<bool>(false);
  CLI::App* check = store.add_subcommand(
      "check", "Look for what a crash or a failing disk left; exit status 4 where something is");
  check->add_flag("--repair", *repair, "Mend it");
  check->add_flag("--quick", *quick, "Do not open every recording");
  check->add_flag("--json", *json, "As JSON");
  check->callback(
      [=, &global] { global.run = [=] { return Check(*options, *repair, *quick, *json); }; });

  auto folder = std::make_shared<std::string>();
  CLI::App* backup = store.add_subcommand(
      "backup",
      "Copy the store to another folder, or bring that copy up to date; while it is used");
  backup->add_option("DIR", *folder, "Where to")->required();
  backup->callback([=, &global] { global.run = [=] { return Backup(*options, *folder); }; });

  CLI::App* restore = store.add_subcommand(
      "restore", "Put a backup in the store's place; the old one is kept aside");
  restore->add_option("DIR", *folder, "The backup")->required();
  restore->callback([=, &global] { global.run = [=] { return PutBack(*options, *folder); }; });

  CLI::App* vacuum = store.add_subcommand("vacuum", "Give space that is not used back to the disk");
  vacuum->callback([=, &global] { global.run = [=] { return Tidy(*options); }; });

  auto lock = std::make_shared<LockChoice>();
  CLI::App* change = store.add_subcommand("lock", "Change what unlocks the store");
  AddLockChoice(*change, *lock, false);
  change->add_option("--new-key-file", *folder,
                     "Lock it with this key file, made where it is missing");
  change->callback(
      [=, &global] { global.run = [=] { return ChangeLock(*options, *lock, *folder); }; });
  AddKeep(store, global, options);
}

}  // namespace euphone::cli
