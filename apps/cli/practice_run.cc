#include "practice_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/file.h"
#include "choices.h"
#include "lessons.h"
#include "lexicon/ipa.h"
#include "store/clock.h"
#include "store/days.h"
#include "store/drill_plan.h"
#include "store/practice_json.h"
#include "store_commands.h"

namespace euphone::cli {
namespace {

constexpr std::size_t kMostSounds = 8;  ///< That are told to be due.

/// Absent where nothing was asked for. Fails: kInvalidArgument.
Result<std::optional<PhoneId>> SoundCalled(const std::string& name, const PhoneSet& phones) {
  if (name.empty()) return std::optional<PhoneId>();
  if (const auto sound = phones.ParsePhone(name)) return std::optional(sound->id);
  return Error{Errc::kInvalidArgument, "there is no sound '" + Shortened(name) +
                                           "'; `euphone lexicon WORD` shows the sounds of a word"};
}

/// For somebody of whom nothing is known.
Result<DrillPlan> PlanForAnyone(const Knowledge& knowledge, std::int64_t today,
                                std::optional<PhoneId> sound, std::optional<PhoneId> against) {
  DrillPlan plan;
  if (sound) {
    plan.order.sound = *sound;
    plan.order.against = against ? against : ContrastFor(knowledge, {}, *sound);
  } else if (const auto pair = ContrastOfDay(knowledge, "", today)) {
    plan.order.sound = pair->first;
    plan.order.against = pair->second;
  } else {
    return Error{Errc::kNotFound, "nothing is known that could be practised"};
  }
  plan.order.day = today;
  return plan;
}

Result<DrillPlan> PlanForLearner(const PracticeOptions& options, const PracticeMaterial& material,
                                 Store& store, std::optional<PhoneId> sound,
                                 std::optional<PhoneId> against, std::int64_t today) {
  const auto learner = FindLearner(store, options.learner);
  if (!learner) return learner.error();
  return PlanDrill(store, learner->id, material.phones(), *material.knowledge, today, sound,
                   against);
}

Result<DrillPlan> PlanFor(const PracticeOptions& options, const PracticeMaterial& material,
                          Store* open) {
  const auto sound = SoundCalled(options.sound, material.phones());
  if (!sound) return sound.error();
  const auto against = SoundCalled(options.against, material.phones());
  if (!against) return against.error();
  if (*sound && *sound == *against)
    return Error{Errc::kInvalidArgument, "--against is the same sound; give another one"};
  const std::int64_t today = DayOf(NowMs() + UtcOffsetMs());
  if (options.learner.empty()) return PlanForAnyone(*material.knowledge, today, *sound, *against);
  if (open != nullptr) return PlanForLearner(options, material, *open, *sound, *against, today);
  if (open != nullptr) return PlanForLearner(options, material, *open, *sound, *against, today);
  auto store = OpenStore(options.store);
  if (!store) return store.error();
  return PlanForLearner(options, material, *store, *sound, *against, today);
}

std::string Named(const PhoneSet& phones, PhoneId sound) {
  return fmt::format("{} /{}/", phones.info(sound).arpabet, phones.info(sound).ipa);
}

/// What is due, else what comes next.
std::string DueText(const DrillPlan& plan) {
  if (plan.sounds.empty()) return "";
  const PracticeItem& first = plan.sounds.front();
  if (first.due_day > plan.order.day) {
    return fmt::format("nothing is due; next comes {}, in {}\n\n", first.what,
                       Counted(first.due_day - plan.order.day, "day"));
  }
  std::string due;
  for (std::size_t i = 0; i < std::min(plan.sounds.size(), kMostSounds); ++i)
    due += (i == 0 ? "" : ", ") + plan.sounds[i].what;
  return "due today: " + due + "\n\n";
}

std::string ItemText(const DrillItem& item, const PracticeMaterial& material) {
  const auto said = [&](const std::string& text) {
    const VocabularyWord* const word = material.vocabulary.Find(text);
    return fmt::format("{} /{}/", text,
                       Ipa(word->phones(), material.phones(), material.pack().syllabifier));
  };
  switch (item.kind) {
    case DrillKind::kWord:
      return said(item.text);
    case DrillKind::kPair:
      return said(item.text) + " – " + said(item.other);
    case DrillKind::kSentence:
      return item.text;
  }
  return "";
}

const char* TitleOf(DrillKind kind) {
  switch (kind) {
    case DrillKind::kWord:
      return "Words";
    case DrillKind::kPair:
      return "Pairs";
    case DrillKind::kSentence:
      return "Sentences";
  }
  return "";
}

std::string DrillText(const Drill& drill, const PracticeMaterial& material) {
  const PhoneSet& phones = material.phones();
  std::string text = Named(phones, drill.order.sound);
  if (drill.order.against) text += ", not " + Named(phones, *drill.order.against);
  text += "\n";
  if (drill.tip) text += drill.tip->text + "\n";
  const DrillItem* before = nullptr;
  for (const DrillItem& item : drill.items) {
    if (before == nullptr || before->kind != item.kind)
      text += fmt::format("\n{}\n", TitleOf(item.kind));
    before = &item;
    text += "  " + ItemText(item, material) + "\n";
  }
  if (drill.items.empty()) return text + "\nno word or sentence of the lessons has this sound\n";
  return text + fmt::format("\nAbout {:.0f} of {} should go well.\n",
                            std::round(drill.expected * static_cast<double>(drill.items.size())),
                            drill.items.size());
}

/// The drill as a lesson: each item on a line.
std::string LessonOf(const Drill& drill, const PracticeMaterial& material) {
  const auto arpabet = [&](PhoneId sound) { return material.phones().info(sound).arpabet; };
  LessonPack lesson{.name = "drill",
                    .title = arpabet(drill.order.sound),
                    .language = material.pack().language,
                    .items = {}};
  if (drill.order.against) lesson.title += ", not " + arpabet(*drill.order.against);
  for (const DrillItem& item : drill.items) {
    LessonItem& line = lesson.items.emplace_back();
    line.id = fmt::format("{:02}", lesson.items.size());
    line.text = item.text;
    if (item.kind == DrillKind::kPair) line.text += ", " + item.other;
    if (item.kind != DrillKind::kSentence) line.text += ".";
    if (drill.tip) line.note = drill.tip->text;
  }
  return lesson.ToText();
}

}  // namespace

Result<PracticeMaterial> OpenPracticeMaterial(const InstallationOptions& installation) {
  auto lexicon = OpenLexicon(installation);
  if (!lexicon) return lexicon.error();
  auto knowledge = OpenKnowledge(installation, (*lexicon)->pack());
  if (!knowledge) return knowledge.error();
  if (!*knowledge) {
    return Error{Errc::kNotFound,
                 "the knowledge base is missing (knowledge/ in the data folder), and only it knows "
                 "which sounds are mixed up"};
  }
  const auto lessons = OpenLessons(installation);
  if (!lessons) return lessons.error();
  Vocabulary vocabulary = MakeVocabulary(**lexicon, **knowledge, *lessons);
  return PracticeMaterial{*std::move(lexicon), *std::move(knowledge), std::move(vocabulary)};
}

Result<PracticeTold> TellPractice(const PracticeOptions& options, const PracticeMaterial& material,
                                  Store* store) {
  auto plan = PlanFor(options, material, store);
  if (!plan) return plan.error();
  plan->order.count = options.count;
  const Drill drill = MakeDrill(material.vocabulary, material.phones(), *material.knowledge,
                                plan->skill, plan->order);
  return PracticeTold{
      .text = DueText(*plan) + DrillText(drill, material),
      .document = PracticeJson(options.learner, *plan, drill, material.vocabulary, material.pack()),
      .lesson = drill.items.empty() ? std::string() : LessonOf(drill, material)};
}

ExitCode Practice(const PracticeOptions& options, const InstallationOptions& installation) {
  for (const auto& wrong : {WrongChoice(installation), WrongLexicon(installation)}) {
    if (!wrong) continue;
    ReportLine(wrong->message);
    return wrong->code;
  }
  const auto material = OpenPracticeMaterial(installation);
  if (!material) {
    ReportLine(material.error().message);
    return ExitCode::kBroken;
  }
  const auto told = TellPractice(options, *material);
  if (!told) return Report(told.error());
  if (!options.pack.empty() && !told->lesson.empty()) {
    if (auto status = WriteFileAtomically(options.pack, told->lesson); !status)
      return Report(status.error());
  }
  constexpr auto kReplaced = nlohmann::ordered_json::error_handler_t::replace;
  return Show(options.json ? told->document.dump(2, ' ', false, kReplaced) + "\n" : told->text);
}

}  // namespace euphone::cli
