#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <nlohmann/json.hpp>

#include "report/format.h"
#include "store/clock.h"
#include "store/days.h"
#include "store/learners.h"
#include "store/practice.h"
#include "store/progress.h"
#include "store/takes.h"
#include "store_commands.h"
#include "terminal.h"

namespace euphone::cli {
namespace {

using Json = nlohmann::ordered_json;
using Options = std::shared_ptr<StoreOptions>;

struct LogChoice {
  std::string learner, search, order = "newest", after;
  std::optional<double> below;
  std::size_t limit = 20;
  bool starred = false, json = false;
};

Json Number(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

Json AsJson(const TakeRow& take, const std::string& learner) {
  return {{"take", take.uuid},
          {"learner", learner},
          {"said_ms", take.said_ms},
          {"text", take.text},
          {"lesson", take.lesson},
          {"item", take.item},
          {"seconds", static_cast<double>(take.duration_ms) / 1000.0},
          {"model", take.model},
          {"verdict", take.verdict},
          {"total", Number(take.total)},
          {"accuracy", Number(take.accuracy)},
          {"fluency", Number(take.fluency)},
          {"completeness", Number(take.completeness)},
          {"prosody", Number(take.prosody)},
          {"uncertainty", Number(take.uncertainty)},
          {"findings", take.findings},
          {"recording", take.has_recording},
          {"starred", take.starred},
          {"note", take.note}};
}

/// Learners' names by their ids.
Result<std::map<std::int64_t, std::string>> Names(Store& store) {
  const auto learners = AllLearners(store);
  if (!learners) return learners.error();
  std::map<std::int64_t, std::string> names;
  for (const Learner& learner : *learners) names[learner.id.value] = learner.name;
  return names;
}

ExitCode Log(const StoreOptions& options, const LogChoice& choice) {
  auto store = OpenStore(options);
  if (!store) return Report(store.error());
  TakeQuery query{.search = choice.search,
                  .starred = choice.starred,
                  .below = choice.below,
                  .order = TakeOrderNamed(choice.order).value_or(TakeOrder::kNewest),
                  .limit = choice.limit};
  if (!choice.learner.empty()) {
    const auto learner = FindLearner(*store, choice.learner);
    if (!learner) return Report(learner.error());
    query.learner = learner->id;
  }
  if (!choice.after.empty()) {
    const auto row = GetTake(*store, choice.after);
    if (!row) return Report(row.error());
    query.after = row->id;
  }
  const auto takes = FindTakes(*store, query);
  if (!takes) return Report(takes.error());
  auto names = Names(*store);
  if (!names) return Report(names.error());
  std::string text;
  const int width = TerminalWidth();
  for (const TakeRow& take : *takes) {
    const std::string& name = (*names)[take.learner.value];
    if (choice.json) {
      text += AsJson(take, name).dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
      continue;
    }
    const std::string score = take.total ? Decimal(*take.total, 0) : take.verdict;
    std::string line = fmt::format("{}{} {:>3}  {}: {}", take.starred ? "*" : " ",
                                   LocalTime(take.said_ms), score, name, OneLine(take.text));
    if (std::ssize(line) > width) {
      // Not within a character of several bytes.
      auto end = static_cast<std::size_t>(width) - 1;
      while ((static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) --end;
      line = line.substr(0, end) + "…";
    }
    text += line + "\n";
  }
  if (text.empty() && !choice.json) text = "no take is like that\n";
  return Show(text);
}

Json MeanJson(const std::optional<Mean>& mean) {
  if (!mean) return nullptr;
  return {{"count", mean->count},
          {"mean", Rounded(mean->value, 2)},
          {"standard_error", Rounded(mean->error, 2)}};
}

Json ProgressJson(const LearnerProgress& progress) {
  Json json = {{"days", Json::array()},
               {"sounds", Json::array()},
               {"confusions", Json::array()},
               {"words", Json::array()}};
  for (const DayOfPractice& day : progress.days) {
    json["days"].push_back({{"day", day.day},
                            {"takes", day.takes},
                            {"seconds", static_cast<double>(day.duration_ms) / 1000.0},
                            {"total", MeanJson(day.total)}});
  }
  for (const SoundProgress& sound : progress.sounds) {
    json["sounds"].push_back({{"sound", sound.sound},
                              {"all", MeanJson(sound.all)},
                              {"wrong", Rounded(sound.wrong, 4)},
                              {"first", MeanJson(sound.first)},
                              {"last", MeanJson(sound.last)}});
  }
  for (const ConfusionCount& confusion : progress.confusions) {
    json["confusions"].push_back({{"expected", confusion.expected},
                                  {"said", confusion.said},
                                  {"count", confusion.count},
                                  {"last_day", confusion.last_day}});
  }
  for (const WordProgress& word : progress.words) {
    json["words"].push_back({{"word", word.word},
                             {"count", word.count},
                             {"mean", Rounded(word.mean, 2)},
                             {"wrong", Rounded(word.wrong, 4)}});
  }
  return json;
}

std::string ProgressText(const LearnerProgress& progress) {
  std::string text = "sound  times  mean         wrong  first → last\n";
  for (const SoundProgress& sound : progress.sounds) {
    const std::string change =
        sound.first ? Decimal(sound.first->value, 0) + " → " + Decimal(sound.last->value, 0)
                    : "too few yet";
    // Of one time nobody knows how it varies.
    const std::string error =
        sound.all.count > 1 ? fmt::format("± {:<4.1f}", 1.96 * sound.all.error) : "      ";
    text += fmt::format("{:<6} {:>5}  {:>5.1f} {} {:>4.0f} %  {}\n", sound.sound, sound.all.count,
                        sound.all.value, error, 100.0 * sound.wrong, change);
  }
  std::string heard;
  for (std::size_t i = 0; i < std::min<std::size_t>(progress.confusions.size(), 8); ++i) {
    const ConfusionCount& each = progress.confusions[i];
    heard += fmt::format("{}{} {} ({})", i == 0 ? "" : ", ", each.expected,
                         each.said.empty() ? "left out" : "as " + each.said, each.count);
  }
  if (!heard.empty()) text += "heard instead: " + heard + "\n";
  return text;
}

Json PracticeJson(const std::vector<PracticeItem>& items) {
  Json json = Json::array();
  for (const PracticeItem& item : items) {
    json.push_back({{"kind", item.kind == PracticeItem::Kind::kSound ? "sound" : "word"},
                    {"what", item.what},
                    {"due_day", item.due_day},
                    {"retrievability", Rounded(item.recall, 4)},
                    {"stability_days", Rounded(item.memory.stability_days, 2)},
                    {"reviews", item.memory.reviews}});
  }
  return json;
}

/// What is due, else what comes next.
std::string PracticeText(const std::vector<PracticeItem>& items, std::int64_t today) {
  constexpr std::size_t kMost = 8;
  std::string due;
  for (std::size_t i = 0; i < std::min(items.size(), kMost) && items[i].due_day <= today; ++i)
    due += (i == 0 ? "" : ", ") + items[i].what;
  if (!due.empty()) return "practise today: " + due + "\n";
  if (items.empty()) return "";
  return fmt::format("practise next: {}, in {}\n", items.front().what,
                     Counted(items.front().due_day - today, "day"));
}

ExitCode ShowProgress(const StoreOptions& options, const std::string& name, bool json) {
  auto store = OpenStore(options);
  if (!store) return Report(store.error());
  const auto learner = FindLearner(*store, name);
  if (!learner) return Report(learner.error());
  const auto progress = ProgressOf(*store, learner->id);
  if (!progress) return Report(progress.error());
  if (!json && progress->sounds.empty()) return Show(name + ": nothing was scored yet\n");
  const std::int64_t today = DayOf(NowMs() + UtcOffsetMs());
  const auto practice = PracticeOf(*store, learner->id, today);
  if (!practice) return Report(practice.error());
  if (!json) return Show(ProgressText(*progress) + PracticeText(*practice, today));
  Json all = ProgressJson(*progress);
  all["practice"] = PracticeJson(*practice);
  return Show(all.dump(2) + "\n");
}

}  // namespace

void AddStoreLog(CLI::App& store, Global& global, const Options& options) {
  auto choice = std::make_shared<LogChoice>();
  CLI::App* log = store.add_subcommand("log", "List takes: filter, search, sort");
  log->add_option("--learner", choice->learner, "Only of this learner")->type_name("NAME");
  log->add_option("--search", choice->search, "Words of the text or the note")->type_name("WORDS");
  log->add_option("--below", choice->below, "Only with a total score below this");
  log->add_flag("--starred", choice->starred, "Only starred ones");
  log->add_option("--order", choice->order, "Which come first")
      ->check(CLI::IsMember({"newest", "oldest", "worst", "best"}))
      ->capture_default_str();
  log->add_option("--limit", choice->limit, "So many")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  log->add_option("--after", choice->after, "The next page after this take")->type_name("UUID");
  log->add_flag("--json", choice->json, "One JSON object per take");
  log->callback([=, &global] { global.run = [=] { return Log(*options, *choice); }; });

  auto learner = std::make_shared<std::string>();
  auto json = std::make_shared<bool>(false);
  CLI::App* progress = store.add_subcommand("progress", "How a learner's sounds get on");
  progress->add_option("--learner", *learner, "Whose")->type_name("NAME")->required();
  progress->add_flag("--json", *json, "As JSON");
  progress->callback(
      [=, &global] { global.run = [=] { return ShowProgress(*options, *learner, *json); }; });
}

}  // namespace euphone::cli
