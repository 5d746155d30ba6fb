#include "curves_run.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <utility>

#include "choices.h"
#include "lexicon/lexicon.h"
#include "store/clock.h"
#include "store/days.h"
#include "store/learner_chart.h"

namespace euphone::cli {
namespace {

/// The sound that a user names. Fails: kInvalidArgument.
Result<std::string> ArpabetOf(const std::string& name, const PhoneSet& phones) {
  if (const auto sound = phones.ParsePhone(name)) return phones.info(sound->id).arpabet;
  return Error{Errc::kInvalidArgument, "there is no sound '" + Shortened(name) +
                                           "'; `euphone lexicon WORD` shows the sounds of a word"};
}

LearnerChartAsk AskOf(const LearnerCurves& options) {
  LearnerChartAsk ask{.sounds = {},
                      .ask = {.forecast = options.forecast, .target = options.target}};
  if (options.days > 0) ask.from_day = DayOf(NowMs() + UtcOffsetMs()) - options.days + 1;
  ask.step = options.by == "take"  ? CurveStep::kTake
             : options.by == "day" ? CurveStep::kDay
                                   : CurveStep::kAuto;
  return ask;
}

/// What it takes to chart learners.
struct LearnerParts {
  std::shared_ptr<const Lexicon> lexicon;
  Store store;

  const PhoneSet& phones() const { return lexicon->pack().phones; }
};

Result<LearnerParts> OpenLearnerParts(const LearnerCurves& options,
                                      const InstallationOptions& installation) {
  auto lexicon = OpenLexicon(installation);
  if (!lexicon) return lexicon.error();
  auto store = OpenStore(options.store);
  if (!store) return store.error();
  return LearnerParts{*std::move(lexicon), *std::move(store)};
}

Result<CurveChart> ChartOfLearner(const LearnerCurves& options,
                                  const InstallationOptions& installation) {
  auto parts = OpenLearnerParts(options, installation);
  if (!parts) return parts.error();
  LearnerChartAsk ask = AskOf(options);
  for (const std::string& name : options.sounds) {
    auto sound = ArpabetOf(name, parts->phones());
    if (!sound) return sound.error();
    ask.sounds.push_back(*std::move(sound));
  }
  const auto learner = FindLearner(parts->store, options.learner);
  if (!learner) return learner.error();
  return LearnerChart(parts->store, learner->id, learner->name, parts->phones(), ask);
}

/// "NAME:SOUND" is a sound of a learner's, unless somebody is called so.
Result<ChartLine> ComparedLine(const std::string& what, LearnerParts& parts,
                               const LearnerChartAsk& ask) {
  const std::size_t colon = what.rfind(':');
  auto learner = FindLearner(parts.store, what);
  std::string sound;
  if (!learner && colon != std::string::npos) {
    learner = FindLearner(parts.store, what.substr(0, colon));
    auto named = ArpabetOf(what.substr(colon + 1), parts.phones());
    if (!named) return named.error();
    sound = *std::move(named);
  }
  if (!learner) return learner.error();
  auto line = LearnerChartLine(parts.store, learner->id, sound, parts.phones(), ask);
  if (!line) return line.error();
  line->name = learner->name + ", " + line->name;
  return line;
}

Result<CurveChart> ChartOfTwo(const ComparedCurves& options,
                              const InstallationOptions& installation) {
  auto parts = OpenLearnerParts(options.learner, installation);
  if (!parts) return parts.error();
  const LearnerChartAsk ask = AskOf(options.learner);
  auto a = ComparedLine(options.a, *parts, ask);
  if (!a) return a.error();
  auto b = ComparedLine(options.b, *parts, ask);
  if (!b) return b.error();
  CurveChart chart = EmptyLearnerChart(options.a + " and " + options.b);
  chart.compared = CompareLearners(*a, *b);
  if (chart.compared.empty()) chart.notes.push_back("There is nothing to compare yet.");
  chart.lines.push_back(*std::move(a));
  chart.lines.push_back(*std::move(b));
  return chart;
}

ExitCode WrongInstallation(const InstallationOptions& installation) {
  for (const auto& wrong : {WrongChoice(installation), WrongLexicon(installation)}) {
    if (!wrong) continue;
    ReportLine(wrong->message);
    return wrong->code;
  }
  return ExitCode::kOk;
}

}  // namespace

ExitCode ShowLearnerCurves(const LearnerCurves& options, const InstallationOptions& installation) {
  if (const ExitCode wrong = WrongInstallation(installation); wrong != ExitCode::kOk) return wrong;
  const auto chart = ChartOfLearner(options, installation);
  if (!chart) return Report(chart.error());
  return ShowChart(*chart, options.output,
                   options.learner + ": nothing was scored yet" +
                       (options.sounds.empty() ? "" : " of these sounds") +
                       (options.days > 0 ? " in these days" : ""));
}

ExitCode ShowComparedCurves(const ComparedCurves& options,
                            const InstallationOptions& installation) {
  std::error_code ignored;
  if (std::filesystem::exists(options.a, ignored) && std::filesystem::exists(options.b, ignored)) {
    RunCurves runs = options.runs;
    runs.paths = {options.a, options.b};
    runs.compare = true;
    runs.output = options.learner.output;
    return ShowRunCurves(runs);
  }
  if (const ExitCode wrong = WrongInstallation(installation); wrong != ExitCode::kOk) return wrong;
  const auto chart = ChartOfTwo(options, installation);
  if (!chart) return Report(chart.error());
  return ShowChart(*chart, options.learner.output,
                   options.a + ", " + options.b + ": nothing was scored yet");
}

}  // namespace euphone::cli
