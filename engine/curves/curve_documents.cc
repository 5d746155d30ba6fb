#include "curves/curve_documents.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "curves/number.h"

namespace euphone {
namespace {

using Json = nlohmann::ordered_json;

/// Nothing where it is not finite: JSON has no such number.
Json Number(double value, int decimals = 4) {
  if (!std::isfinite(value)) return nullptr;
  return std::abs(value) < 1.0 ? RoundedTo(value, decimals + 4) : RoundedTo(value, decimals);
}

Json Number(const std::optional<double>& value) { return value ? Number(*value) : Json(); }

Json ValueJson(const CurveValue& value) {
  return {{"value", Number(value.value)}, {"low", Number(value.low)}, {"high", Number(value.high)}};
}

Json ValueJson(const std::optional<CurveValue>& value) {
  return value ? ValueJson(*value) : Json();
}

Json PointsJson(const std::vector<CurvePoint>& points) {
  Json json = Json::array();
  for (const CurvePoint& point : points) {
    json.push_back({{"x", Number(point.x)},
                    {"y", Number(point.y)},
                    {"low", Number(point.low)},
                    {"high", Number(point.high)},
                    {"count", Number(point.weight)},
                    {"label", point.label.empty() ? Json() : Json(point.label)}});
  }
  return json;
}

Json CurveJson(const std::vector<CurvePoint>& points) {
  Json json = Json::array();
  for (const CurvePoint& point : points) {
    json.push_back({{"x", Number(point.x)},
                    {"y", Number(point.y)},
                    {"low", Number(point.low)},
                    {"high", Number(point.high)}});
  }
  return json;
}

Json FitJson(const CurveFit& fit) {
  return {{"shape", fit.curve.shape == CurveShape::kPower ? "power" : "exponential"},
          {"limit", Number(fit.curve.limit)},
          {"gap", Number(fit.curve.gap)},
          {"rate", Number(fit.curve.rate, 6)},
          {"spread", Number(fit.spread)},
          {"practices", Number(fit.weight)},
          {"points", fit.points},
          {"aicc",
           {{"power", Number(fit.power)},
            {"exponential", Number(fit.exponential)},
            {"level", Number(fit.level)}}},
          {"now", ValueJson(fit.At(fit.now))}};
}

const char* NameOf(NoCurve why) {
  return why == NoCurve::kTooFew ? "too_few" : why == NoCurve::kNoChange ? "no_change" : "worse";
}

Json LineJson(const ChartLine& line) {
  Json json = {{"name", line.name},
               {"state", StateOf(line)},
               {"now", Number(line.now)},
               {"points", PointsJson(line.points)},
               {"mean", line.outcome ? ValueJson(line.outcome->mean) : Json()},
               {"fit", nullptr},
               {"no_fit", nullptr},
               {"curve", CurveJson(line.curve)},
               {"forecast", nullptr},
               {"target", nullptr},
               {"plateau", nullptr},
               {"notes", line.notes}};
  if (line.outcome && line.outcome->fit) json["fit"] = FitJson(*line.outcome->fit);
  if (line.outcome && line.outcome->why) json["no_fit"] = NameOf(*line.outcome->why);
  if (line.forecast) {
    json["forecast"] = ValueJson(line.forecast->value);
    json["forecast"]["more"] = Number(line.forecast->more);
  }
  if (line.target) {
    const CurveWait& wait = line.target->wait;
    json["target"] = {{"y", Number(line.target->y)},
                      {"more", Number(wait.median, 1)},
                      {"low", Number(wait.low, 1)},
                      {"high", Number(wait.high, 1)}};
  }
  if (line.plateau) {
    json["plateau"] = {{"points", line.plateau->points},
                       {"from_x", Number(line.plateau->from_x)},
                       {"mean", Number(line.plateau->mean)},
                       {"expected_gain", Number(line.plateau->expected)}};
  }
  return json;
}

/// As RFC 4180 quotes it.
std::string Field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string Field(const std::optional<double>& value) {
  return value && std::isfinite(*value) ? fmt::format("{:.10g}", *value) : "";
}

}  // namespace

Json CurvesJson(const CurveChart& chart) {
  Json lines = Json::array(), rows = Json::array(), compared = Json::array();
  for (const ChartLine& line : chart.lines) lines.push_back(LineJson(line));
  for (const ChartRow& row : chart.rows) {
    rows.push_back({{"name", row.name},
                    {"practices", Number(row.practices)},
                    {"state", row.state},
                    {"mean", ValueJson(row.mean)},
                    {"now", ValueJson(row.now)},
                    {"forecast", ValueJson(row.later)}});
  }
  for (const Compared& each : chart.compared) {
    compared.push_back({{"what", each.what},
                        {"a", ValueJson(each.a)},
                        {"b", ValueJson(each.b)},
                        {"difference", Number(each.b.value - each.a.value)},
                        {"overlap", each.overlap ? Json(*each.overlap) : Json()}});
  }
  return {{"schema", "euphone.curves/1"},
          {"kind", chart.kind},
          {"title", chart.title},
          {"x", chart.x_title},
          {"y", chart.y_title},
          {"better", chart.scale.better == Better::kHigher ? "higher" : "lower"},
          {"lines", std::move(lines)},
          {"rows", std::move(rows)},
          {"compared", std::move(compared)},
          {"notes", chart.notes}};
}

std::string CurvesCsv(const CurveChart& chart) {
  std::string csv = "run,kind,x,y,low,high,count,label\n";
  const auto add = [&](const ChartLine& line, const CurvePoint& point, const char* kind) {
    const bool measured = std::string_view(kind) == "measured";
    csv += Field(line.name) + "," + kind + "," + Field(std::optional(point.x)) + "," +
           Field(std::optional(point.y)) + "," + Field(point.low) + "," + Field(point.high) + "," +
           (measured ? Field(std::optional(point.weight)) : "") + "," + Field(point.label) + "\n";
  };
  for (const ChartLine& line : chart.lines) {
    for (const CurvePoint& point : line.points) add(line, point, "measured");
    for (const CurvePoint& point : line.curve)
      add(line, point, point.x <= line.now ? "fit" : "forecast");
  }
  return csv;
}

}  // namespace euphone
