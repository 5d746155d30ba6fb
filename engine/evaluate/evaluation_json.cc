#include "evaluate/evaluation_json.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "report/format.h"

namespace euphone {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kDecimals = 4;

Json Number(const std::optional<double>& value) {
  return value ? Json(Rounded(*value, kDecimals)) : Json(nullptr);
}

Json Share(std::size_t part, std::size_t whole) {
  if (whole == 0) return nullptr;
  return Rounded(static_cast<double>(part) / static_cast<double>(whole), kDecimals);
}

void Put(Json& json, const std::string& name, const Estimate& estimate) {
  json[name] = Number(estimate.value);
  json[name + "_ci95"] =
      estimate.low ? Json::array({Number(estimate.low), Number(estimate.high)}) : Json(nullptr);
}

Json GroupJson(const GroupResult& group) {
  Json json;
  json["n"] = group.agreement.count;
  json["not_scored"] = group.not_scored;
  json["speakers"] = group.agreement.speakers;
  Put(json, "pcc", group.agreement.pearson);
  Put(json, "spearman", group.agreement.spearman);
  Put(json, "mse", group.agreement.squared_error);
  return json;
}

Json LevelsJson(const Evaluation& evaluation) {
  Json levels = Json::object();
  for (const LevelResult& level : evaluation.levels) {
    Json& json = levels[std::string(InfoOf(level.level).name)];
    json["scale"] = InfoOf(level.level).top;
    for (const GroupResult& group : level.groups)
      json["groups"][std::string(group.group)] = GroupJson(group);
  }
  return levels;
}

Json DetectionJson(const Detection& found) {
  return {{"threshold", Rounded(found.threshold, kDecimals)},
          {"flagged", found.flagged},
          {"hits", found.both},
          {"precision", Number(found.precision)},
          {"recall", Number(found.recall)},
          {"f1", Number(found.f1)}};
}

Json TwoDetectionsJson(const std::optional<DetectionResult>& result, double low_below) {
  if (!result) return nullptr;
  Json json{{"rated_below", low_below}, {"positives", result->chosen.low}};
  json.update(DetectionJson(result->chosen));
  json["oracle"] = DetectionJson(result->oracle);
  return json;
}

Json ClaimJson(const ClaimCount& count) {
  return {{"claimed", count.claimed},
          {"agreement", Share(count.agreed, count.claimed)},
          {"rated_so", count.rated},
          {"found", Share(count.agreed, count.rated)}};
}

Json CertaintyJson(const std::optional<CertaintyResult>& result) {
  if (!result) return nullptr;
  Json json{{"items", result->items}};
  json["share"] = Share(result->right.claimed + result->wrong.claimed, result->items);
  Put(json, "agreement", result->agreement);
  json["right"] = ClaimJson(result->right);
  json["wrong"] = ClaimJson(result->wrong);
  return json;
}

Json CoverageJson(const Coverage& coverage) {
  Json json{{"recordings", coverage.recordings},      {"scored", coverage.scored},
            {"withheld", coverage.withheld},          {"wrong_text", coverage.wrong_text},
            {"unreadable", coverage.unreadable},      {"words", coverage.words},
            {"words_scored", coverage.words_scored},  {"phones", coverage.phones},
            {"phones_scored", coverage.phones_scored}};
  json["not_scored"] = Json::array();
  for (const Coverage::Missing& missing : coverage.missing) {
    json["not_scored"].push_back(
        {{"utt", missing.utt}, {"verdict", Name(missing.verdict)}, {"reason", missing.reason}});
  }
  return json;
}

Json CalibrationJson(const Evaluation& evaluation) {
  if (evaluation.calibration.empty()) return nullptr;
  Json json{{"error_points", Number(evaluation.calibration_error)}};
  json["bins"] = Json::array();
  for (const CalibrationBin& bin : evaluation.calibration) {
    Json slice{{"from", bin.from}, {"to", bin.to}, {"n", bin.count}};
    slice["predicted"] = bin.count > 0 ? Number(bin.predicted) : Json(nullptr);
    slice["rated"] = bin.count > 0 ? Number(bin.rated) : Json(nullptr);
    json["bins"].push_back(std::move(slice));
  }
  return json;
}

Json ConfusionJson(const Evaluation& evaluation) {
  Json rows = Json::array();
  for (const ConfusionRow& row : evaluation.confusion)
    rows.push_back({{"expected", row.expected}, {"heard", row.heard}, {"n", row.count}});
  return rows;
}

Json WrongTextJson(const std::optional<WrongTextResult>& result) {
  if (!result) return nullptr;
  return {{"right_pairs", result->right},
          {"right_flagged", result->right_flagged},
          {"right_flagged_share", Share(result->right_flagged, result->right)},
          {"wrong_pairs", result->wrong},
          {"wrong_flagged", result->wrong_flagged},
          {"wrong_flagged_share", Share(result->wrong_flagged, result->wrong)}};
}

Json StabilityJson(const Evaluation& evaluation) {
  Json json = Json::object();
  for (const StabilityResult& result : evaluation.stability) {
    json[result.distortion] = {{"recordings", result.recordings},
                               {"not_scored", result.not_scored},
                               {"words", result.words},
                               {"median_points", Number(result.median)},
                               {"p90_points", Number(result.p90)}};
  }
  return json;
}

Json TimingJson(const Timing& timing) {
  Json json{{"audio_s", Rounded(timing.audio_seconds, 1)},
            {"processor_s", Rounded(timing.processor_seconds, 1)}};
  json["rtf_per_thread"] = timing.audio_seconds > 0.0
                               ? Number(timing.processor_seconds / timing.audio_seconds)
                               : Json(nullptr);
  return json;
}

Json SettingsJson(const RunDescription& run, const EvaluationOptions& options) {
  Json json{{"half", run.half.empty() ? Json(nullptr) : Json(run.half)},
            {"limit", run.limit > 0 ? Json(run.limit) : Json(nullptr)},
            {"chosen_speakers", run.chosen_speakers},
            {"flag_below", options.flag_below},
            {"bootstrap_draws", options.draws},
            {"seed", options.seed},
            {"jobs", run.jobs}};
  return json;
}

}  // namespace

const LevelInfo& InfoOf(Level level) { return kLevels[static_cast<std::size_t>(level)]; }

std::string EvaluationJson(const Evaluation& evaluation, const RunDescription& run,
                           const EvaluationOptions& options) {
  Json json;
  json["schema"] = "euphone.evaluation/1";
  json["program"] = run.program;
  json["model"] = run.model;
  json["corpus"] = {{"name", run.corpus},
                    {"recordings", evaluation.coverage.recordings},
                    {"speakers", evaluation.speakers}};
  json["settings"] = SettingsJson(run, options);
  json["coverage"] = CoverageJson(evaluation.coverage);
  json["levels"] = LevelsJson(evaluation);
  json["low_words"] = TwoDetectionsJson(evaluation.low_words, kLowWord);
  json["mispronounced_phones"] = TwoDetectionsJson(evaluation.wrong_phones, kWrongPhone);
  json["word_calibration"] = CalibrationJson(evaluation);
  json["certain"] = {{"phones", CertaintyJson(evaluation.certain_phones)},
                     {"words", CertaintyJson(evaluation.certain_words)}};
  json["wrong_text"] = WrongTextJson(evaluation.wrong_text);
  json["stability"] = run.stability > 0 ? StabilityJson(evaluation) : Json(nullptr);
  json["distortions_left_out"] =
      run.distortions_left_out.empty() ? Json(nullptr) : Json(run.distortions_left_out);
  json["confusion"] = ConfusionJson(evaluation);
  json["timing"] = TimingJson(evaluation.timing);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace euphone
