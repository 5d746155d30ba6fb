#include "llm_summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "report/format.h"

namespace euphone::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
double TokensPerSecond(const LlmAnswer& answer) {
  const double ms = answer.total_ms - answer.first_token_ms;
  if (!answer.completion_tokens || ms <= 0.0 || *answer.completion_tokens < 2) return kNone;
  return static_cast<double>(*answer.completion_tokens - 1) * 1000.0 / ms;
}

double OrNone(const std::optional<std::int64_t>& value) {
  return value ? static_cast<double>(*value) : kNone;
}

/// Values of a metric by question, and by repeat in each.
std::map<std::string, std::vector<double>> ByQuestion(const std::vector<LlmAnswer>& answers,
                                                      const LlmMetric& metric) {
  std::map<std::string, std::vector<double>> values;
  for (const LlmAnswer& answer : answers) {
    const double value = metric.of(answer);
    if (!std::isnan(value)) values[answer.question].push_back(value);
  }
  return values;
}

std::vector<std::vector<double>> ValuesOf(const std::map<std::string, std::vector<double>>& map) {
  std::vector<std::vector<double>> values;
  for (const auto& [question, list] : map) values.push_back(list);
  return values;
}

/// ".35 ±.05": half the interval.
std::string Share(const std::optional<QuestionMean>& mean) {
  if (!mean) return "–";
  const auto short_of = [](double value) {
    std::string text = fmt::format("{:.2f}", value);
    return text.starts_with("0.") ? text.substr(1) : text;
  };
  return short_of(mean->value) + " ±" + short_of(0.5 * (mean->high - mean->low));
}

std::string Whole(const std::optional<QuestionMean>& mean) {
  return mean ? fmt::format("{:.0f}", mean->value) : "–";
}

Json JsonOf(const QuestionMean& mean) {
  return {{"value", Rounded(mean.value, 4)},
          {"low", Rounded(mean.low, 4)},
          {"high", Rounded(mean.high, 4)}};
}

std::optional<double> NumberIn(const std::map<std::string, std::string>& settings,
                               const std::string& name) {
  const auto found = settings.find(name);
  if (found == settings.end()) return std::nullopt;
  char* end = nullptr;
  const double value = std::strtod(found->second.c_str(), &end);
  const bool whole = end != found->second.c_str() && *end == '\0' && std::isfinite(value);
  return whole ? std::optional(value) : std::nullopt;
}

/// What runs of one line of a chart have in common.
std::string GroupOf(const LlmRun& run, const std::string& over) {
  std::string group = run.model;
  for (const auto& [name, value] : run.settings)
    if (name != over) group += "\n" + name + " " + value;
  return group;
}

/// The settings in which groups differ, after their model.
std::map<std::string, std::string> ShortNames(const std::set<std::string>& groups) {
  const auto parts = [](const std::string& group) {
    std::vector<std::string> lines(1);
    for (const char c : group) {
      if (c == '\n')
        lines.emplace_back();
      else
        lines.back() += c;
    }
    return lines;
  };
  std::map<std::string, std::size_t> counts;
  for (const std::string& group : groups)
    for (const std::string& part : parts(group)) ++counts[part];
  std::map<std::string, std::string> names;
  for (const std::string& group : groups) {
    std::string name;
    for (const std::string& part : parts(group)) {
      const bool telling = counts[part] < groups.size() || name.empty();
      if (telling) name += (name.empty() ? "" : ", ") + part;
    }
    names[group] = name;
  }
  return names;
}

}  // namespace

const std::vector<LlmMetric>& LlmMetrics() {
  static const std::vector<LlmMetric> metrics = {
      {"right", "answers that cite what answers and may be shown, or refuse rightly",
       [](const LlmAnswer& a) { return a.right; }, Better::kHigher},
      {"cites", "answers that cite a passage that answers",
       [](const LlmAnswer& a) { return !a.answerable ? kNone : a.cites; }, Better::kHigher},
      {"grounded", "telling words that the passages have",
       [](const LlmAnswer& a) { return a.error.empty() ? a.grounded : kNone; }, Better::kHigher},
      {"covers", "telling words of the right passages that are said",
       [](const LlmAnswer& a) { return !a.answerable ? kNone : a.covers; }, Better::kHigher},
      {"fair", "answers that may be shown", [](const LlmAnswer& a) { return a.fair; },
       Better::kHigher},
      {"refuses", "refusals where something answers",
       [](const LlmAnswer& a) { return !a.answerable ? kNone : a.refuses; }, Better::kLower},
      {"refuses_outside", "refusals where nothing answers",
       [](const LlmAnswer& a) { return !a.answerable ? a.refuses : kNone; }, Better::kHigher},
      {"first_token_ms", "until the first token, ms",
       [](const LlmAnswer& a) {
         return a.error.empty() && a.total_ms > 0.0 ? a.first_token_ms : kNone;
       },
       Better::kLower},
      {"total_ms", "until the last token, ms",
       [](const LlmAnswer& a) { return a.error.empty() && a.total_ms > 0.0 ? a.total_ms : kNone; },
       Better::kLower},
      {"tokens_per_second", "tokens a second", TokensPerSecond, Better::kHigher},
      {"prompt_tokens", "tokens that are sent for a question",
       [](const LlmAnswer& a) { return OrNone(a.prompt_tokens); }, Better::kLower},
      {"completion_tokens", "tokens of an answer",
       [](const LlmAnswer& a) { return OrNone(a.completion_tokens); }, Better::kLower}};
  return metrics;
}

Result<LlmMetric> LlmMetricNamed(std::string_view name) {
  std::string names;
  for (const LlmMetric& metric : LlmMetrics()) {
    if (metric.name == name) return metric;
    names += (names.empty() ? "" : ", ") + std::string(metric.name);
  }
  return Error{Errc::kInvalidArgument,
               "there is no figure '" + std::string(name) + "'; there are " + names};
}

LlmSummary Summarised(const LlmRun& run, const std::vector<LlmAnswer>& answers) {
  LlmSummary summary{.run = run, .means = {}, .counts = {}};
  std::set<std::string> questions;
  for (const LlmAnswer& answer : answers) {
    questions.insert(answer.question);
    if (!answer.error.empty()) ++summary.errors;
  }
  summary.questions = questions.size();
  summary.answers = answers.size();
  for (const LlmMetric& metric : LlmMetrics()) {
    const auto values = ValuesOf(ByQuestion(answers, metric));
    summary.counts.push_back(values.size());
    summary.means.push_back(values.empty() ? std::nullopt
                                           : std::optional(MeanOverQuestions(values)));
  }
  return summary;
}

std::optional<double> CostOfHundred(const LlmSummary& summary, const LlmPrice& price) {
  const auto mean = [&](std::string_view name) -> std::optional<double> {
    for (std::size_t i = 0; i < summary.means.size(); ++i)
      if (LlmMetrics()[i].name == name && summary.means[i]) return summary.means[i]->value;
    return std::nullopt;
  };
  const auto sent = mean("prompt_tokens"), written = mean("completion_tokens");
  if ((price.prompt == 0.0 && price.completion == 0.0) || !sent || !written) return std::nullopt;
  constexpr double kHundred = 100.0, kMillion = 1e6;
  return kHundred * (*sent * price.prompt + *written * price.completion) / kMillion;
}

std::string LlmTable(const std::vector<LlmSummary>& summaries, const LlmPrice& price, bool colour) {
  const bool priced = price.prompt > 0.0 || price.completion > 0.0;
  std::string page =
      fmt::format("{:>4} {:>3} {:>9} {:>9} {:>9} {:>9} {:>9} {:>6} {:>6} {:>5}", "n", "err",
                  "right", "cites", "grounded", "fair", "outside", "1st ms", "all ms", "tok/s");
  page += priced ? fmt::format(" {:>8}\n", "cost 100") : "\n";
  for (const LlmSummary& summary : summaries) {
    const auto mean = [&](std::string_view name) -> const std::optional<QuestionMean>& {
      std::size_t place = 0;
      while (LlmMetrics()[place].name != name) ++place;
      return summary.means[place];
    };
    const std::string& name = summary.run.name;
    page += (colour ? "\033[1m" + name + "\033[0m" : name) + "\n";
    page += fmt::format("{:>4} {:>3}", summary.questions, summary.errors);
    for (const char* share : {"right", "cites", "grounded", "fair", "refuses_outside"})
      page += fmt::format(" {:>9}", Share(mean(share)));
    page += fmt::format(" {:>6} {:>6} {:>5}", Whole(mean("first_token_ms")),
                        Whole(mean("total_ms")), Whole(mean("tokens_per_second")));
    const auto cost = CostOfHundred(summary, price);
    if (priced) page += fmt::format(" {:>8}", cost ? fmt::format("{:.4f}", *cost) : "–");
    page += "\n";
  }
  return page;
}

std::string LlmJson(const std::vector<LlmSummary>& summaries, const LlmPrice& price) {
  Json runs = Json::array();
  for (const LlmSummary& summary : summaries) {
    Json figures = Json::object();
    for (std::size_t i = 0; i < summary.means.size(); ++i) {
      const auto& mean = summary.means[i];
      figures[std::string(LlmMetrics()[i].name)] = mean ? JsonOf(*mean) : Json();
    }
    runs.push_back({{"name", summary.run.name},
                    {"model", summary.run.model},
                    {"made_ms", summary.run.made_ms},
                    {"settings", summary.run.settings},
                    {"questions", summary.questions},
                    {"answers", summary.answers},
                    {"errors", summary.errors},
                    {"cost_of_100", Json()},
                    {"figures", std::move(figures)}});
    if (const auto cost = CostOfHundred(summary, price))
      runs.back()["cost_of_100"] = Rounded(*cost, 6);
  }
  return Json{{"schema", "euphone.llm_runs/1"}, {"runs", std::move(runs)}}.dump(
             1, ' ', false, Json::error_handler_t::replace) +
         "\n";
}

Result<CurveChart> LlmChart(const std::vector<LlmSummary>& summaries, const std::string& over,
                            const LlmMetric& metric) {
  std::size_t place = 0;
  while (LlmMetrics()[place].name != metric.name) ++place;
  std::map<std::string, ChartLine> lines;
  std::set<std::string> groups;
  std::size_t points = 0;
  for (const LlmSummary& summary : summaries) {
    const auto x = NumberIn(summary.run.settings, over);
    const auto& mean = summary.means[place];
    if (!x || !mean) continue;
    const std::string group = GroupOf(summary.run, over);
    groups.insert(group);
    lines[group].points.push_back({.x = *x,
                                   .y = mean->value,
                                   .weight = static_cast<double>(summary.counts[place]),
                                   .low = mean->low,
                                   .high = mean->high,
                                   .label = summary.run.name});
    ++points;
  }
  if (points < 2) {
    return Error{Errc::kInvalidArgument, "fewer than two runs have a number called '" + over +
                                             "'; `euphone llm runs --json` shows their settings"};
  }
  CurveChart chart;
  chart.kind = "runs";
  chart.title = std::string(metric.name) + " over " + over;
  chart.x_title = over;
  chart.y_title = metric.title;
  const auto names = ShortNames(groups);
  for (auto& [group, line] : lines) {
    line.name = names.at(group);
    line.joined = true;
    std::ranges::sort(line.points, {}, &CurvePoint::x);
    chart.lines.push_back(std::move(line));
  }
  return chart;
}

std::vector<LlmDifference> Differences(const std::vector<LlmAnswer>& a,
                                       const std::vector<LlmAnswer>& b) {
  const auto mean = [](const std::vector<double>& values) {
    double sum = 0.0;
    for (const double value : values) sum += value;
    return sum / static_cast<double>(values.size());
  };
  std::vector<LlmDifference> differences;
  for (const LlmMetric& metric : LlmMetrics()) {
    const auto of_a = ByQuestion(a, metric), of_b = ByQuestion(b, metric);
    std::vector<std::vector<double>> first, second, between;
    for (const auto& [question, values] : of_a) {
      const auto other = of_b.find(question);
      if (other == of_b.end()) continue;
      first.push_back(values);
      second.push_back(other->second);
      between.push_back({mean(other->second) - mean(values)});
    }
    if (between.empty()) continue;
    differences.push_back({.metric = metric.name,
                           .a = MeanOverQuestions(first),
                           .b = MeanOverQuestions(second),
                           .difference = MeanOverQuestions(between),
                           .questions = between.size()});
  }
  return differences;
}

}  // namespace euphone::cli
