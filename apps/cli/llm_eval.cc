#include "llm_eval.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "base/file.h"
#include "choices.h"
#include "llm/compose.h"
#include "progress.h"
#include "stop_on_interrupt.h"
#include "store/llm_runs.h"
#include "terminal.h"
#include "tutor/question_set.h"
#include "tutor_parts.h"

namespace euphone::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostQuestionFile = std::size_t{16} << 20;
constexpr std::size_t kLongestPrompt = std::size_t{64} << 10;

/// One way to ask, of those that are tried.
struct Trial {
  LlmRun run;
  llm::ComposeOptions compose;
};

/// A question with what was found for it, once for all trials.
struct FoundQuestion {
  KnownQuestion known;
  TutorReply reply;
  std::vector<std::string> right_texts;
};

/// By the ids of passages.
using Texts = std::map<std::string, std::string>;

/// Of the passages that answer a question.
std::vector<std::string> RightTexts(const KnownQuestion& known, const Texts& texts) {
  std::vector<std::string> right;
  for (const std::string& id : known.passages)
    if (const auto text = texts.find(id); text != texts.end()) right.push_back(text->second);
  return right;
}

Result<std::vector<KnownQuestion>> ReadQuestionFile(const fs::path& path,
                                                    const LlmEvalOptions& options) {
  const auto text = ReadFile(path, kMostQuestionFile);
  if (!text) return text.error();
  auto all = ParseQuestionSet(*text);
  if (!all) return Prefixed(path.string(), all.error());
  std::vector<KnownQuestion> wanted;
  for (KnownQuestion& one : *all) {
    const bool of_set = one.set.empty() || one.passages.empty() || one.set == options.set;
    const bool room = options.limit == 0 || wanted.size() < options.limit;
    if (of_set && room) wanted.push_back(std::move(one));
  }
  return wanted;
}

Result<std::vector<KnownQuestion>> ReadAllQuestions(const LlmEvalOptions& options,
                                                    const fs::path& data) {
  std::vector<fs::path> files(options.questions.begin(), options.questions.end());
  if (files.empty()) files = {data / "eval" / "questions.jsonl", data / "eval" / "outside.jsonl"};
  std::vector<KnownQuestion> questions;
  std::set<std::string> ids;
  for (const fs::path& file : files) {
    auto read = ReadQuestionFile(file, options);
    if (!read) return read.error();
    for (KnownQuestion& one : *read) {
      if (!ids.insert(one.id).second)
        return Error{Errc::kInvalidArgument,
                     file.string() + ": another file has the id " + one.id + ", too"};
      questions.push_back(std::move(one));
    }
  }
  if (!questions.empty()) return questions;
  return Error{Errc::kInvalidArgument, "no question is of the set '" + options.set + "'"};
}

/// NAME=VALUE. Fails: kInvalidArgument.
Result<std::map<std::string, std::string>> TagsOf(const LlmEvalOptions& options) {
  std::map<std::string, std::string> tags;
  for (const std::string& tag : options.tags) {
    const std::size_t sign = tag.find('=');
    if (sign == std::string::npos || sign == 0 || sign + 1 == tag.size())
      return Error{Errc::kInvalidArgument, "--tag takes NAME=VALUE, not '" + Shortened(tag) + "'"};
    tags[tag.substr(0, sign)] = tag.substr(sign + 1);
  }
  return tags;
}

/// Questions of the set that nothing is reported on, with the answers that the passages give.
std::vector<std::pair<std::string, std::string>> ShotsFrom(
    const std::vector<KnownQuestion>& examples, const Texts& texts, std::size_t count) {
  std::vector<std::pair<std::string, std::string>> shots;
  for (const KnownQuestion& example : examples) {
    if (shots.size() == count) break;
    const std::vector<std::string> right = RightTexts(example, texts);
    if (right.empty()) continue;
    std::string answer = right.front();
    std::ranges::replace(answer, '\n', ' ');
    std::ranges::replace(answer, '"', '\'');
    shots.emplace_back(example.question, R"({"answer": ")" + answer + R"(", "passages": ["P1"]})");
  }
  return shots;
}

std::string NameOf(const LlmEvalOptions& options, const LlmRun& run, std::size_t trials) {
  if (!options.name.empty() && trials == 1) return options.name;
  std::string name = options.name.empty() ? run.model : options.name + ":" + run.model;
  const auto add = [&](const char* setting, const std::string& usual) {
    const auto found = run.settings.find(setting);
    if (found != run.settings.end() && found->second != usual)
      name += std::string(",") + setting + "=" + found->second;
  };
  add("passages", "4");
  add("shots", "0");
  add("prompt", "tutor");
  add("embedder", InstallationOptions().embedder);
  for (const std::string& tag : options.tags) name += "," + tag;
  return name;
}

/// All that the options have several values of, each with each.
Result<std::vector<Trial>> TrialsOf(const LlmEvalOptions& options, const std::string& model,
                                    const std::string& embedder,
                                    const std::vector<KnownQuestion>& examples,
                                    const Texts& texts) {
  auto tags = TagsOf(options);
  if (!tags) return tags.error();
  const std::vector<std::string> models =
      options.models.empty() ? std::vector{model} : options.models;
  std::vector<std::pair<std::string, std::string>> prompts;
  for (const std::string& file : options.prompts) {
    auto text = ReadFile(file, kLongestPrompt);
    if (!text) return text.error();
    prompts.emplace_back(fs::path(file).stem().string(), *std::move(text));
  }
  if (prompts.empty()) prompts.emplace_back("tutor", std::string(llm::kComposePrompt));
  std::vector<Trial> trials;
  const std::size_t all =
      models.size() * prompts.size() * options.passages.size() * options.shots.size();
  for (const std::string& one : models) {
    for (const auto& [prompt, text] : prompts) {
      for (const std::size_t passages : options.passages) {
        for (const std::size_t shots : options.shots) {
          Trial trial{.run = {.name = "", .made_ms = NowMs(), .model = one, .settings = *tags},
                      .compose = {.system = text,
                                  .passages = passages,
                                  .shots = ShotsFrom(examples, texts, shots),
                                  .temperature = options.temperature,
                                  .max_tokens = options.max_tokens}};
          auto& settings = trial.run.settings;
          settings["passages"] = std::to_string(passages);
          settings["shots"] = std::to_string(shots);
          settings["prompt"] = prompt;
          settings["embedder"] = embedder;
          settings["temperature"] = fmt::format("{:g}", options.temperature);
          trial.run.name = NameOf(options, trial.run, all);
          trials.push_back(std::move(trial));
        }
      }
    }
  }
  return trials;
}

/// Of all passages that everybody may read, by their ids.
Texts TextsOf(const TutorParts& parts) {
  Texts texts;
  const auto add = [&](const std::vector<Passage>& passages) {
    for (const Passage& passage : passages) texts[passage.id] = passage.text;
  };
  add(PassagesOf(*parts.search->knowledge));
  for (const LessonPack& pack : parts.lessons) add(PassagesOf(pack));
  return texts;
}

/// Searches once for each question.
Result<std::vector<FoundQuestion>> FindAll(std::vector<KnownQuestion> questions,
                                           const Search& search, const Texts& texts,
                                           std::size_t most) {
  std::vector<FoundQuestion> all;
  for (KnownQuestion& known : questions) {
    auto found = search.Find(known.question, most);
    if (!found) return found.error();
    FoundQuestion one{.known = std::move(known), .reply = {}, .right_texts = {}};
    one.reply.question = one.known.question;
    one.reply.found = *std::move(found);
    one.right_texts = RightTexts(one.known, texts);
    all.push_back(std::move(one));
  }
  return all;
}

LlmAnswer Answered(const FoundQuestion& question, const Trial& trial, std::size_t repeat,
                   llm::ChatClient& client, const Lexicon& lexicon, std::stop_token stop) {
  LlmAnswer answer{.question = question.known.id,
                   .repeat = static_cast<std::int64_t>(repeat),
                   .answerable = !question.known.passages.empty()};
  RubricInput input{.question = question.known.question,
                    .answer = std::string(kNothingKnown),
                    .cited = {},
                    .right = question.known.passages,
                    .given = {},
                    .right_texts = question.right_texts};
  const std::vector<SearchHit>& hits = question.reply.found.hits;
  // Where nothing at all is found, no model is asked, here as in `euphone ask`.
  if (!hits.empty()) {
    auto composition =
        llm::Compose(client, question.reply, lexicon, trial.compose, "", std::move(stop));
    if (!composition) {
      answer.error = composition.error().message;
      return answer;
    }
    const llm::ChatReply& reply = composition->reply;
    answer.first_token_ms = reply.first_token_ms;
    answer.total_ms = reply.total_ms;
    if (reply.usage) {
      answer.prompt_tokens = reply.usage->prompt_tokens;
      answer.completion_tokens = reply.usage->completion_tokens;
    }
    if (reply.cut) answer.error = reply.cut->message;
    input.answer = composition->writing.text;
    input.cited = composition->writing.passages;
    input.fair = composition->writing.objection.empty();
    answer.objection = composition->writing.objection;
    for (std::size_t i = 0; i < std::min(trial.compose.passages, hits.size()); ++i)
      input.given.push_back(hits[i].passage.title + " " + hits[i].passage.text);
  }
  answer.text = input.answer;
  const RubricMarks marks = MarkAnswer(input);
  answer.cites = marks.cites;
  answer.grounded = marks.grounded;
  answer.covers = marks.covers;
  answer.fair = marks.fair;
  answer.refuses = marks.refuses;
  answer.right = marks.right;
  return answer;
}

/// The run of this name that goes on, or a new one. Fails: kInvalidArgument where it was another's.
Result<LlmRun> BegunRun(Store& store, const LlmRun& run) {
  const auto known = GetLlmRun(store, run.name);
  if (!known) return AddLlmRun(store, run);
  if (known->model == run.model && known->settings == run.settings) return known;
  return Error{Errc::kInvalidArgument, "there is a run called '" + run.name +
                                           "' with other settings; --name takes another name"};
}

Result<LlmSummary> RunTrial(Trial& trial, const LlmEvalOptions& options, llm::LlmConfig config,
                            const std::vector<FoundQuestion>& questions, const Lexicon& lexicon,
                            Store& store) {
  auto run = BegunRun(store, trial.run);
  if (!run) return run.error();
  config.model = trial.run.model;
  config.token_budget = 0;  // Who starts this wants it to end.
  auto client = llm::ChatClient::Create(std::move(config));
  if (!client) return client.error();
  const auto before = LlmAnswers(store, run->id);
  if (!before) return before.error();
  std::set<std::pair<std::string, std::int64_t>> there;
  for (const LlmAnswer& answer : *before)
    if (answer.error.empty()) there.emplace(answer.question, answer.repeat);
  Progress progress(run->name, questions.size() * options.repeats);
  std::size_t done = 0;
  for (std::size_t repeat = 0; repeat < options.repeats; ++repeat) {
    trial.compose.seed = options.seed + static_cast<std::int64_t>(repeat);
    for (const FoundQuestion& question : questions) {
      progress.Update(done++);
      if (there.count({question.known.id, static_cast<std::int64_t>(repeat)}) > 0) continue;
      const StopOnInterrupt stop;
      const LlmAnswer answer = Answered(question, trial, repeat, *client, lexicon, stop.token());
      if (Interrupted()) return Error{Errc::kInternal, "interrupted"};
      if (auto status = KeepLlmAnswer(store, run->id, answer); !status) return status.error();
    }
  }
  const auto answers = LlmAnswers(store, run->id);
  if (!answers) return answers.error();
  return Summarised(*run, *answers);
}

}  // namespace

LlmPrice PriceOf(const std::vector<double>& price) {
  return price.size() == 2 ? LlmPrice{price[0], price[1]} : LlmPrice{};
}

ExitCode EvaluateLlms(const LlmEvalOptions& options, const InstallationOptions& installation) {
  if (const auto wrong = WrongChoice(installation)) {
    ReportLine(wrong->message);
    return wrong->code;
  }
  const auto settings = OpenLlmSettings(options.llm);
  if (!settings) return Report(settings.error());
  if (!*settings) {
    ReportLine("no language model's server is named; --llm takes its URL (docs/howto/llm.md)");
    return ExitCode::kUsage;
  }
  const auto data = FindData(installation);
  if (!data) return Report(data.error());
  auto known = ReadAllQuestions(options, *data);
  if (!known) return Report(known.error());
  const auto parts = OpenTutorParts(installation);
  if (!parts) return Report(parts.error());
  auto index = OpenSharedIndex(*parts->search, parts->lessons);
  if (!index) return Report(index.error());
  const auto search = Search::Open(parts->search, *index);
  if (!search) return Report(search.error());
  const std::size_t most = *std::ranges::max_element(options.passages);
  const Texts texts = TextsOf(*parts);
  const auto questions = FindAll(*std::move(known), *search, texts, most);
  if (!questions) return Report(questions.error());
  std::vector<KnownQuestion> examples;
  if (*std::ranges::max_element(options.shots) > 0) {
    LlmEvalOptions tune;
    tune.set = options.set == "tune" ? "test" : "tune";
    auto read = ReadQuestionFile(*data / "eval" / "questions.jsonl", tune);
    if (!read) return Report(read.error());
    examples = *std::move(read);
  }
  auto trials =
      TrialsOf(options, (*settings)->config.model, installation.embedder, examples, texts);
  if (!trials) return Report(trials.error());
  auto store = OpenOrMakeStore(options.store);
  if (!store) return Report(store.error());
  std::vector<LlmSummary> summaries;
  for (Trial& trial : *trials) {
    auto summary =
        RunTrial(trial, options, (*settings)->config, *questions, *parts->search->lexicon, *store);
    if (Interrupted()) {
      ReportLine("stopped; the same command goes on where this one was");
      return ExitCode::kInterrupted;
    }
    if (!summary) return Report(summary.error());
    summaries.push_back(*std::move(summary));
  }
  return Show(options.json
                  ? LlmJson(summaries, PriceOf(options.price))
                  : LlmTable(summaries, PriceOf(options.price), UseColour(ColourMode::kAuto)));
}

}  // namespace euphone::cli
