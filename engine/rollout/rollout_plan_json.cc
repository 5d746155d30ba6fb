#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "rollout/rollout_plan.h"
#include "rollout/strict_object.h"

namespace euphone {
namespace {

constexpr std::array<const char*, 7> kDays = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

/// Letters, digits and . _ - : what can be a part of a subject, a file's name and an address.
bool IsName(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
           c == '_' || c == '-';
  });
}

void ReadName(StrictObject& object, std::string_view key, std::string& name) {
  object.Require(key);
  object.Text(key, name, 64);
  if (!IsName(name)) object.Refuse(key, "must have letters, digits, '.', '_' and '-' alone");
}

/// One of two fields: a count, or a share in percent.
void ReadShare(StrictObject& object, const std::string& count, const std::string& percent,
               double least, Share& share) {
  const bool counted = object.Has(count), of_hundred = object.Has(percent);
  if (counted == of_hundred)
    return object.Refuse(counted ? percent : count, "needs either " + count + " or " + percent);
  if (of_hundred) {
    share.percent = true;
    return object.Number(percent, share.value, least, 100.0);
  }
  share.percent = false;
  std::int64_t number = 0;
  object.Integer(count, number, least > 0.0 ? 1 : 0, static_cast<std::int64_t>(kMostDevices));
  share.value = static_cast<double>(number);
}

/// What each wave may say for itself, and the document for all.
void ReadRules(StrictObject& object, WavePlan& wave) {
  object.Object("success", [&wave](StrictObject& success) {
    ReadShare(success, "at_least", "at_least_percent", 0.0, wave.success.at_least);
  });
  object.Object("errors", [&wave](StrictObject& errors) {
    wave.errors = {};
    ReadShare(errors, "at_most", "at_most_percent", 0.0, wave.errors.at_most);
    std::string of = "wave";
    errors.Text("of", of, 8);
    if (of != "wave" && of != "done") errors.Refuse("of", "must be wave or done");
    wave.errors.of_done = of == "done";
    if (wave.errors.of_done && !wave.errors.at_most.percent)
      errors.Refuse("of", "goes with at_most_percent");
    std::int64_t minimum = 0;
    errors.Integer("minimum", minimum, 1, static_cast<std::int64_t>(kMostDevices));
    if (minimum != 0 && !wave.errors.of_done)
      errors.Refuse("minimum", "goes with \"of\": \"done\"");
    wave.errors.minimum = static_cast<std::size_t>(minimum);
  });
  object.Duration("observe", wave.observe, 0);
}

void ReadWaves(StrictObject& document, const WavePlan& common, std::vector<WavePlan>& waves) {
  document.Objects("waves", 1, kMostWaves, [&](StrictObject& object) {
    if (!waves.empty() && waves.back().rest)
      return object.Refuse("", "no wave can come after the one with the rest");
    WavePlan wave = common;
    object.Flag("rest", wave.rest);
    if (!wave.rest) ReadShare(object, "count", "percent", 1e-6, wave.size);
    ReadRules(object, wave);
    waves.push_back(wave);
  });
  if (!document.failed() && !waves.empty() && !waves.back().rest)
    document.Refuse("waves", "the last one must have \"rest\": true");
}

/// 1 %, 2 %, 4 % … until all are in; what is left is the last.
void ReadRamp(StrictObject& document, const WavePlan& common, std::vector<WavePlan>& waves) {
  document.Object("ramp", [&](StrictObject& ramp) {
    double first = 0.0, factor = 2.0;
    ramp.Require("first_percent");
    ramp.Number("first_percent", first, 0.001, 100.0);
    ramp.Number("factor", factor, 1.1, 100.0);
    if (ramp.failed()) return;
    double sum = 0.0;
    for (double percent = first; sum + percent < 100.0 - 1e-9; percent *= factor) {
      WavePlan wave = common;
      wave.size = {percent, true};
      waves.push_back(wave);
      sum += percent;
      if (waves.size() >= kMostWaves) return ramp.Refuse("factor", "gives over 64 waves");
    }
    WavePlan last = common;
    last.rest = true;
    waves.push_back(last);
  });
}

/// "18:00" in minutes; 24:00 is the day's end.
std::optional<int> ReadMinute(const std::string& text) {
  const auto digit = [&text](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
  if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4))
    return std::nullopt;
  const int hours = (text[0] - '0') * 10 + (text[1] - '0');
  const int minutes = (text[3] - '0') * 10 + (text[4] - '0');
  if (minutes > 59 || hours * 60 + minutes > 1440) return std::nullopt;
  return hours * 60 + minutes;
}

void ReadWindow(StrictObject& object, OfferWindow& window) {
  if (object.Has("days")) {
    std::vector<std::string> days;
    object.Texts("days", days, 7, 3);
    window.days = 0;
    for (const std::string& day : days) {
      const auto* const found = std::ranges::find(kDays, day);
      if (found == kDays.end())
        return object.Refuse("days", "must hold mon, tue, wed, thu, fri, sat or sun");
      window.days |= 1u << static_cast<unsigned>(found - kDays.begin());
    }
    if (window.days == 0) return object.Refuse("days", "must hold a day");
  }
  for (const auto& [key, minute] :
       {std::pair("from", &window.from_minute), std::pair("to", &window.to_minute)}) {
    std::string text;
    object.Require(key);
    object.Text(key, text, 5);
    if (object.failed()) return;
    const auto read = ReadMinute(text);
    if (!read) return object.Refuse(key, "must be a time such as 18:00");
    *minute = *read;
  }
  if (window.from_minute == 1440) object.Refuse("from", "must be before 24:00");
  if (window.from_minute == window.to_minute) object.Refuse("to", "must not be the same as from");
}

void ReadFilter(StrictObject& document, std::string_view key, std::string& text,
                TargetFilter& filter) {
  document.Text(key, text, 4096, true);
  if (document.failed()) return;
  auto parsed = TargetFilter::Parse(text);
  if (!parsed) return document.Refuse(key, parsed.error().message);
  filter = *std::move(parsed);
}

void ReadPace(StrictObject& document, RolloutPlan& plan) {
  std::int64_t in_flight = static_cast<std::int64_t>(plan.max_in_flight), retries = plan.retries;
  document.Integer("max_in_flight", in_flight, 1, static_cast<std::int64_t>(kMostDevices));
  plan.max_in_flight = static_cast<std::size_t>(in_flight);
  document.Integer("retries", retries, 0, 20);
  plan.retries = static_cast<int>(retries);
  document.Duration("retry_after", plan.retry_after, 0);
  document.Duration("answer_within", plan.answer_within, 60);
  if (!document.Has("finish_within"))
    plan.finish_within = std::max(plan.finish_within, plan.answer_within);
  document.Duration("finish_within", plan.finish_within, 60);
  if (plan.finish_within < plan.answer_within)
    document.Refuse("finish_within", "must not be shorter than answer_within");
  document.Duration("ends_after", plan.ends_after, 60);
  if (document.Has("seen_within")) {
    plan.seen_within = 0;
    document.Duration("seen_within", *plan.seen_within, 60);
  }
  document.Objects("windows", 1, kMostWindows, [&plan](StrictObject& object) {
    ReadWindow(object, plan.windows.emplace_back());
  });
}

void ReadLost(StrictObject& document, RolloutPlan& plan) {
  std::string lost = "answered";
  document.Text("lost_are_errors", lost, 8);
  if (lost == "none")
    plan.lost = LostRule::kNone;
  else if (lost == "all")
    plan.lost = LostRule::kAll;
  else if (lost != "answered")
    document.Refuse("lost_are_errors", "must be none, answered or all");
}

}  // namespace

Result<RolloutPlan> ReadRolloutPlan(std::string_view json) {
  const auto value = ParseObject(json);
  if (!value) return value.error();
  Status status;
  StrictObject document(*value, "", status);
  RolloutPlan plan;
  std::string schema, note;
  document.Require("schema");
  document.Text("schema", schema, 64);
  if (schema != "euphone.rollout/1") document.Refuse("schema", "must be euphone.rollout/1");
  ReadName(document, "id", plan.id);
  ReadName(document, "bundle", plan.bundle);
  document.Require("version");
  document.Version("version", plan.version);
  document.Text("note", note, 1000, true);
  ReadFilter(document, "filter", plan.filter_text, plan.filter);
  ReadFilter(document, "when", plan.when_text, plan.when);
  WavePlan common;
  ReadRules(document, common);
  if (document.Has("waves") == document.Has("ramp"))
    document.Refuse("waves", "needs either waves or ramp");
  ReadWaves(document, common, plan.waves);
  ReadRamp(document, common, plan.waves);
  document.Integers(
      "approvals", [&plan](std::int64_t wave) { plan.approvals.insert(static_cast<int>(wave)); },
      kMostWaves, 1, std::max<std::int64_t>(1, std::ssize(plan.waves)));
  ReadPace(document, plan);
  ReadLost(document, plan);
  document.Flag("to_unhealthy", plan.to_unhealthy);
  document.Flag("allow_downgrade", plan.allow_downgrade);
  document.RefuseOthers();
  if (!status) return status.error();
  return plan;
}

}  // namespace euphone
