#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "curves_output.h"
#include "llm_eval.h"
#include "report/format.h"
#include "store_access.h"
#include "terminal.h"

namespace euphone::cli {
namespace {

using Json = nlohmann::ordered_json;

/// All runs, or those that are named, with their figures.
Result<std::vector<LlmSummary>> SummariesOf(Store& store, const std::vector<std::string>& names) {
  std::vector<LlmRun> runs;
  for (const std::string& name : names) {
    auto run = GetLlmRun(store, name);
    if (!run) return run.error();
    runs.push_back(*std::move(run));
  }
  if (names.empty()) {
    auto all = AllLlmRuns(store);
    if (!all) return all.error();
    runs = *std::move(all);
  }
  std::vector<LlmSummary> summaries;
  for (const LlmRun& run : runs) {
    const auto answers = LlmAnswers(store, run.id);
    if (!answers) return answers.error();
    summaries.push_back(Summarised(run, *answers));
  }
  return summaries;
}

struct RunsOptions {
  StoreOptions store;
  std::vector<std::string> names;
  std::vector<double> price;
  bool json = false;
};

ExitCode ListRuns(const RunsOptions& options) {
  auto store = OpenStore(options.store);
  if (!store) return Report(store.error());
  const auto summaries = SummariesOf(*store, options.names);
  if (!summaries) return Report(summaries.error());
  if (options.json) return Show(LlmJson(*summaries, PriceOf(options.price)));
  if (summaries->empty()) return Show("No language model was tried yet; euphone llm eval does.\n");
  return Show(LlmTable(*summaries, PriceOf(options.price), UseColour(ColourMode::kAuto)));
}

struct AnswersOptions {
  StoreOptions store;
  std::string name;
  bool wrong = false;
};

ExitCode ListAnswers(const AnswersOptions& options) {
  auto store = OpenStore(options.store);
  if (!store) return Report(store.error());
  const auto run = GetLlmRun(*store, options.name);
  if (!run) return Report(run.error());
  const auto answers = LlmAnswers(*store, run->id);
  if (!answers) return Report(answers.error());
  std::string lines;
  for (const LlmAnswer& answer : *answers) {
    if (options.wrong && answer.right == 1.0) continue;
    lines += Json{{"question", answer.question},
                  {"repeat", answer.repeat},
                  {"right", answer.right},
                  {"cites", answer.cites},
                  {"grounded", Rounded(answer.grounded, 3)},
                  {"covers", Rounded(answer.covers, 3)},
                  {"objection", answer.objection},
                  {"error", answer.error},
                  {"text", answer.text}}
                 .dump(-1, ' ', false, Json::error_handler_t::replace) +
             "\n";
  }
  return Show(lines);
}

struct CompareOptions {
  StoreOptions store;
  std::string a, b;
  bool json = false;
};

ExitCode CompareRuns(const CompareOptions& options) {
  auto store = OpenStore(options.store);
  if (!store) return Report(store.error());
  std::vector<LlmAnswer> sides[2];
  for (std::size_t i = 0; i < 2; ++i) {
    const auto run = GetLlmRun(*store, i == 0 ? options.a : options.b);
    if (!run) return Report(run.error());
    auto answers = LlmAnswers(*store, run->id);
    if (!answers) return Report(answers.error());
    sides[i] = *std::move(answers);
  }
  const auto differences = Differences(sides[0], sides[1]);
  if (differences.empty())
    return Report({Errc::kInvalidArgument, "these runs have no question in common"});
  if (options.json) {
    Json list = Json::array();
    for (const LlmDifference& one : differences) {
      list.push_back({{"figure", one.metric},
                      {"questions", one.questions},
                      {"a", Rounded(one.a.value, 4)},
                      {"b", Rounded(one.b.value, 4)},
                      {"difference", Rounded(one.difference.value, 4)},
                      {"low", Rounded(one.difference.low, 4)},
                      {"high", Rounded(one.difference.high, 4)}});
    }
    return Show(Json{{"a", options.a}, {"b", options.b}, {"figures", std::move(list)}}.dump(
                    1, ' ', false, Json::error_handler_t::replace) +
                "\n");
  }
  std::string page = fmt::format("A: {}\nB: {}\n{:<18} {:>9} {:>9} {:>10}  95 % interval\n",
                                 options.a, options.b, "", "A", "B", "B - A");
  for (const LlmDifference& one : differences) {
    const QuestionMean& apart = one.difference;
    const bool sure = apart.low > 0.0 || apart.high < 0.0;
    page += fmt::format("{:<18} {:>9.3f} {:>9.3f} {:>+10.3f}  [{:+.3f}, {:+.3f}]{}\n", one.metric,
                        one.a.value, one.b.value, apart.value, apart.low, apart.high,
                        sure ? "" : "  may be chance");
  }
  return Show(page);
}

struct CurveOptions {
  StoreOptions store;
  std::vector<std::string> names;
  std::string over, metric = "right";
  CurvesOutput output;
};

ExitCode DrawRuns(const CurveOptions& options) {
  const auto metric = LlmMetricNamed(options.metric);
  if (!metric) {
    ReportLine(metric.error().message);
    return ExitCode::kUsage;
  }
  auto store = OpenStore(options.store);
  if (!store) return Report(store.error());
  const auto summaries = SummariesOf(*store, options.names);
  if (!summaries) return Report(summaries.error());
  const auto chart = LlmChart(*summaries, options.over, *metric);
  if (!chart) return Report(chart.error());
  return ShowChart(*chart, options.output, "nothing was tried yet");
}

struct ForgetOptions {
  StoreOptions store;
  std::vector<std::string> names;
};

ExitCode ForgetRuns(const ForgetOptions& options) {
  auto store = OpenStore(options.store);
  if (!store) return Report(store.error());
  for (const std::string& name : options.names) {
    const auto run = GetLlmRun(*store, name);
    if (!run) return Report(run.error());
    if (auto status = ForgetLlmRun(*store, run->id); !status) return Report(status.error());
  }
  return ExitCode::kOk;
}

void AddPrice(CLI::App& command, std::vector<double>& price) {
  command
      .add_option("--price", price,
                  "Of a million tokens that are sent and that are written, such as 0.15,0.6: tells "
                  "what 100 questions cost")
      ->type_name("SENT,WRITTEN")
      ->delimiter(',')
      ->expected(2)
      ->check(CLI::NonNegativeNumber);
}

void AddEval(CLI::App& llm, Global& global) {
  auto options = std::make_shared<LlmEvalOptions>();
  CLI::App* command = llm.add_subcommand(
      "eval", "Put questions with known passages to models, and mark what they answer");
  AddLlmOptions(*command, options->llm);
  command->add_option("--model", options->models, "Models of this server; each is tried")
      ->type_name("NAME")
      ->delimiter(',');
  command
      ->add_option("--prompt", options->prompts,
                   "Files with system messages, in place of the tutor's; each is tried")
      ->type_name("FILE")
      ->delimiter(',');
  command->add_option("--passages", options->passages, "How many passages a model is given; each")
      ->type_name("N")
      ->delimiter(',')
      ->check(CLI::Range(1, 50))
      ->capture_default_str();
  command->add_option("--shots", options->shots, "How many examples it is shown; each")
      ->type_name("N")
      ->delimiter(',')
      ->check(CLI::Range(0, 20))
      ->capture_default_str();
  command
      ->add_option("--questions", options->questions,
                   "Files of questions (docs/eval/README.md) in place of those of the program")
      ->type_name("FILE")
      ->delimiter(',');
  command->add_option("--set", options->set, "Which of the questions")->capture_default_str();
  command->add_option("--limit", options->limit, "Only the first so many of each file")
      ->type_name("N");
  command->add_option("--repeats", options->repeats, "How often each is asked")
      ->type_name("N")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  command->add_option("--temperature", options->temperature, "0 to 2")
      ->check(CLI::Range(0.0, 2.0))
      ->capture_default_str();
  command->add_option("--max-tokens", options->max_tokens, "The longest answer")
      ->type_name("N")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  command->add_option("--seed", options->seed, "For servers that heed it; each repeat has the next")
      ->capture_default_str();
  command
      ->add_option("--tag", options->tags,
                   "What else a curve may be drawn over: step=400, version=2")
      ->type_name("NAME=VALUE");
  command->add_option("--name", options->name, "What the runs are called (default: by settings)");
  AddPrice(*command, options->price);
  command->add_flag("--json", options->json, "The figures as JSON");
  AddStoreOptions(*command, options->store);
  command->callback([options, &global] {
    global.run = [options, &global] { return EvaluateLlms(*options, global.installation); };
  });
}

template <class Options>
void Answers(CLI::App& command, Global& global, std::shared_ptr<Options> options,
             ExitCode (*run)(const Options&)) {
  AddStoreOptions(command, options->store);
  command.callback(
      [options, &global, run] { global.run = [options, run] { return run(*options); }; });
}

}  // namespace

void AddLlm(CLI::App& app, Global& global) {
  CLI::App* llm =
      app.add_subcommand("llm", "Compare language models: how well they answer for the tutor");
  llm->require_subcommand(1);
  llm->footer(
      "Examples:\n"
      "  euphone llm eval --llm http://127.0.0.1:8080/v1 --model qwen2.5-7b,phi-4 --repeats 3\n"
      "  euphone llm eval --passages 1,2,4,8 --limit 50\n"
      "  euphone llm compare qwen2.5-7b phi-4\n"
      "  euphone llm curve --over passages --metric right --output passages.svg");
  AddEval(*llm, global);

  auto runs = std::make_shared<RunsOptions>();
  CLI::App* command = llm->add_subcommand("runs", "What was tried, and how it went");
  command->add_option("NAME", runs->names, "Only these");
  AddPrice(*command, runs->price);
  command->add_flag("--json", runs->json, "With all figures and settings, as JSON");
  Answers(*command, global, runs, ListRuns);

  auto answers = std::make_shared<AnswersOptions>();
  command = llm->add_subcommand("answers", "What a run's model answered, one JSON object a line");
  command->add_option("NAME", answers->name, "The run")->required();
  command->add_flag("--wrong", answers->wrong, "Only what was not right");
  Answers(*command, global, answers, ListAnswers);

  auto compare = std::make_shared<CompareOptions>();
  command = llm->add_subcommand("compare", "Two runs beside each other, on the same questions");
  command->add_option("A", compare->a, "A run")->required();
  command->add_option("B", compare->b, "Another")->required();
  command->add_flag("--json", compare->json, "As JSON");
  Answers(*command, global, compare, CompareRuns);

  auto curve = std::make_shared<CurveOptions>();
  command = llm->add_subcommand("curve", "A figure of runs over one of their settings");
  command->add_option("NAME", curve->names, "Only these runs");
  command->add_option("--over", curve->over, "passages, shots, temperature, or the name of a --tag")
      ->type_name("SETTING")
      ->required();
  command->add_option("--metric", curve->metric, "Which figure (euphone llm runs --json has all)")
      ->type_name("FIGURE")
      ->capture_default_str();
  AddCurvesOutput(*command, curve->output);
  Answers(*command, global, curve, DrawRuns);

  auto forget = std::make_shared<ForgetOptions>();
  command = llm->add_subcommand("forget", "Remove runs with their answers");
  command->add_option("NAME", forget->names, "These")->required();
  Answers(*command, global, forget, ForgetRuns);
}

}  // namespace euphone::cli
