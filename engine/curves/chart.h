#pragma once

#include <optional>
#include <string>
#include <vector>

#include "curves/curve_fit.h"
#include "curves/plateau.h"
#include "curves/series.h"

namespace euphone {

/// What all outputs tell: terminal, SVG, PNG, CSV and JSON are views of this.

struct Forecast {
  double more = 0.0;  ///< After so many more practices.
  CurveValue value;
};

struct Target {
  double y = 0.0;
  CurveWait wait;
};

struct ChartLine {
  std::string name;
  std::vector<CurvePoint> points = {};  ///< Measured, in the order of x.
  bool joined = false;                  ///< Drawn as a line, not as points.
  /// The fitted curve with its interval, to the end of the forecast; measured up to `now`.
  std::vector<CurvePoint> curve = {};
  double now = 0.0;
  std::optional<CurveOutcome> outcome = std::nullopt;  ///< Absent where nothing was to be fitted.
  std::optional<Plateau> plateau = std::nullopt;
  std::optional<Forecast> forecast = std::nullopt;
  std::optional<Target> target = std::nullopt;
  std::vector<std::string> notes = {};  ///< The same in sentences.
};

/// One of many, in a line of a table.
struct ChartRow {
  std::string name;
  double practices = 0.0;
  std::string state;  ///< As StateOf.
  CurveValue mean;
  std::optional<CurveValue> now = std::nullopt, later = std::nullopt;
};

/// Two of them beside each other.
struct Compared {
  std::string what;
  CurveValue a, b;
  std::optional<bool> overlap = std::nullopt;  ///< Whether the intervals do, where there are any.
};

struct CurveChart {
  std::string kind = {};  ///< "learner" or "runs".
  std::string title = {}, x_title = {}, y_title = {};
  CurveScale scale = {};
  bool whole_scale = false;  ///< Draws y from worst to best, else what there is.
  bool logarithmic = false;  ///< x.
  std::vector<ChartLine> lines = {};
  std::vector<ChartRow> rows = {};
  std::vector<Compared> compared = {};  ///< Of the first two lines.
  std::vector<std::string> notes = {};
};

/// What a learner asks.
struct LearnerAsk {
  double forecast = 20.0;  ///< So many practices ahead.
  double target = 80.0;    ///< The score to reach.
};

/// Scores in the order of practice, fitted and told.
ChartLine LearnerLine(Series series, const LearnerAsk& ask);

/// "learning", "plateau", "no change", "worse", "too few".
std::string StateOf(const ChartLine& line);

ChartRow RowOf(const ChartLine& line);

/// What of two learners, or sounds, can be set beside each other: now, after as many practices, in
/// the forecast, at the end.
std::vector<Compared> CompareLearners(const ChartLine& a, const ChartLine& b);

/// "At the end 0.31; best 0.29 at step 400."
std::string RunNote(const CurvePoint& last, const CurvePoint& best, const std::string& axis);

/// Last and best value of two runs. Nothing where one has no points.
std::vector<Compared> CompareRuns(const ChartLine& a, const ChartLine& b, Better better);

}  // namespace euphone
